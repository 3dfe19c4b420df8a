// Each value against the type and the constraints of its field.
import { closest, ratio } from "../likeness.js";
import { fold, slugify } from "../../common/names.js";
import { masked, yesNo } from "./confidentiality.js";
import { dayIn } from "../../common/days.js";

const LONGEST_REPAIRED = 100; // characters: what is longer has no plain meaning
const PARAGRAPHS = 600; // a text that may be at least this long may hold several lines
const MOST_ITEMS = 60;
const CLOSE = 60;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/;
const EXTENSION = /[\s,;]*(?:#|\bext\.?|\bposte|\bp\.|x)\s*([0-9]{1,6})\s*$/i;
const NUMBER = /(?:\+?1[ .-]?)?\(?[0-9]{3}\)?[ .-]*[0-9]{3}[ .-]?[0-9]{4}/g;
const MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

export function check(record, knowledge) {
  return record.cells.flatMap((cell) => (cell.field.isList ? list(cell) : scalar(cell))).map((finding) => masked(finding, record, knowledge));
}

// Tell whether a value has the type and keeps the constraints of its field.
export function isReadable(field, value) {
  return !isOdd(field, value) && broken(field, value) === "";
}

function scalar({ field, path, value }) {
  const values = valuesOf(field, value);
  const odd = forbidden(value);
  if (odd) return [{ code: "caractere-interdit", path, values: { valeur: odd } }];
  const longest = field.constraints.maxLength ?? 0;
  if (value !== value.trim()) {
    if (!(longest >= PARAGRAPHS && value.trim() === value.replace(/\n+$/, ""))) return [{ code: "espaces-superflues", path, values }];
  } else if (value.includes("\n") && longest < PARAGRAPHS) {
    return [{ code: "retour-ligne", path, values }];
  }
  if (isOdd(field, value)) return [{ code: field.code, path, values: { ...values, suggestion: repair(field, value) } }];
  const note = broken(field, value);
  return note ? [finding(field, path, value, note)] : [];
}

function list({ field, path, value }) {
  const findings = [];
  const maximum = field.constraints.maxLength ?? MOST_ITEMS;
  if (value.length > maximum) findings.push({ code: "liste-trop-longue", path, values: { champ: field.name, nombre: String(value.length), maximum: String(maximum) } });
  const seen = new Set();
  value.forEach((item, index) => {
    const here = [...path, index];
    const odd = forbidden(item);
    if (odd) {
      findings.push({ code: "caractere-interdit", path: here, values: { valeur: odd } });
      return;
    }
    if (seen.has(item)) findings.push({ code: "element-en-double", path: here, values: { champ: field.name, valeur: item } });
    seen.add(item);
    if (field.labels.size > 0 && !field.labels.has(item)) findings.push(choice(field, here, item, [...field.labels.keys()]));
    if (field.itemPattern && !field.itemPattern.test(item)) findings.push({ code: field.code, path: here, values: { ...valuesOf(field, item), suggestion: slugify(item) } });
  });
  return findings;
}

// A text without the characters that nobody sees, as whoever pasted it reads it.
export function seen(text) {
  return text.replace(/[\u2028\u2029]/g, "\n").replace(new RegExp(CONTROL, "g"), "");
}

// As `U+001B`, the first character of a value that nobody sees.
function forbidden(value) {
  const found = CONTROL.exec(value) ?? /\r/.exec(value) ?? (value.includes("\n") ? null : /\t/.exec(value.trim()));
  return found ? `U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : "";
}

// A number or a date in a writing that machines read and people do not.
function isOdd(field, value) {
  if (field.type === "integer") return !/^-?[0-9]{1,15}$/.test(value);
  if (field.type === "number") return !/^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(value);
  return field.type === "date" && !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value);
}

// The name of the first constraint that a value breaks.
function broken(field, value) {
  const { minLength, maxLength, minimum, maximum, enum: choices } = field.constraints;
  const length = [...value].length;
  if (field.type === "date") return dayIn(value) ? "" : "type";
  if (field.type === "boolean") return ["oui", "non"].includes(value) ? "" : "type";
  if (field.type === "integer" || field.type === "number") return Number(value) < (minimum ?? -Infinity) || Number(value) > (maximum ?? Infinity) ? "minimum" : "";
  if (minLength !== undefined && length < minLength) return "minLength";
  if (maxLength !== undefined && length > maxLength) return "maxLength";
  if (field.pattern && !field.pattern.test(value)) return "pattern";
  return choices && !choices.includes(value) ? "enum" : "";
}

function finding(field, path, value, note) {
  const values = valuesOf(field, value);
  if (note === "enum") return choice(field, path, value, field.constraints.enum);
  if (note === "maxLength") {
    return { code: "texte-trop-long", path, values: { ...values, nombre: String([...value].length), maximum: String(field.constraints.maxLength) } };
  }
  if (note === "minLength") return { code: "texte-trop-court", path, values: { ...values, minimum: String(field.constraints.minLength) } };
  const numbers = field.code === "telephone-invalide" ? (value.slice(0, LONGEST_REPAIRED).match(NUMBER) ?? []) : [];
  if (numbers.length > 1) return { code: "telephone-multiple", path, values: { ...values, suggestion: repair(field, numbers[0]) } };
  return { code: field.code, path, values: { ...values, suggestion: repair(field, value) } };
}

function choice(field, path, value, choices) {
  const close = closest(fold(value), choices, CLOSE, ratio);
  return { code: "choix-inconnu", path, values: { ...valuesOf(field, value), liste: choices.join(", "), suggestion: close ? close.choice : "" } };
}

function valuesOf(field, value) {
  return { champ: field.path.join("."), titre: field.title, valeur: value, exemple: field.example };
}

// The right writing of a value whose meaning is plain, or nothing.
function repair(field, value) {
  if ([...value].length > LONGEST_REPAIRED) return "";
  const written = REPAIRS[field.code]?.(value) ?? "";
  return written && isReadable(field, written) ? written : "";
}

function telephone(value) {
  const extension = EXTENSION.exec(value);
  const main = extension ? value.slice(0, extension.index) : value;
  const digits = main.replace(/[^0-9]/g, "").replace(/^1/, "");
  const number = `${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6)}`;
  return extension ? `${number} poste ${extension[1]}` : number;
}

function postalCode(value) {
  const letters = value.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return `${letters.slice(0, 3)} ${letters.slice(3)}`;
}

function url(value) {
  const found = /^(?:https?:?\/*)?((?:[a-z0-9-]+\.)+[a-z]{2,24})((?:\/\S*)?)$/i.exec(value);
  return found ? `https://${found[1].toLowerCase()}${found[2]}` : "";
}

function date(value) {
  const numbers = /^([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})$/.exec(value);
  const words = /^(?:le )?([0-9]{1,2})(?:er)? ([a-z]+) ([0-9]{4})$/.exec(fold(value));
  if (!numbers && !(words && MONTHS.includes(words[2]))) return "";
  const [year, month, day] = numbers ? numbers.slice(1) : [words[3], String(MONTHS.indexOf(words[2]) + 1), words[1]];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const REPAIRS = {
  "neq-invalide": (value) => value.replace(/[\s.-]/g, ""),
  "code-postal-invalide": postalCode,
  "telephone-invalide": telephone,
  "url-invalide": url,
  "reseau-invalide": url,
  "date-invalide": date,
  "oui-non": yesNo,
  "coordonnee-invalide": (value) => value.replaceAll(",", "."),
};

// Each value against the type and the constraints of its field.
import { dayIn } from "../../common/days.js";
import { fold, slugify } from "../../common/names.js";
import { textAt } from "../lay.js";
import { closest, ratio } from "../likeness.js";
import { reasonToHide } from "./confidentiality.js";

export function check(record, knowledge) {
  const own = knowledge.rules.cells;
  return record.cells.flatMap((cell) => (cell.field.isList ? list(cell, own) : scalar(cell, own))).map((finding) => masked(finding, record, knowledge));
}

// What a finding quotes of a place to hide is dropped: its words go to screens.
export function masked(finding, { values }, { rules }) {
  const { path } = finding;
  if (path[0] !== "etablissements" || !rules.confidentiality?.secrets.includes(path.at(-1)) || !hides(values, rules)) return finding;
  const hidden = { valeur: rules.cells.masque, suggestion: "" };
  return { ...finding, values: Object.fromEntries(Object.entries(finding.values).map(([key, text]) => [key, hidden[key] ?? text])) };
}

function hides(values, { cells, confidentiality }) {
  const stated = yesNo(textAt(values, "adresse_confidentielle").slice(0, cells.plusLongRepare).trim(), cells);
  return stated === "oui" || (stated !== "non" && reasonToHide(textAt(values, "nom"), confidentiality) !== "");
}

// Tell whether a value has the type and keeps the constraints of its field.
export function isReadable(field, value, { rules }) {
  return isRight(field, value, rules.cells);
}

function isRight(field, value, own) {
  return !isOdd(field, value, own) && broken(field, value) === "";
}

function scalar({ field, path, value }, own) {
  const values = valuesOf(field, value);
  const odd = forbidden(value, own);
  if (odd) return [{ code: "caractere-interdit", path, values: { valeur: odd } }];
  const longest = field.constraints.maxLength ?? 0;
  if (value !== value.trim()) {
    if (!(longest >= own.paragraphes && value.trim() === value.replace(/\n+$/, ""))) return [{ code: "espaces-superflues", path, values }];
  } else if (value.includes("\n") && longest < own.paragraphes) {
    return [{ code: "retour-ligne", path, values }];
  }
  if (isOdd(field, value, own)) return [{ code: field.code, path, values: { ...values, suggestion: repair(field, value, own) } }];
  const note = broken(field, value);
  return note ? [finding(field, path, value, note, own)] : [];
}

function list({ field, path, value }, own) {
  const findings = [];
  const maximum = field.constraints.maxLength ?? own.plusElements;
  if (value.length > maximum) findings.push({ code: "liste-trop-longue", path, values: { champ: field.name, nombre: String(value.length), maximum: String(maximum) } });
  const seen = new Set();
  value.forEach((item, index) => {
    const here = [...path, index];
    const odd = forbidden(item, own);
    if (odd) {
      findings.push({ code: "caractere-interdit", path: here, values: { valeur: odd } });
      return;
    }
    if (seen.has(item)) findings.push({ code: "element-en-double", path: here, values: { champ: field.name, valeur: item } });
    seen.add(item);
    if (field.labels.size > 0 && !field.labels.has(item)) findings.push(choice(field, here, item, [...field.labels.keys()], own));
    if (field.itemPattern && !field.itemPattern.test(item)) findings.push({ code: field.code, path: here, values: { ...valuesOf(field, item), suggestion: slugify(item) } });
  });
  return findings;
}

// A text without the characters that nobody sees, as whoever pasted it reads it.
export function seen(text, { rules }) {
  return text.replace(/[\u2028\u2029]/g, "\n").replace(rules.cells.interdits.all, "");
}

// As `U+001B`, the first character of a value that nobody sees.
function forbidden(value, { interdits }) {
  const found = interdits.one.exec(value) ?? /\r/.exec(value) ?? (value.includes("\n") ? null : /\t/.exec(value.trim()));
  return found ? `U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` : "";
}

// A number or a date in a writing that machines read and people do not.
function isOdd({ type }, value, { nombre, date: day }) {
  if (type === "integer" || type === "number") return !nombre.whole.test(value) || (type === "integer" && value.includes("."));
  return type === "date" && !day.whole.test(value);
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

function finding(field, path, value, note, own) {
  const values = valuesOf(field, value);
  if (note === "enum") return choice(field, path, value, field.constraints.enum, own);
  if (note === "maxLength") {
    return { code: "texte-trop-long", path, values: { ...values, nombre: String([...value].length), maximum: String(field.constraints.maxLength) } };
  }
  if (note === "minLength") return { code: "texte-trop-court", path, values: { ...values, minimum: String(field.constraints.minLength) } };
  const numbers = field.code === "telephone-invalide" ? (value.slice(0, own.plusLongRepare).match(own.numero.all) ?? []) : [];
  if (numbers.length > 1) return { code: "telephone-multiple", path, values: { ...values, suggestion: repair(field, numbers[0], own) } };
  return { code: field.code, path, values: { ...values, suggestion: repair(field, value, own) } };
}

function choice(field, path, value, choices, { proche }) {
  const close = closest(fold(value), choices, proche, ratio);
  return { code: "choix-inconnu", path, values: { ...valuesOf(field, value), liste: choices.join(", "), suggestion: close ? close.choice : "" } };
}

function valuesOf(field, value) {
  return { champ: field.path.join("."), titre: field.title, valeur: value, exemple: field.example };
}

// The right writing of a value whose meaning is plain, or nothing.
function repair(field, value, own) {
  if ([...value].length > own.plusLongRepare) return "";
  const written = REPAIRS[field.code]?.(value, own) ?? "";
  return written && isRight(field, written, own) ? written : "";
}

function telephone(value, { poste }) {
  const extension = poste.one.exec(value);
  const main = extension ? value.slice(0, extension.index) : value;
  const digits = main.replace(/[^0-9]/g, "").replace(/^1/, "");
  const number = `${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6)}`;
  return extension ? `${number} poste ${extension[1]}` : number;
}

function postalCode(value) {
  const letters = value.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return `${letters.slice(0, 3)} ${letters.slice(3)}`;
}

function url(value, { adresse }) {
  const found = adresse.whole.exec(value);
  return found ? `https://${found[1].toLowerCase()}${found[2]}` : "";
}

function date(value, { mois, dateEnChiffres, dateEnMots }) {
  const numbers = dateEnChiffres.whole.exec(value);
  const words = dateEnMots.whole.exec(fold(value));
  if (!numbers && !(words && mois.includes(words[2]))) return "";
  const [year, month, day] = numbers ? numbers.slice(1) : [words[3], String(mois.indexOf(words[2]) + 1), words[1]];
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function yesNo(value, { oui, non }) {
  const word = fold(value);
  if (oui.includes(word)) return "oui";
  return non.includes(word) ? "non" : "";
}

// An accented domain in ASCII, as the browser itself asks for it.
function email(value) {
  const at = value.lastIndexOf("@");
  const domain = value.slice(at + 1);
  if (/^[\x00-\x7f]*$/.test(domain)) return "";
  try {
    return `${value.slice(0, at + 1)}${new URL(`https://${domain}`).hostname}`;
  } catch {
    return ""; // no domain
  }
}

const REPAIRS = {
  "courriel-invalide": email,
  "neq-invalide": (value) => value.replace(/[\s.-]/g, ""),
  "code-postal-invalide": postalCode,
  "telephone-invalide": telephone,
  "url-invalide": url,
  "reseau-invalide": url,
  "date-invalide": date,
  "oui-non": yesNo,
  "coordonnee-invalide": (value) => value.replaceAll(",", "."),
};

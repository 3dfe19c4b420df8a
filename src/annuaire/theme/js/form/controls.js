// One control for one field of the schema: label, help, the control itself, and the place of its fault.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { fold } from "../common/names.js";
import { button } from "../common/pieces.js";
import { seen } from "./rules/cells.js";
import { image, isImage } from "./images.js";
import { capital, categoryLabel, choicesOf, labelOf } from "./wording.js";

const MOST_SEEN = 8; // choices beyond which a list of boxes is searched
const FEW = 4; // the same for a field that each item has
const LONG_TEXT = 250; // characters: a text that may be longer has several lines to be read in
const KINDS = { "telephone-invalide": "tel", "courriel-invalide": "email", "url-invalide": "url", "reseau-invalide": "url" };

// `write(value)` is called at each change, `left()` when the person goes elsewhere.
export function createControl(field, value, id, knowledge, { write, left, remark = "" }) {
  const many = field.isList && choicesOf(field, knowledge).length > 0;
  const fault = element("div", "fault");
  fault.id = `${id}-faute`;
  fault.hidden = true;
  const help = element("p", "field__help", remark && element("strong", "", remark), remark && " ", helpOf(field, knowledge));
  help.id = `${id}-aide`;
  const draw = many ? boxes : field.isList ? lines : single;
  const built = draw(field, value, id, knowledge, write);
  const { focus, set } = built;
  const title = element(many ? "legend" : "label", "field__label", field.title);
  if (!many) title.htmlFor = id;
  if (field.required) title.append(element("span", "field__required", `${NBSP}(obligatoire)`));
  const node = element(many ? "fieldset" : "div", many ? "field field--boxes" : "field", title, help, built.node, fault);
  focus.setAttribute("aria-describedby", help.id);
  const accept = (text) => {
    set(text);
    write(text);
  };
  let shown = "[]";
  node.addEventListener("focusout", (event) => !node.contains(event.relatedTarget) && left());

  return {
    node,
    focus,
    title: field.title,
    accept: field.isList ? null : accept,
    // Show problems at the field, each with its remedy and, where there is one, a way to accept it.
    show(problems) {
      const wanted = JSON.stringify(problems);
      if (wanted === shown) return; // the focus may be on what would be drawn again
      shown = wanted;
      const isWrong = problems.some(({ isError }) => isError);
      fault.hidden = problems.length === 0;
      fault.classList.toggle("fault--warning", problems.length > 0 && !isWrong);
      fault.replaceChildren(...problems.map((problem) => faultLine(problem, field, knowledge, (text) => { accept(text); left(); focus.focus(); })));
      for (const input of node.querySelectorAll("input, select, textarea")) {
        if (isWrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
      focus.setAttribute("aria-describedby", problems.length > 0 ? `${fault.id} ${help.id}` : help.id);
    },
  };
}

function sentenceOf({ said, advice }) {
  return `${capital(said)}. ${capital(advice)}${/[.?!)]$/.test(advice) ? "" : "."}`;
}

function faultLine(problem, field, knowledge, accept) {
  const line = element("p", "", element("strong", "fault__kind", problem.isError ? "À corriger" : "À vérifier"), `${NBSP}: ${sentenceOf(problem)}`);
  if (problem.link) line.append(" ", problem.link);
  const { suggestion } = problem.values;
  if (!suggestion || field.isList) return line;
  const button = element("button", "button fault__accept", `Écrire «${NBSP}${labelOf(field, suggestion, knowledge)}${NBSP}»`);
  button.type = "button";
  button.addEventListener("click", () => accept(suggestion));
  return element("div", "", line, button);
}

function helpOf(field, knowledge) {
  const { table, name, help, example, isList, constraints, type, vocabulary } = field;
  const own = knowledge.plan.help[table ? `${table}.${name}` : name];
  // What only the file asks for is left out: the form offers words, and writes the file.
  const shown = (own ?? help).replace(/ (?:Toujours entre guillemets|Dans le fichier\s:[^.]+)\./u, "").replace(/ :/g, `${NBSP}:`);
  const hasExample = !own && example && !isList && !constraints.enum && !["boolean", "date"].includes(type) && (!vocabulary || vocabulary === "municipalites");
  if (isList && choicesOf(field, knowledge).length === 0) return `${shown} Une réponse par ligne.`;
  return hasExample ? `${shown} Exemple${NBSP}: ${example}` : shown;
}

function single(field, value = "", id, knowledge, write) {
  const choices = choicesOf(field, knowledge);
  if (field.vocabulary === "categories") return category(field, value, id, knowledge, write);
  if (isImage(field)) return image(value, id, write);
  let input;
  if (choices.length > 0) {
    input = element("select");
    input.append(new Option(field.required ? "Choisir" : "Non précisé", ""), ...choices.map(([code, label]) => new Option(label, code)));
    if (value && !choices.some(([code]) => code === value)) input.append(new Option(value, value));
  } else if ((field.constraints.maxLength ?? 0) >= LONG_TEXT && field.code === knowledge.free) {
    input = element("textarea");
    const length = field.constraints.maxLength;
    input.rows = length > 2000 ? 4 : 2; // it grows with its text
  } else {
    input = element("input");
    input.type = field.type === "date" ? "date" : (KINDS[field.code] ?? "text");
    if (field.type === "integer" || /^(?:neq-|municipalite-code)/.test(field.code)) input.inputMode = "numeric";
    if (field.type === "number") input.inputMode = "text"; // a minus sign, which the keyboard of numbers may not have
    if (field.vocabulary === "municipalites") input.setAttribute("list", "liste-municipalites");
    input.autocomplete = "off";
  }
  input.id = id;
  input.required = field.required;
  if (input.tagName !== "SELECT") input.spellcheck = field.code === knowledge.free && !field.vocabulary;
  input.value = value;
  // One line is one line: what a paste brings with it is a space, or nothing. An e-mail makes one space of several.
  const isLong = input.tagName === "TEXTAREA" && (field.constraints.maxLength ?? 0) >= knowledge.rules.cells.paragraphes;
  const read = () => (isLong ? seen(input.value, knowledge) : seen(input.value, knowledge).replace(/\s*\n\s*/g, " ")).replace(/[ \t]+/g, " ").trim();
  input.addEventListener("input", () => write(read()));
  return { node: input, focus: input, set: (text) => { input.value = text; } };
}

// Words that no list offers: one on each line.
function lines(field, value = [], id, knowledge, write) {
  const input = element("textarea");
  input.id = id;
  input.required = field.required;
  input.rows = 3;
  input.value = value.join("\n");
  const read = () => seen(input.value, knowledge).split("\n").map((line) => line.replace(/[ \t]+/g, " ").trim());
  input.addEventListener("input", () => write(read().filter(Boolean)));
  return { node: input, focus: input, set() {} };
}

// A category is written with its words: label, or any word that buyers use for it.
function category(field, value, id, knowledge, write) {
  const input = element("input");
  input.type = "text";
  input.id = id;
  input.required = field.required;
  input.autocomplete = "off";
  input.setAttribute("list", "liste-categories");
  const set = (slug) => {
    input.value = categoryLabel(slug, knowledge);
  };
  set(value);
  const read = () => codeOf(seen(input.value, knowledge).trim(), knowledge);
  input.addEventListener("input", () => write(read()));
  input.addEventListener("change", () => set(read()));
  return { node: input, focus: input, set };
}

function codeOf(text, { words }) {
  if (words.categories.has(text)) return words.categories.get(text);
  const folded = fold(text);
  for (const [word, slug] of words.categories) if (fold(word) === folded) return slug;
  return text;
}

function boxes(field, value = [], id, knowledge, write) {
  let chosen = [...value];
  const choices = choicesOf(field, knowledge);
  const own = new Map(choices);
  for (const code of chosen) if (!own.has(code)) choices.push([code, knowledge.mrcs.get(code)?.titre ?? code]);
  const isLong = choices.length > (field.table ? FEW : MOST_SEEN);
  if (isLong) choices.sort(([one], [other]) => chosen.includes(other) - chosen.includes(one)); // seen without scrolling
  const inputs = [];
  const labels = choices.map(([code, label], index) => {
    const input = element("input");
    input.type = "checkbox";
    input.id = index === 0 ? id : `${id}-${index + 1}`;
    input.value = code;
    input.checked = chosen.includes(code);
    input.addEventListener("change", () => {
      chosen = input.checked ? [...chosen, code] : chosen.filter((other) => other !== code);
      write([...chosen]);
    });
    inputs.push(input);
    return element("label", "box", input, label);
  });
  const list = element("div", isLong ? "boxes boxes--long" : "boxes", ...labels);
  if (!isLong) return { node: list, focus: inputs[0], set() {} };
  const wordsOf = choices.map(([code, label]) => words([label, ...synonymsOf(field, code, knowledge)].join(" ")));
  return searched(list, labels, inputs, wordsOf, id, field);
}

// A long list is searched: what is chosen stays in sight, with what the words typed begin; all of it at a press.
function searched(list, labels, inputs, wordsOf, id, field) {
  const input = element("input");
  input.type = "search";
  input.id = `${id}-recherche`;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.placeholder = "Chercher un mot";
  input.setAttribute("aria-label", `${field.title}${NBSP}: chercher un mot`);
  const said = element("p", "field__help boxes__said");
  said.setAttribute("role", "status");
  const all = button(`Voir les ${inputs.length} choix`, "button", () => {
    isAll = !isAll;
    show();
  });
  all.setAttribute("aria-expanded", "false");
  let isAll = false;

  function show() {
    const asked = words(input.value);
    let found = 0;
    labels.forEach((label, index) => {
      const isFound = asked.length > 0 && asked.every((word) => wordsOf[index].some((other) => other.startsWith(word)));
      found += isFound;
      label.hidden = !(isFound || inputs[index].checked || (isAll && asked.length === 0));
    });
    list.hidden = labels.every((label) => label.hidden);
    all.hidden = asked.length > 0;
    all.textContent = isAll ? "Cacher les autres choix" : `Voir les ${inputs.length} choix`;
    all.setAttribute("aria-expanded", String(isAll));
    said.textContent = asked.length === 0 ? "" : found === 0 ? "Aucun choix n’a ce mot." : plural(found, "choix", "choix");
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // it would send the form
  show();
  return { node: element("div", "searched", input, said, list, element("p", "boxes__act", all)), focus: input, set() {} };
}

function synonymsOf({ vocabulary }, code, { data }) {
  const synonyms = vocabulary === "secteurs" ? data.secteurs.find(([slug]) => slug === code)?.[2] : [];
  return Array.isArray(synonyms) ? synonyms : [];
}

function words(text) {
  return fold(text).match(/[a-z0-9]+/g) ?? [];
}

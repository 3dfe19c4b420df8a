// One control for one field of the schema: label, help, the control itself, and the place of its fault.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { fold } from "../common/names.js";
import { seen } from "./rules/cells.js";
import { HELP } from "./sections.js";
import { LONG, capital, categoryLabel, choicesOf, labelOf } from "./wording.js";

const LONG_TEXT = 250; // characters: a text that may be longer has several lines to be read in
const KINDS = { "telephone-invalide": "tel", "courriel-invalide": "email", "url-invalide": "url", "reseau-invalide": "url" };

// `write(value)` is called at each change, `left()` when the person goes elsewhere.
export function createControl(field, value, id, knowledge, { write, left, remark = "" }) {
  const many = field.isList && choicesOf(field, knowledge).length > 0;
  const fault = element("div", "fault");
  fault.id = `${id}-faute`;
  fault.hidden = true;
  const help = element("p", "field__help", remark && element("strong", "", remark), remark && " ", helpOf(field));
  help.id = `${id}-aide`;
  const built = many ? boxes(field, value ?? [], id, knowledge, write) : single(field, value, id, knowledge, write);
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
    accept: many ? null : accept,
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

function helpOf({ table, name, help, example, isList, constraints, type, vocabulary }) {
  const own = HELP[table ? `${table}.${name}` : name];
  if (own) return own;
  const shown = help.replace(" Toujours entre guillemets.", "").replace(/ :/g, `${NBSP}:`);
  const hasExample = example && !isList && !constraints.enum && !["boolean", "date"].includes(type) && (!vocabulary || vocabulary === "municipalites");
  return hasExample ? `${shown} Exemple${NBSP}: ${example}` : shown;
}

function single(field, value = "", id, knowledge, write) {
  const choices = choicesOf(field, knowledge);
  if (field.vocabulary === "categories") return category(field, value, id, knowledge, write);
  let input;
  if (choices.length > 0) {
    input = element("select");
    input.append(new Option(field.required ? "Choisir" : "Non précisé", ""), ...choices.map(([code, label]) => new Option(label, code)));
    if (value && !choices.some(([code]) => code === value)) input.append(new Option(value, value));
  } else if ((field.constraints.maxLength ?? 0) >= LONG_TEXT && field.code === knowledge.free) {
    input = element("textarea");
    const length = field.constraints.maxLength;
    input.rows = length > 2000 ? 10 : length >= knowledge.rules.cells.paragraphes ? 5 : 2;
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

function boxes(field, value, id, knowledge, write) {
  let chosen = [...value];
  const choices = choicesOf(field, knowledge);
  const own = new Map(choices);
  for (const code of chosen) if (!own.has(code)) choices.push([code, knowledge.mrcs.get(code)?.titre ?? code]);
  const isLong = choices.length > LONG; // the MRCs of the whole province: what is chosen is seen without scrolling
  if (isLong) choices.sort(([one], [other]) => chosen.includes(other) - chosen.includes(one));
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
  return { node: element("div", isLong ? "boxes boxes--long" : "boxes", ...labels), focus: inputs[0], set() {} };
}

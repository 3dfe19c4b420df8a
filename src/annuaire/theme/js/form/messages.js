// A finding in words: the sentences and the remedies of the command line, from the same file.
import { labelOf, lower } from "./wording.js";

export function phrase({ code, values }, { messages, cuts }) {
  const { phrase: sentence, remede, suggere } = messages[code];
  return filled(sentence, remede, suggere, values, cuts);
}

// The same for who fills the form: fields and choices by their titles, and remedies that name no key of a file.
export function phraseInForm({ code, values, at: where }, knowledge) {
  const { phrase: sentence, formulaire, formulaireSuggere } = knowledge.messages[code];
  const table = knowledge.children.get(where[0]) ?? knowledge.root;
  const field = fieldAt(table, where.slice(table.key ? 2 : 0));
  const title = (name) => {
    const found = fieldNamed(table, name) ?? fieldNamed(knowledge.root, name) ?? knowledge.children.get(name);
    return found ? lower(found.title) : name;
  };
  const label = (value) => (field ? labelOf(field, value, knowledge) : value);
  const shown = { champ: title, manque: title, valeur: label, suggestion: label, liste: (text) => text.replaceAll('"', ""), statut: (code) => lower(labelOf(fieldNamed(knowledge.root, "statut"), code, knowledge)) };
  return filled(sentence, formulaire, formulaireSuggere, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value && shown[key] ? shown[key](value) : value])), knowledge.cuts);
}

export function fieldAt(table, path) {
  for (let length = path.length; length > 0; length -= 1) {
    const found = table.byPath.get(path.slice(0, length).join("."));
    if (found) return found;
  }
  return table.own.find((field) => field.path[0] === path[0]);
}

function fieldNamed(table, name) {
  return table.byPath.get(name) ?? table.own.find((field) => field.name === name);
}

function filled(sentence, remedy, remedyWithSuggestion, values, { valeur: longest, autres: longer }) {
  const shown = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, short(value, longer[key] ?? longest)]));
  return [fill(sentence, shown), fill(shown.suggestion ? remedyWithSuggestion : remedy, shown)];
}

function fill(text, values) {
  return text.replace(/\{([a-z_]+)\}/g, (_, key) => values[key]);
}

// Cut what is long; show what is not printed, line breaks too, as spaces.
function short(value, longest) {
  const letters = [...value].slice(0, longest * 4).map((letter) => (letter !== " " && /[\p{C}\p{Z}]/u.test(letter) ? " " : letter));
  const text = [...letters.join("").split(" ").filter(Boolean).join(" ")];
  return text.length <= longest ? text.join("") : `${text.slice(0, longest - 1).join("")}…`;
}

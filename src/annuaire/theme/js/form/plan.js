// The parts of the form of a collection, from its schema: the fields of the record in their order, then each of its lists.
// A collection may have a plan made by hand (enterprises.js); what it leaves out is as for any other.
import { NBSP } from "../common/french.js";
import { PLAN as enterprises } from "./enterprises.js";
import { capital, lower } from "./wording.js";

const BY_HAND = { enterprises };
const CHECKING = "verification"; // the group that says who vouched for what: the team's, or a confirmation's
const TO_CONFIRM = "a-confirmer";
const OLD = "anciens_slugs";
const NAMES = "champs"; // the vocabulary of the fields of the record: a list that names them is the team's

export function planOf(knowledge) {
  const own = BY_HAND[knowledge.collection.name];
  return { ...derived(knowledge), ...own };
}

// The former addresses of a record, and lists that name its fields, stay as they are in it.
export function isKept({ name, isList, vocabulary }) {
  return isList && (name === OLD || vocabulary === NAMES);
}

export function isOfTeam({ path }) {
  return path[0] === CHECKING;
}

function derived(knowledge) {
  const { collection, root } = knowledge;
  const lists = [...knowledge.children.values()].filter(({ own }) => !own.some(({ vocabulary }) => vocabulary === NAMES));
  const names = (isTeam) => root.own.filter((field) => isOfTeam(field) === isTeam && !isKept(field)).map(({ name }) => name);
  const sections = [
    { id: "fiche", title: capital(collection.one), fields: names(false) },
    ...lists.map(({ key, title }) => ({ id: `liste-${key}`, title, table: key })),
    { id: CHECKING, title: "Vérification", isStaff: true, note: "Qui s’est porté garant de la fiche, et quand.", fields: names(true) },
  ];
  const required = lists.filter((table) => table.required).map(({ key }) => `liste-${key}`);
  return {
    intro: "Les réponses obligatoires suffisent pour commencer.",
    values: {},
    isShort: true, // its parts are open from the start
    opened: ["fiche", ...required],
    staff: [],
    sections: sections.filter(({ table, fields }) => table || fields.length > 0),
    words: Object.fromEntries([...knowledge.children.values()].map((table) => [table.key, wordsOf(table)])),
    help: Object.fromEntries(root.own.filter((field) => isMarkdown(field, knowledge) && !/ Permis\s:/u.test(field.help)).map(({ name, help }) => [name, `${help} Paragraphes, listes, **gras** et liens permis.`])),
    more: {},
    first: {},
  };
}

// A list is called by its title; what it holds, by its rank, or by what it says first.
function wordsOf({ title, own }) {
  const name = lower(title);
  const titles = [...own].sort((one, other) => other.required - one.required).filter(({ isList }) => !isList).map((field) => field.path.join("."));
  return { add: "Ajouter une ligne", label: `Ajouter une ligne${NBSP}: ${name}`, none: "Nouvelle ligne", one: `${name}, ligne`, many: name, unit: ["ligne", "lignes"], titles };
}

function isMarkdown({ name, path }, { rules }) {
  return path.length === 1 && (rules.markup?.champs ?? []).includes(name);
}

// What a new record holds before anything is typed: an item of each list that it must have, and that nobody vouched for it.
export function firstValues({ root, children, plan }) {
  const lists = [...children.values()].filter(({ required }) => required).map(({ key }) => [key, [{}]]);
  const isChecked = root.byPath.get(`${CHECKING}.statut`)?.constraints.enum?.includes(TO_CONFIRM);
  return { ...plan.values, ...Object.fromEntries(lists), ...(isChecked ? { [CHECKING]: { statut: TO_CONFIRM } } : {}) };
}

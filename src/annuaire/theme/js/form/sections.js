// The parts of the form as they are drawn: those of the plan of the collection (plan.js), for who asks.
import { at } from "./lay.js";
import { isKept, isOfTeam } from "./plan.js";
import { labelOf } from "./wording.js";

// What an item is called: its name, or what stands for it.
export function titleOf(key, values, knowledge) {
  const { titles, none } = knowledge.plan.words[key];
  const { byPath } = knowledge.children.get(key);
  for (const path of titles) {
    const value = at(values, path.split("."));
    if (typeof value === "string" && value !== "") return labelOf(byPath.get(path), value, knowledge);
  }
  return none;
}

export function sectionsOf(knowledge, isComplete) {
  const { plan, root } = knowledge;
  const named = new Map(root.own.map((field) => [field.name, field]));
  const sections = plan.sections.map((section) => ({ ...section, fields: (section.fields ?? []).map((name) => named.get(name)).filter(Boolean) }));
  const placed = new Set(plan.sections.flatMap(({ fields = [] }) => fields));
  const others = root.own.filter((field) => !placed.has(field.name) && !isKept(field));
  if (others.length > 0) sections.push({ id: "autres", title: "Autres renseignements", isMore: true, fields: others });
  if (isComplete) return sections;
  return sections.filter(({ isStaff }) => !isStaff).map((section) => ({ ...section, fields: section.fields.filter(({ name }) => !plan.staff.includes(name)) }));
}

// Whether the team sees more of a record than who corrects it.
export function hasTeamFields({ plan, children }) {
  return plan.staff.length > 0 || plan.sections.some(({ isStaff }) => isStaff) || [...children.values()].some(({ own }) => own.some(isOfTeamInItem));
}

// Whether a field has something to say here: a code is asked of who has two municipalities of one name to tell apart, a day
// of closing of who has closed. `values` are those of its record or item.
export function isAsked({ name, path }, values, knowledge) {
  if (at(values, path) !== undefined) return true;
  if (name === "date_fermeture" && knowledge.root.byPath.has("statut")) return values.statut === "fermee";
  return name !== "municipalite_code" || (knowledge.byName.get(values.municipalite)?.length ?? 0) > 1;
}

export function itemFields(table, isComplete, knowledge) {
  const { plan } = knowledge;
  const shown = table.own.filter((field) => !isKept(field) && (isComplete || !isOfTeamInItem(field)));
  const more = new Set(plan.more[table.key] ?? []);
  const first = plan.first[table.key] ?? [];
  const rank = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);
  return {
    main: shown.filter(({ name }) => !more.has(name)).sort((one, other) => rank(one) - rank(other)),
    more: shown.filter(({ name }) => more.has(name)),
  };
}

// What is worked out from other fields is not asked of who corrects a record.
function isOfTeamInItem(field) {
  return isOfTeam(field) || field.derivedFrom.length > 0;
}

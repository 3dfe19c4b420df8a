// Problems by the control they are about, and their summary above the form.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { fieldAt } from "./messages.js";


// The name of the control that a problem is about: the field itself, or the first one of its item.
export function keyOf(problem, state, knowledge) {
  const at = problem.at.length > 0 ? problem.at : [knowledge.collection.naming];
  const table = knowledge.children.get(at[0]);
  if (!table) return fieldAt(knowledge.root, at)?.path.join(".") ?? "";
  const item = state.items[at[0]]?.[at[1]];
  if (!item) return `+${at[0]}`;
  const field = fieldAt(table, at.slice(2)) ?? table.own.find(({ required }) => required) ?? table.own[0];
  return `${item.uid}.${field.path.join(".")}`;
}

// `entries` are { title, problem, go }, errors only.
export function showSummary(place, entries) {
  place.hidden = entries.length === 0;
  if (entries.length === 0) return;
  const count = entries.length;
  const heading = element("h3", "", `${plural(count, "réponse")} à corriger avant l’envoi`);
  heading.id = "fautes-titre";
  const lines = entries.map(({ title, problem, id, go }) => {
    const link = element("a", "", title);
    link.href = `#${id}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
    return element("li", "", link, `${NBSP}: ${problem.said}`);
  });
  place.setAttribute("aria-labelledby", heading.id);
  place.replaceChildren(heading, element("ul", "", ...lines));
}

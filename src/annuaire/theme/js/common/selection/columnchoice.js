// The boxes that choose what is compared and exported; the choice is kept in the browser, one for every page.
import { element } from "../element.js";
import { COLUMNS, columnsOf } from "./columns.js";
import { readDraft, writeDraft } from "./drafts.js";

const DRAFT = "colonnes-choisies";

// Fill a fieldset with a box per column, but for the name, which is always there; `changed` is called after each choice.
export function createColumnChoice(fieldset, changed = () => {}) {
  const kept = readDraft(DRAFT).cles;
  const chosen = new Set(kept ? kept.split(" ") : COLUMNS.filter(({ isShown }) => isShown).map(({ key }) => key));
  for (const { key, label } of COLUMNS.slice(1)) {
    const input = element("input");
    input.type = "checkbox";
    input.name = key;
    input.checked = chosen.has(key);
    fieldset.append(element("label", "", input, element("span", "", label)));
  }
  fieldset.addEventListener("change", ({ target }) => {
    if (target.checked) chosen.add(target.name);
    else chosen.delete(target.name);
    writeDraft(DRAFT, { cles: ["nom", ...chosen].join(" ") });
    changed();
  });
  return { columns: () => columnsOf([...chosen]) };
}

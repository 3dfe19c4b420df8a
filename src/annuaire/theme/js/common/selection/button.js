// The button that keeps an enterprise in the selection: a word and a picture that say its state. Its name begins with the
// word that is seen (WCAG 2.2, 2.5.3) and names the enterprise.
import { element } from "../element.js";
import { NBSP } from "../french.js";
import { icon } from "../pieces.js";
import { has } from "./store.js";

const SECTOR = "secteur";

// Make the button of a row; the script of every page works it (`buttons.js`). `asked`: {need, level}, what the enterprise would
// be kept for, and at which level it answers; `search`: the search that found it, as an address writes it.
export function createSelectButton(slug, name, { need = "", level = "", search = "" } = {}) {
  const text = element("span");
  text.dataset.selectionText = "";
  const button = element("button", "row__select no-print", icon("plus"), text);
  button.type = "button";
  Object.assign(button.dataset, { selection: slug, name, need, level, search });
  dressSelectButton(button);
  return button;
}

// Show on a button whether its enterprise is kept; one that the page came with waits for this to be of use. To keep who is of
// the same sector only is an act that says so.
export function dressSelectButton(button) {
  const { selection: slug, name, level } = button.dataset;
  const isIn = has(slug);
  const isAnyway = level === SECTOR;
  const word = `${isIn ? "Retenue" : "Retenir"}${isAnyway ? " malgré tout" : ""}`;
  button.classList.toggle("is-selected", isIn);
  button.classList.toggle("row__select--anyway", isAnyway);
  button.querySelector(".icon").className = `icon icon--${isIn ? "ticked" : "plus"}`;
  button.querySelector("[data-selection-text]").textContent = word;
  const about = `${word}${NBSP}: ${name}${isAnyway ? ", même secteur, aucune offre pour ce besoin" : ""}`;
  button.setAttribute("aria-label", isIn ? `${about} (retirer de ma sélection)` : about);
  button.title = isIn ? "Retirer de ma sélection" : "Retenir dans ma sélection";
  button.disabled = false;
}

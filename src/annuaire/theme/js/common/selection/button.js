// The button that keeps an enterprise in the selection: a word and a picture that say its state. Its name begins with the
// word that is seen (WCAG 2.2, 2.5.3) and names the enterprise.
import { element } from "../element.js";
import { NBSP } from "../french.js";
import { icon } from "../pieces.js";
import { has } from "./store.js";

// Make the button of a row; the script of every page works it (`buttons.js`).
export function createSelectButton(slug, name) {
  const text = element("span");
  text.dataset.selectionText = "";
  const button = element("button", "row__select no-print", icon("plus"), text);
  button.type = "button";
  Object.assign(button.dataset, { selection: slug, name });
  dressSelectButton(button);
  return button;
}

// Show on a button whether its enterprise is kept; one that the page came with waits for this to be of use.
export function dressSelectButton(button) {
  const { selection: slug, name } = button.dataset;
  const isIn = has(slug);
  button.classList.toggle("is-selected", isIn);
  button.querySelector("use").setAttribute("href", isIn ? "#icon-ticked" : "#icon-plus");
  button.querySelector("[data-selection-text]").textContent = isIn ? "Retenue" : "Retenir";
  button.setAttribute("aria-label", isIn ? `Retenue${NBSP}: ${name} (retirer de ma sélection)` : `Retenir${NBSP}: ${name}`);
  button.title = isIn ? "Retirer de ma sélection" : "Retenir dans ma sélection";
  button.disabled = false;
}

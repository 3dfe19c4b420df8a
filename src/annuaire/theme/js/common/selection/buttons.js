// « Ma sélection » on every page: a button on each row and on the profile, a link with a count in the header.
// The place of each is kept free by the style sheet as soon as scripts run, so that nothing moves when they come.
import { NBSP, plural } from "../french.js";
import { SLUG } from "../slug.js";
import { createSelectButton, dressSelectButton } from "./button.js";
import { add, has, isKept, lists, remove, size, subscribe } from "./store.js";
import * as adresses from "../../../../data/adresses.json";

export function startSelection() {
  const root = document.querySelector(".brand")?.href;
  const link = document.querySelector(".selection-link");
  if (!root || !link) return;
  const said = document.createElement("p");
  said.className = "hidden-text";
  said.setAttribute("role", "status");
  document.body.append(said);

  function slugOf(row) {
    const address = row.querySelector(":scope > :is(.row__name, h2, h3, h4) > a")?.href ?? "";
    if (row.querySelector(".badges > .icon--closed")) return "";
    const profiles = root + adresses.entreprises;
    const slug = address.startsWith(profiles) && address.endsWith("/") ? address.slice(profiles.length, -1) : "";
    return SLUG.test(slug) ? slug : "";
  }

  function equip(row) {
    const slug = row.querySelector("[data-selection]") ? "" : slugOf(row);
    if (!slug) return;
    const asked = row.closest("[data-need]")?.dataset; // the page of a purchase category
    row.append(createSelectButton(slug, row.querySelector(":scope > :is(.row__name, h2, h3, h4)").textContent.trim(), asked));
  }

  function refresh() {
    const count = size();
    const some = lists().some(({ fiches }) => fiches.length > 0);
    document.documentElement.toggleAttribute("data-selection", some);
    link.querySelector("[data-selection-count]").textContent = String(count);
    document.querySelectorAll("button[data-selection]").forEach(dressSelectButton);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-selection]");
    if (!button) return;
    const { selection: slug, name, need: besoin, level: niveau, search: recherche } = button.dataset;
    const isIn = has(slug);
    const done = isIn ? remove(slug) : add({ slug, nom: name, besoin, niveau, recherche });
    const where = `${plural(size(), "entreprise")} dans votre sélection`;
    if (!done && !isIn) said.textContent = "Votre sélection est pleine. Créez-en une autre sur la page Ma sélection.";
    else if (isIn) said.textContent = `${name}${NBSP}: entreprise retirée. ${where}.`;
    else said.textContent = `${name}${NBSP}: entreprise retenue. ${where}${isKept() ? "" : ", tant que cette page reste ouverte"}.`;
  });

  for (const button of document.querySelectorAll("button[data-selection]")) button.dataset.name ??= document.querySelector("h1").textContent.trim();
  document.querySelectorAll(".rows > li").forEach(equip);
  subscribe(refresh);
  refresh();
}

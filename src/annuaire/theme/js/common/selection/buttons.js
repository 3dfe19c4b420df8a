// « Ma sélection » on every page: a button on each row and on the profile, a link with a count in the header.
// The place of each is kept free by the style sheet as soon as scripts run, so that nothing moves when they come.
import { NBSP, plural } from "../french.js";
import { SLUG } from "../slug.js";
import { add, has, isKept, lists, remove, size, subscribe } from "./store.js";
import * as adresses from "../../../../data/adresses.json";

const SHAPES = { add: "#icon-plus", remove: "#icon-ticked" };

export function startSelection() {
  const root = document.querySelector(".brand")?.href;
  const link = document.querySelector(".selection-link");
  if (!root || !link) return;
  const said = document.createElement("p");
  said.className = "hidden-text";
  said.setAttribute("role", "status");
  document.body.append(said);

  function slugOf(row) {
    const address = row.querySelector(".row__name a")?.href ?? "";
    if (row.querySelector(".badge--closed")) return "";
    const profiles = root + adresses.entreprises;
    const slug = address.startsWith(profiles) && address.endsWith("/") ? address.slice(profiles.length, -1) : "";
    return SLUG.test(slug) ? slug : "";
  }

  function equip(row) {
    const slug = row.querySelector("[data-selection]") ? "" : slugOf(row);
    if (!slug) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "row__select no-print";
    button.dataset.selection = slug;
    button.dataset.name = row.querySelector(".row__name").textContent.trim();
    button.append(picture());
    row.append(button);
    show(button);
  }

  function picture() {
    const name = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(name, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS(name, "use"));
    return svg;
  }

  // The words of the button say what it will do; a second sign of its state (aria-pressed) would contradict them.
  function show(button) {
    const { selection: slug, name } = button.dataset;
    const isIn = has(slug);
    const text = isIn ? "Retirer de ma sélection" : "Ajouter à ma sélection";
    button.classList.toggle("is-selected", isIn);
    button.querySelector("use")?.setAttribute("href", isIn ? SHAPES.remove : SHAPES.add);
    const words = button.querySelector("[data-selection-text]");
    if (words) {
      words.textContent = text;
    } else {
      button.setAttribute("aria-label", `${text}${NBSP}: ${name}`);
      button.title = text;
    }
    button.disabled = false;
  }

  function refresh() {
    const count = size();
    const some = lists().some(({ fiches }) => fiches.length > 0);
    document.documentElement.toggleAttribute("data-selection", some);
    link.querySelector("[data-selection-count]").textContent = String(count);
    for (const button of document.querySelectorAll("button[data-selection]")) show(button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-selection]");
    if (!button) return;
    const { selection: slug, name } = button.dataset;
    const isIn = has(slug);
    const done = isIn ? remove(slug) : add(slug, name);
    const where = `${plural(size(), "entreprise")} dans votre sélection`;
    if (!done && !isIn) said.textContent = "Votre sélection est pleine. Créez-en une autre sur la page Ma sélection.";
    else if (isIn) said.textContent = `${name}${NBSP}: entreprise retirée. ${where}.`;
    else said.textContent = `${name}${NBSP}: entreprise ajoutée. ${where}${isKept() ? "" : ", tant que cette page reste ouverte"}.`;
  });

  document.querySelectorAll(".row").forEach(equip);
  subscribe(refresh);
  refresh();
}

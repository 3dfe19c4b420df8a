// Light or dark: a button in the header, a choice in the footer, made here since nothing works them without scripts. What is
// chosen is remembered in the browser only.
import { element } from "./element.js";
import { icon } from "./pieces.js";

const KEY = "annuaire-affichage";
const CHOICES = [
  ["", "Selon l’appareil"],
  ["light", "Clair"],
  ["dark", "Sombre"],
];

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage refused: the choice lasts as long as the page
  }
}

export function startDisplay() {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = element("button", "theme-toggle", icon("theme"), element("span", "hidden-text", "Affichage sombre"));
  button.type = "button";
  const options = CHOICES.map(([value, label]) => Object.assign(element("option", "", label), { value }));
  const choice = element("select", "", ...options);
  const label = element("label", "site-foot__display", "Affichage ", choice);
  label.dataset.display = "";

  // `theme`: "light" or "dark"; with nothing chosen, that of the device.
  function show(theme) {
    root.dataset.theme = theme;
    choice.value = stored() ?? "";
    button.setAttribute("aria-pressed", String(theme === "dark"));
  }

  function choose(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // storage refused: nothing to remember
    }
    show(theme || (system.matches ? "dark" : "light"));
    choice.value = theme;
  }

  show(root.dataset.theme);
  document.querySelector(".site-head__row")?.append(button);
  document.querySelector(".site-foot__acts > :last-child")?.before(label);
  button.addEventListener("click", () => choose(root.dataset.theme === "dark" ? "light" : "dark"));
  choice.addEventListener("change", () => choose(choice.value));
  system.addEventListener("change", (event) => {
    if (!stored()) show(event.matches ? "dark" : "light");
  });
}

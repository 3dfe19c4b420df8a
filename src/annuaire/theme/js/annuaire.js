import { startCopying } from "./common/copying.js";
import { startDisk } from "./common/disk.js";
import { startSelection } from "./common/selection/buttons.js";

// Light or dark: the button shows once this script runs, and remembers the choice in the browser only.
const root = document.documentElement;
const button = document.querySelector(".theme-toggle");
const system = matchMedia("(prefers-color-scheme: dark)");
const KEY = "annuaire-affichage";

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage refused: the choice lasts as long as the page
  }
}

function show(theme) {
  root.dataset.theme = theme;
  button?.setAttribute("aria-pressed", String(theme === "dark"));
}

if (button) {
  button.hidden = false;
  show(root.dataset.theme);
  button.addEventListener("click", () => {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    show(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // storage refused: nothing to remember
    }
  });
}

system.addEventListener("change", (event) => {
  if (!stored()) show(event.matches ? "dark" : "light");
});

startDisk();
startCopying();
startSelection();

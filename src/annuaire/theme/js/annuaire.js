import { startCopying } from "./common/copying.js";
import { startDisk } from "./common/disk.js";
import { element } from "./common/element.js";
import { startListing } from "./common/listing.js";
import { startSelection } from "./common/selection/buttons.js";
import { inWords, today } from "./common/today.js";

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

const choice = document.querySelector("[data-display]");

// `theme`: "light" or "dark"; with nothing chosen, that of the device.
function show(theme) {
  root.dataset.theme = theme;
  if (choice) choice.querySelector("select").value = stored() ?? "";
  button?.setAttribute("aria-pressed", String(theme === "dark"));
}

function choose(theme) {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // storage refused: nothing to remember
  }
  show(theme || (system.matches ? "dark" : "light"));
  if (choice) choice.querySelector("select").value = theme;
}

show(root.dataset.theme);
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => choose(root.dataset.theme === "dark" ? "light" : "dark"));
}
if (choice) {
  choice.hidden = false;
  choice.addEventListener("change", (event) => choose(event.target.value));
}

system.addEventListener("change", (event) => {
  if (!stored()) show(event.matches ? "dark" : "light");
});

// The page's own address: in the message of who gives an opinion, and on paper.
const opinion = document.querySelector("[data-opinion]");
if (opinion) opinion.href += `&body=${encodeURIComponent(`Page\u00a0: ${location.href}\n\n`)}`;

const printed = element("p", "site-foot__printed");
document.querySelector(".site-foot__end")?.append(printed);
addEventListener("beforeprint", () => {
  printed.textContent = `${location.href} (imprimé le ${inWords(today())})`;
});

startDisk();
startCopying();
startListing();
startSelection();

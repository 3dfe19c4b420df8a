// The page where a municipality chooses what its own site will show, and copies two texts.
import { NBSP, quote } from "../common/french.js";
import { copy } from "../common/pieces.js";
import { firstTouch } from "../common/touched.js";
import { LEAST, contrast, hexOf } from "./contrast.js";
import * as adresses from "../../../data/adresses.json";

const HEIGHTS = { liste: 640, recherche: 260, carte: 900 }; // pixels, without the small program
const PAGES = { liste: adresses.integreListe, recherche: adresses.integreRecherche, carte: adresses.integreCarte };
const TITLES = { liste: "Entreprises d’économie sociale", recherche: "Chercher une entreprise d’économie sociale", carte: "Carte des entreprises d’économie sociale" };
const LEAST_HEIGHT = 100;
const MOST_HEIGHT = 5000;

// What stands in the page of another site, so written for any browser.
export function resizeCode(origin) {
  return `<script>
addEventListener("message", function (e) {
  if (e.origin !== ${JSON.stringify(origin)} || !e.data || e.data.annuaire !== "hauteur") return;
  var h = Math.min(Math.max(Number(e.data.hauteur) || 0, ${LEAST_HEIGHT}), ${MOST_HEIGHT});
  document.querySelectorAll("iframe").forEach(function (f) { if (f.contentWindow === e.source) f.style.height = h + "px"; });
});
</${"script"}>`;
}

export function frameCode(address, title, height) {
  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="${height}" loading="lazy" style="border:0"></iframe>`;
}

// What is wrong with two colours, in a sentence; nothing when they can be used, or are left out.
export function faultOf(couleur, fond) {
  for (const text of [couleur, fond]) if (text && !hexOf(text)) return `${quote(text)} n’est pas une couleur${NBSP}: écrivez six chiffres ou lettres de a à f, comme ${quote("#0b5b75")}.`;
  if (fond && !couleur) return "Donnez aussi la couleur des liens, qui se lit sur ce fond.";
  if (!couleur) return "";
  const found = contrast(hexOf(couleur), hexOf(fond) || "ffffff");
  if (found >= LEAST) return "";
  return `Ces deux couleurs se lisent mal ensemble${NBSP}: leur contraste est de ${decimal(Math.floor(found * 10) / 10)} pour 1, et il en faut au moins ${decimal(LEAST)} (norme WCAG AA).`;
}

function decimal(number) {
  return String(number).replace(".", ",");
}

export function openChooser(root) {
  const part = (name) => root.querySelector(`[data-embedding-${name}]`);
  const form = part("form");
  const site = new URL(root.dataset.root, document.baseURI);
  const preview = part("preview");

  let isTouched = false; // the preview is a whole page more

  function draw() {
    const values = Object.fromEntries(new FormData(form));
    const fault = faultOf(values.couleur.trim(), values.fond.trim());
    part("fault").textContent = fault;
    part("fault").hidden = !fault;
    for (const name of ["couleur", "fond"]) form.elements.namedItem(name).setAttribute("aria-invalid", String(Boolean(fault)));
    part("result").hidden = Boolean(fault);
    if (fault) return;
    const asked = new URLSearchParams();
    for (const name of ["mrc", "secteur"]) if (values[name]) asked.set(name, values[name]);
    for (const name of ["couleur", "fond"]) if (hexOf(values[name])) asked.set(name, hexOf(values[name]));
    const path = `${PAGES[values.genre]}${asked.size > 0 ? `?${asked}` : ""}`;
    const [code, resize] = [frameCode(new URL(path, root.dataset.site).href, TITLES[values.genre], HEIGHTS[values.genre]), resizeCode(new URL(root.dataset.site).origin)];
    part("code").value = code;
    part("resize").value = resize;
    const shown = new URL(path, site).href;
    if (preview.src !== shown) preview.height = HEIGHTS[values.genre];
    if (preview.src !== shown && isTouched) preview.src = shown;
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== preview.contentWindow || origin !== location.origin || data?.annuaire !== "hauteur") return;
    preview.height = Math.min(Math.max(Number(data.hauteur) || 0, LEAST_HEIGHT), MOST_HEIGHT);
  });
  form.addEventListener("change", draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw();
    (part("result").hidden ? part("fault") : part("result")).scrollIntoView({ block: "nearest" });
  });
  for (const button of root.querySelectorAll("[data-embedding-copy]")) {
    button.addEventListener("click", async () => {
      part("said").textContent = await copy(part(button.dataset.embeddingCopy), "Le texte est copié.");
    });
  }
  form.hidden = false;
  draw();
  firstTouch().then(() => {
    isTouched = true;
    draw();
  });
}

// What the pages that other sites show in a frame have in common: what is asked by their address, two colours, a height told
// to whoever frames them, and short rows. Nothing is kept in the browser, nothing is asked of anyone else.
import { loadCore } from "../common/catalogue/data.js";
import { evaluate } from "../common/catalogue/facets.js";
import { asks, empty, format, parse } from "../common/catalogue/query.js";
import { LEAST, contrast, hexOf, inkOn } from "./contrast.js";
import { element } from "../common/element.js";
import { quote } from "../common/french.js";
import { enterpriseLink } from "../common/pieces.js";
import * as adresses from "../../../data/adresses.json";

// Of the whole search, a frame asks for territories and sectors only.
export function readAsked() {
  const { mrc, secteur } = parse(new URLSearchParams(location.search));
  return { ...empty(), mrc, secteur };
}

export function isAsked() {
  return asks(readAsked());
}

// Take the two colours of the address, when they can be read together.
export function dress() {
  const parameters = new URLSearchParams(location.search);
  const colour = hexOf(parameters.get("couleur") ?? "");
  const ground = hexOf(parameters.get("fond") ?? "") || "ffffff";
  if (!colour || contrast(colour, ground) < LEAST) return;
  const ink = inkOn(ground);
  const root = document.documentElement;
  root.dataset.theme = ink === "ffffff" ? "dark" : "light"; // what has no colour of theirs goes with their ground
  const set = (names, value) => names.split(" ").forEach((name) => root.style.setProperty(`--${name}`, `#${value}`));
  set("paper wash sunk on-deep on-accent", ground);
  set("ink ink-soft", ink);
  set("link deep deep-strong accent accent-strong focus mark line line-strong", colour);
}

// Tell whoever frames this page how high it is, in pixels: a number, which is no secret.
export function tellHeight() {
  if (parent === window) return;
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    parent.postMessage({ annuaire: "hauteur", hauteur: height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
}

// « Entreprises d’économie sociale, dans la MRC de Mékinac, « Culture » ».
export function titleOf(catalogue, { mrc, secteur }) {
  const { json } = catalogue;
  const places = mrc.map((code) => json.mrc[catalogue.mrc(code)]?.[4]).filter(Boolean);
  const sectors = secteur.map((slug) => json.secteurs[catalogue.sector(slug)]?.[1]).filter(Boolean);
  const there = places.length > 0 ? `, ${places.join(" ou ")}` : "";
  const about = sectors.length > 0 ? `, ${sectors.map(quote).join(" ou ")}` : "";
  return `Entreprises d’économie sociale${there}${about}`;
}

// Read the directory and answer: `show({ catalogue, site, found, part })`.
export async function openEmbedded(root, show) {
  const part = (name) => root.querySelector(`[data-embedded-${name}]`);
  const site = new URL(root.dataset.root, document.baseURI);
  const asked = readAsked();
  const query = format(asked);
  part("more").href = new URL(`${adresses.recherche}${query ? `?${query}` : ""}`, site).href;
  part("said").textContent = "Lecture du répertoire…";
  part("rows").replaceChildren();
  try {
    const catalogue = await loadCore(new URL(root.dataset.catalogue, document.baseURI));
    part("title").textContent = titleOf(catalogue, asked);
    await show({ catalogue, site, found: evaluate(catalogue, asked).found, part });
  } catch (error) {
    part("said").textContent = "Le répertoire n’a pas pu être lu. Il reste à l’adresse ci-dessous.";
    throw error; // for the console: the visitor has been told
  }
}

export function embeddedRows(catalogue, ranks, site) {
  return ranks.map((rank) => {
    const { slug, nom, municipalite, secteur } = catalogue.enterprise(rank); // all of the first part of the data
    const facts = [municipalite?.nom, secteur?.libelle].filter(Boolean).map((text) => element("span", "", text));
    const line = element("p");
    for (const fact of facts) line.append(fact, " ");
    return element("li", "", element("h2", "", enterpriseLink(site, slug, nom)), line);
  });
}

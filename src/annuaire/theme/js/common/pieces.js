// Small pieces of the pages of the purchase file.
import { element } from "./element.js";
import { NBSP } from "./french.js";
import * as adresses from "../../../data/adresses.json";

// A picture of `css/common/icons.css`, by its name.
export function icon(name) {
  return element("i", `icon icon--${name}`);
}

export function button(text, className, clicked) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", clicked);
  return node;
}

export function enterpriseLink(site, slug, name) {
  const link = element("a", "", name);
  link.href = new URL(`${adresses.entreprises}${slug}/`, site).href;
  return link;
}

// The logo of an enterprise, or a photograph: for the eye alone, asked when it comes near the screen.
export function rowPicture(site, [address, width, height]) {
  const node = Object.assign(element("img", "row__picture"), { alt: "", loading: "lazy", decoding: "async", width, height });
  node.src = new URL(address, site).href;
  return node;
}

export function telephoneLink(number) {
  const [main, extension] = number.split(" poste ");
  const link = element("a", "", number);
  link.href = `tel:+1${main.replace(/\D/g, "")}${extension ? `;ext=${extension.replace(/\D/g, "")}` : ""}`;
  return link;
}

// The site of an enterprise, which says whose it is (`catalogue/sites.js`); nothing when it has none.
export function websiteLink({ site_web: address, site }) {
  if (!site) return null;
  const link = element("a", "", site);
  link.href = address;
  return link;
}

export function facts(pairs) {
  return pairs.filter(([, text]) => text).flatMap(([label, text]) => [element("dt", "", label), element("dd", "", text)]);
}

// Copy a field's text; where the browser forbids it, select the text so that one key is enough. Give what to tell.
export async function copy(field, done) {
  try {
    await navigator.clipboard.writeText(field.value);
    return done;
  } catch {
    field.focus();
    field.select();
    return `Le texte est sélectionné${NBSP}: appuyez sur Ctrl+C (ou ⌘C) pour le copier.`;
  }
}

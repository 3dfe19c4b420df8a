// The main parts of the profile as they would be, in texts only.
import { element } from "../common/element.js";
import { categoryLabel } from "./wording.js";

const LONGEST = 220;
const MOST = 5;

export function previewOf(values, knowledge) {
  const places = values.etablissements ?? [];
  const named = (list, code) => list.find(([known]) => known === code)?.[1] ?? "";
  const parts = [element("p", "preview__name", values.nom || "Nom de l’entreprise")];
  const facts = [places[0]?.municipalite, named(knowledge.data.secteurs, values.secteur), named(knowledge.data.formes, values.forme_juridique)];
  parts.push(element("p", "quiet", facts.filter(Boolean).join(" · ")));
  const inBrief = values.activite || values.mission;
  if (inBrief) parts.push(element("p", "", short(inBrief)));
  if (values.offres) {
    const lines = values.offres.slice(0, MOST).map(({ nom, categorie }) => element("li", "", element("strong", "", nom || "…"), categorie ? ` (${categoryLabel(categorie, knowledge)})` : ""));
    if (values.offres.length > MOST) lines.push(element("li", "quiet", `et ${values.offres.length - MOST} de plus`));
    parts.push(heading("Produits et services"), element("ul", "", ...lines));
  }
  if (values.description) parts.push(heading("Ce que fait l’entreprise"), element("p", "preview__text", short(plain(values.description))));
  const lines = places.slice(0, MOST).map((place) => element("li", "", ...placeOf(place, values.adresse_confidentielle === "oui")));
  if (lines.length > 0) parts.push(heading("Joindre l’entreprise"), element("ul", "plain-list", ...lines));
  if (values.site_web) parts.push(element("p", "", values.site_web));
  return parts;
}

function heading(text) {
  return element("p", "preview__heading", text);
}

function placeOf({ nom, adresse, municipalite, code_postal: code, telephone, courriel, heures }, isConfidential) {
  const address = isConfidential ? [municipalite, "adresse confidentielle"] : [adresse, municipalite, code];
  return [nom, address.filter(Boolean).join(", "), telephone, courriel, heures].filter(Boolean).map((text) => element("div", "", text));
}

// The words of a text without the marks of its bold, its lists and its links.
function plain(text) {
  return text.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, "$1").replace(/\*\*|__/g, "").replace(/(^|[\s(«])\*(\S[^*\n]*)\*/g, "$1$2");
}

function short(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : text;
}

// The facets of the catalogue in the order of the page, and how their values are said.
import { NBSP, figure } from "../french.js";
import { inWords } from "../today.js";
import { townLabel } from "../answer/places.js";
import { ANSWERS, of } from "./sentence.js";
import { aPreciser } from "../../../../data/communs.json";

const AGES = ["6 derniers mois", "12 derniers mois", "2 dernières années"];

// `isOpen`: unfolded from the start. `before`: what a value needs to be understood alone, among the active filters.
export const FACETS = [
  { key: "categorie", label: "Catégorie d’achat", isOpen: true },
  { key: "dessert", label: "Territoire desservi", isOpen: true, before: "Dessert" },
  { key: "mrc", label: "Territoire de l’adresse", before: "Situé" },
  { key: "pres", label: "Près de" },
  { key: "confirme", label: "Offre confirmée", isOpen: true },
  { key: "depuis", label: "Fiche vérifiée" },
  { key: "secteur", label: "Secteur" },
  { key: "forme", label: "Forme juridique" },
  { key: "adhesion", label: "Adhésion au Pôle" },
  { key: "certification", label: "Certification" },
  { key: "conformite", label: "Conformité" },
];

// Every value that a facet may take in this catalogue: [value, text], in the order shown.
export function valuesOf(catalogue, key) {
  const { json } = catalogue;
  const french = new Intl.Collator("fr-CA");
  const rows = (list) => list.map(([value, text]) => [value, text]);
  const sorted = (list) => rows(list).sort((one, other) => isLast(one) - isLast(other) || french.compare(one[1], other[1]));
  const territories = () => sorted(json.mrc.map(([code, , nom]) => [code, nom]));
  return {
    categorie: () => sorted(json.categories),
    secteur: () => sorted(json.secteurs),
    mrc: territories,
    dessert: territories,
    forme: () => sorted(json.formes),
    adhesion: () => rows(json.adhesions),
    certification: () => sorted(json.certifications),
    confirme: () => [
      ["oui", "Confirmée"],
      ["non", "À confirmer"],
    ],
    conformite: () => json.conformites.flatMap(([code]) => Object.entries(ANSWERS).map(([value, text]) => [`${code}:${value}`, capital(text)])),
    depuis: () => [],
    pres: () => [],
  }[key]();
}

export function documentLabel(catalogue, code) {
  return catalogue.json.conformites[catalogue.conformity(code)]?.[1] ?? code;
}

// A form that nobody confirmed says so, unless its own name does.
export function formLabel({ forme, forme_confirmee: isSure }) {
  if (!forme) return "";
  return isSure || forme.libelle.includes("à préciser") ? forme.libelle : `${forme.libelle} (à confirmer)`;
}

function isLast([value]) {
  return value === aPreciser ? 1 : 0;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function ageLabel(catalogue, fresh, value) {
  const rank = fresh.indexOf(value);
  return rank >= 0 ? AGES[rank] : `Depuis le ${inWords(value)}`;
}

// A filter that stands alone, outside its facet: « Dessert : Mékinac ».
export function filterLabel(catalogue, search, key, value) {
  if (key === "q") return `«${NBSP}${value}${NBSP}»`;
  if (key === "pres") return `À ${search.rayon}${NBSP}km ou moins ${of(townLabel(catalogue, value), true)}`;
  if (key === "depuis") return `Fiche vérifiée depuis le ${inWords(value)}`;
  if (key === "confirme") return { __proto__: null, oui: "Offre confirmée", non: "Offre à confirmer" }[value] ?? value;
  if (key === "conformite") {
    const [code, answer] = value.split(":");
    return `${documentLabel(catalogue, code)}${NBSP}: ${ANSWERS[answer] ?? answer}`;
  }
  const text = textOf(catalogue, key, value);
  const { before } = FACETS.find((facet) => facet.key === key);
  return before ? `${before}${NBSP}: ${text}` : text;
}

function textOf(catalogue, key, value) {
  const { json } = catalogue;
  const [rows, find, column] = {
    categorie: [json.categories, catalogue.category, 1],
    secteur: [json.secteurs, catalogue.sector, 1],
    mrc: [json.mrc, catalogue.mrc, 2],
    dessert: [json.mrc, catalogue.mrc, 2],
    forme: [json.formes, catalogue.form, 1],
    adhesion: [json.adhesions, catalogue.adhesion, 1],
    certification: [json.certifications, catalogue.certification, 1],
  }[key];
  return rows[find(value)]?.[column] ?? value;
}

// « à 12 km »; nobody is at 0 km.
export function farLabel(kilometres) {
  if (kilometres < 1) return `à moins de 1${NBSP}km`;
  return `à ${figure(Math.round(kilometres))}${NBSP}km`;
}

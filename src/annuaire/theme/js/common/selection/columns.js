// What may be said of an enterprise in a comparison and in its exports: one list, so that both say the same. Each text
// is a list of short lines; an unknown thing is an empty list.
import { PROVINCE } from "../catalogue/data.js";
import { awayFrom } from "../catalogue/distance.js";
import { of } from "../catalogue/sentence.js";
import { farLabel, formLabel } from "../catalogue/wording.js";
import { NBSP } from "../french.js";
import { answeringOffers, keptNeed, levelText } from "../results/wording.js";
import { inWords } from "../today.js";
import { partout } from "../../../../data/communs.json";

// `isOfAnswer`: it says how an enterprise answers what was asked, and is not known of itself. `cell`: what a workbook holds
// where it is more than a text, {number}, {date} or {href, text}; `unit`: said in its title then.
export const COLUMNS = [
  { key: "nom", label: "Entreprise", isShown: true, read: (e) => [e.nom] },
  { key: "besoin", label: "Besoin", isShown: true, isOfAnswer: true, read: need },
  { key: "niveau", label: "Répond par", isShown: true, isOfAnswer: true, read: level },
  { key: "offres_correspondantes", label: "Offres correspondantes", isShown: true, isOfAnswer: true, read: matching },
  { key: "forme", label: "Forme juridique", isShown: true, read: (e) => [formLabel(e)] },
  { key: "municipalite", label: "Municipalité", isShown: true, read: (e) => (e.municipalite ? [e.municipalite.nom] : []) },
  { key: "distance", label: "Distance à vol d’oiseau", unit: "km", isShown: true, isOfAnswer: true, read: distance, cell: distanceCell },
  { key: "territoire", label: "Territoire", isShown: false, read: (e) => e.mrc.map(({ titre }) => titre) },
  { key: "desserte", label: "Territoire desservi", isShown: true, read: (e, catalogue) => areaLines(catalogue, e.desserte) },
  { key: "secteur", label: "Secteur", isShown: false, read: (e) => [e.secteur, ...e.autres_secteurs].filter(Boolean).map(({ libelle }) => libelle) },
  { key: "offres", label: "Offres confirmées", isShown: true, read: (e) => offers(e, true) },
  { key: "offres_a_confirmer", label: "Offres à confirmer", isShown: true, read: (e) => offers(e, false) },
  { key: "prix", label: "Prix indicatif", isShown: true, read: terms("prix") },
  { key: "delai", label: "Délai", isShown: true, read: terms("delai") },
  { key: "capacite", label: "Capacité", isShown: true, read: terms("capacite") },
  { key: "certifications", label: "Certifications", isShown: true, read: (e) => e.certifications.map(({ libelle }) => libelle) },
  { key: "conformite", label: "Conformité", isShown: true, read: (e) => e.conformite.map(proof) },
  { key: "verification", label: "Fiche vérifiée", isShown: true, read: verification, cell: (e) => (e.confirmee && e.date ? { date: e.date } : null) },
  { key: "adhesion", label: "Adhésion au Pôle", isShown: false, read: (e) => (e.adhesion ? [e.adhesion.libelle] : []) },
  { key: "jachete", label: "J’achète!", isShown: false, read: (e) => (e.jachete ? [`Depuis ${e.jachete}`] : []), cell: (e) => (e.jachete ? { number: e.jachete } : null) },
  { key: "activite", label: "Activité", isShown: false, read: (e) => [e.activite] },
  { key: "fonction", label: "Contact pour les achats", isShown: false, read: (e) => [e.fonction] },
  { key: "telephone", label: "Téléphone", isShown: true, read: (e) => [e.telephone] },
  { key: "courriel", label: "Courriel", isShown: true, read: (e) => [e.courriel], cell: (e) => (e.courriel ? { href: `mailto:${e.courriel}`, text: e.courriel } : null) },
  { key: "site_web", label: "Site web", isShown: true, read: (e) => [e.site_web], cell: (e) => (e.site_web ? { href: e.site_web, text: e.site_web } : null) },
  { key: "adresse", label: "Adresse", isShown: true, read: (e) => [e.adresse] },
  { key: "code_postal", label: "Code postal", isShown: false, read: (e) => [e.code_postal] },
  { key: "neq", label: "NEQ", isShown: false, read: (e) => [e.neq] },
];

// Give the lines that a column says of an enterprise of the catalogue. `answer`: how it answers, as `evaluate` or
// `judgeKept` gives it.
export function linesOf(catalogue, enterprise, column, answer) {
  return column.read(enterprise, catalogue, answer).filter(Boolean);
}

// Give the columns of some keys, in their own order; the name is always there.
export function columnsOf(keys) {
  const wanted = new Set(["nom", ...keys]);
  return COLUMNS.filter(({ key }) => wanted.has(key));
}

// A territory served in as few words as possible: a region whose every MRC is served goes by its own name.
export function areaLines(catalogue, area) {
  if (area === null) return [];
  if (area === PROVINCE) return [partout[PROVINCE]];
  const served = new Set(area.map(({ index }) => index));
  const lines = [];
  for (const [, nom, , places] of catalogue.json.regions) {
    // Neighbours outside the site are there in part only: their region cannot be said whole.
    const isWhole = places.length > 1 && places.every((place) => served.has(place) && catalogue.json.mrc[place][8] === 1);
    if (!isWhole) continue;
    lines.push(`${nom} (toute la région)`);
    for (const place of places) served.delete(place);
  }
  return [...lines, ...area.filter(({ index }) => served.has(index)).map(({ titre }) => titre)];
}

function need({ index }, catalogue, answer) {
  return [answer.needOf ? answer.needOf(index) : keptNeed(catalogue, answer, index)];
}

function level({ index }, catalogue, answer) {
  const found = answer.levelOf(index);
  return found === "" ? [] : [levelText(found, answer.isSure(index))];
}

function matching({ index }, catalogue, answer) {
  if (answer.levelOf(index) === "") return [];
  return answeringOffers(answer, index).map((offer) => catalogue.offer(offer).nom);
}

// What an offer says of its price, its delay or its capacity, as its record says it: of the offers that answer what was asked,
// else of all. Its name goes first, unless there is only one.
function terms(key) {
  return (e, catalogue, answer) => {
    const answering = answer?.levelOf(e.index) ? answeringOffers(answer, e.index) : [];
    const own = answering.length > 0 ? answering.map(catalogue.offer) : e.offres;
    return own.filter((offer) => offer[key]).map((offer) => (own.length > 1 ? `${offer.nom}${NBSP}: ${offer[key]}` : offer[key]));
  };
}

// `originOf`: the municipality that the question was asked from (catalogue/distance.js).
function away({ index }, catalogue, answer) {
  return answer?.originOf ? awayFrom(catalogue, answer.originOf(index), index) : null;
}

function distance(e, catalogue, answer) {
  const found = away(e, catalogue, answer);
  return found ? [`${farLabel(found.km)} ${of(found.town, true)}`] : [];
}

function distanceCell(e, catalogue, answer) {
  const found = away(e, catalogue, answer);
  return found ? { number: Math.round(found.km) } : null;
}

function offers(e, isConfirmed) {
  return e.offres.filter(({ confirmee }) => confirmee === isConfirmed).map(({ nom }) => nom);
}

function proof({ libelle, numero, valide_jusqua: until, source, valeur }) {
  const parts = [numero, until && `${valeur === "oui" ? "valide jusqu’au" : "expiré le"} ${inWords(until)}`, source && `source${NBSP}: ${source}`];
  const said = parts.filter(Boolean).join(", ");
  return said ? `${libelle}${NBSP}: ${said}` : libelle;
}

function verification({ confirmee, date }) {
  if (!confirmee) return ["À confirmer"];
  return [date ? `Le ${inWords(date)}` : "Oui"];
}

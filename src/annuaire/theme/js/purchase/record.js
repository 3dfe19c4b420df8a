// The record of a search: an object of texts and whole numbers, written canonically (RFC 8785) and sealed with the SHA-256
// of its own canonical bytes, the seal left aside. The seal tells accidents, not intent: anyone can compute it again.
import canonicalize from "canonicalize";
import { format as formatSearch } from "../common/catalogue/query.js";
import { NBSP } from "../common/french.js";
import { sha256 } from "../common/sha256.js";

export const KIND = "annuaire-releve";
export const VERSION = 1;
export const MARK = "Interne jusqu’à l’ouverture des offres";
export const KEPT = "retenue";
export const LEFT = "ecartee";
export const MOST_FOUND = 500; // enterprises in one record
export const LARGEST = 2_000_000; // bytes of a file

// What stops a record from being read, in words for the visitor.
export class RecordError extends Error {}

// Lay a search out as a record. `entries` are {index, decision, raison, offres} in the order found, `others` what was kept
// outside the search; `now` is a Date.
export function compose({ catalogue, search, phrase, entries, others, reference, besoin, list, site, now }) {
  const { version, json } = catalogue;
  const line = ({ index, decision, raison, offres }, rank) => {
    const e = catalogue.enterprise(index);
    return {
      rang: rank + 1,
      slug: e.slug,
      nom: e.nom,
      neq: e.neq,
      municipalite: e.municipalite?.nom ?? "",
      confirmee: e.confirmee,
      verifiee_le: e.date,
      offres: offres.map((offer) => catalogue.offer(offer).nom),
      decision,
      raison,
    };
  };
  const filtres = Object.fromEntries(Object.entries(search).filter(([key, value]) => key !== "q" && key !== "vue" && value.length > 0));
  if (!search.pres) delete filtres.rayon;
  return {
    format: KIND,
    version: VERSION,
    mention: MARK,
    etabli_le: localInstant(now),
    reference,
    besoin,
    recherche: { phrase, mots: search.q, filtres, adresse: formatSearch({ ...search, vue: "cartes" }) },
    donnees: {
      site: site.href,
      pole: json.pole ?? "",
      demonstration: json.demonstration === true,
      commit: version.commit,
      date: version.date,
      fiches: version.fiches,
      sha256: version.sha256,
    },
    selection: list,
    trouvees: entries.map(line),
    autres: others.map(({ slug, nom, raison }) => ({ slug, nom, raison })),
  };
}

// An instant with the offset of the buyer's clock: 2026-11-22T00:15:00-05:00.
export function localInstant(date) {
  const two = (number) => String(number).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${day}T${time}${zone}`;
}

function digest(value) {
  return sha256(canonicalize(value));
}

// Give the text of the file: canonical, its seal inside.
export function seal(record) {
  const empreinte = { algorithme: "SHA-256", forme: "RFC 8785", valeur: digest(record) };
  return canonicalize({ ...record, empreinte });
}

// Read the bytes of a file back: {record, isWhole}. Raise RecordError when it is no record that can be read.
export function unseal(bytes) {
  const value = parse(bytes);
  if (value.format !== KIND) throw new RecordError(`Ce fichier n’est pas un relevé de recherche. ${REMEDY}`);
  if (Number.isInteger(value.version) && value.version > VERSION) {
    throw new RecordError("Ce relevé a été fait par une version plus récente du site. Rechargez cette page, puis recommencez.");
  }
  const { empreinte, ...record } = value;
  let hash;
  try {
    hash = digest(record);
  } catch {
    throw new RecordError(`Ce fichier contient des données qu’un relevé n’a jamais. ${REMEDY}`);
  }
  const wrong = misshapen(record, empreinte);
  if (wrong) throw new RecordError(`Il manque à ce relevé une partie, ou elle n’a pas la bonne forme${NBSP}: ${wrong}. ${REMEDY}`);
  return { record, isWhole: hash === empreinte.valeur };
}

const REMEDY = `Choisissez le fichier .json que la page «${NBSP}Relevé de recherche${NBSP}» a fait télécharger, tel quel.`;

function parse(bytes) {
  if (bytes.byteLength === 0) throw new RecordError(`Ce fichier est vide. ${REMEDY}`);
  if (bytes.byteLength > LARGEST) throw new RecordError(`Ce fichier est trop gros pour être un relevé (2${NBSP}Mo au plus). ${REMEDY}`);
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new RecordError(`Ce fichier ne se lit pas${NBSP}: il est abîmé, coupé, ou n’est pas un relevé. ${REMEDY}`);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new RecordError(`Ce fichier n’est pas un relevé de recherche. ${REMEDY}`);
  return value;
}

// Name the first part of a record that does not have its shape; nothing when all is right.
function misshapen(record, seal) {
  const isText = (value) => typeof value === "string";
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject(seal) || !isText(seal.valeur) || seal.algorithme !== "SHA-256") return "l’empreinte";
  if (record.version !== VERSION) return "la version du format";
  for (const key of ["mention", "etabli_le", "reference", "besoin", "selection"]) if (!isText(record[key])) return key;
  const { recherche, donnees, trouvees, autres } = record;
  if (!isObject(recherche) || !isText(recherche.phrase) || !isText(recherche.adresse)) return "la recherche";
  if (!isObject(donnees) || !["site", "commit", "date", "sha256"].every((key) => isText(donnees[key])) || !Number.isSafeInteger(donnees.fiches)) return "les données consultées";
  const isLine = (line) => isObject(line) && ["slug", "nom", "raison"].every((key) => isText(line[key]));
  if (!Array.isArray(trouvees) || !trouvees.every((line, rank) => isLine(line) && line.rang === rank + 1 && [KEPT, LEFT].includes(line.decision))) return "les entreprises trouvées";
  if (!Array.isArray(autres) || !autres.every(isLine)) return "les entreprises retenues hors de la recherche";
  return "";
}

// Say what changed since a record: {same, added, gone} as slugs and names, those gone told apart by why.
export function changes(record, catalogue, found) {
  const present = (slug) => (catalogue.indexOf(slug) < 0 && catalogue.presentOf(slug)) || slug; // renamed or merged since
  const before = new Map(record.trouvees.map(({ slug, nom }) => [present(slug), nom]));
  const now = new Map(found.map((index) => {
    const { slug, nom } = catalogue.enterprise(index);
    return [slug, nom];
  }));
  const pairs = (map, keep) => [...map].filter(([slug]) => keep(slug)).map(([slug, nom]) => ({ slug, nom }));
  return {
    same: pairs(now, (slug) => before.has(slug)),
    added: pairs(now, (slug) => !before.has(slug)),
    gone: pairs(before, (slug) => !now.has(slug)).map((line) => ({ ...line, isListed: catalogue.indexOf(line.slug) >= 0 })),
  };
}

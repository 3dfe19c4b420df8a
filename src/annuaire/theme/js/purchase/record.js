// The record of a search: an object of texts and whole numbers, written canonically (RFC 8785) and sealed with the SHA-256
// of its own canonical bytes, the seal left aside. The seal tells accidents, not intent: anyone can compute it again.
//
// Since version 2, each enterprise found has its level (`niveau`), is `confirmee` for what was asked, and names the offers
// that answer; in version 1, which is still read, `confirmee` said that of its record. Who is of the same sector only is in no
// list of it.
import canonicalize from "canonicalize";
import { format as formatSearch } from "../common/catalogue/query.js";
import { NBSP } from "../common/french.js";
import { caveats } from "../common/results/caveats.js";
import { LEVELS, answeringOffers } from "../common/results/wording.js";
import { sha256 } from "../common/sha256.js";
import { owns } from "../common/plain.js";

export const KIND = "annuaire-releve";
export const VERSION = 2;
const READ = [1, 2]; // versions
export const MARK = "Interne jusqu’à l’ouverture des offres";
export const KEPT = "retenue";
export const LEFT = "ecartee";
export const MOST_FOUND = 500; // enterprises in one record
export const LARGEST = 2_000_000; // bytes of a file

// What stops a record from being read, in words for the visitor.
export class RecordError extends Error {}

// Lay a search out as a record. `answer` is what `evaluate` gives of it; `entries` are {index, decision, raison} in the order
// found, `others` what was kept outside the search; `now` is a Date.
export function compose({ catalogue, search, answer, phrase, entries, others, reference, besoin, list, site, now }) {
  const { version, json } = catalogue;
  const line = ({ index, decision, raison }, rank) => {
    const e = catalogue.enterprise(index);
    return {
      rang: rank + 1,
      slug: e.slug,
      nom: e.nom,
      neq: e.neq,
      municipalite: e.municipalite?.nom ?? "",
      niveau: answer.levelOf(index),
      confirmee: answer.isSure(index),
      verifiee_le: e.date,
      offres: answeringOffers(answer, index).map((offer) => catalogue.offer(offer).nom),
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
    decompte: { confirmees: answer.headline.sure, a_confirmer: answer.headline.others },
    mises_en_garde: caveats(catalogue, answer, search),
    trouvees: entries.map(line),
    autres: others.map(({ slug, nom, besoin, niveau, raison }) => ({ slug, nom, besoin, niveau, raison })),
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
  if (!READ.includes(record.version)) return "la version du format";
  for (const key of ["mention", "etabli_le", "reference", "besoin", "selection"]) if (!isText(record[key])) return key;
  const { recherche, donnees, trouvees, autres } = record;
  if (!isObject(recherche) || !isText(recherche.phrase) || !isText(recherche.adresse)) return "la recherche";
  if (!isObject(donnees) || !["site", "commit", "date", "sha256"].every((key) => isText(donnees[key])) || !Number.isSafeInteger(donnees.fiches)) return "les données consultées";
  const isCurrent = record.version > 1;
  const isLevel = ({ niveau }) => isText(niveau) && owns(LEVELS, niveau);
  const isAnswer = (line) => isLevel(line) && typeof line.confirmee === "boolean" && Array.isArray(line.offres) && line.offres.every(isText);
  const isLine = (line) => isObject(line) && ["slug", "nom", "raison"].every((key) => isText(line[key]));
  if (!Array.isArray(trouvees) || !trouvees.every((line, rank) => isLine(line) && line.rang === rank + 1 && [KEPT, LEFT].includes(line.decision) && (!isCurrent || isAnswer(line)))) return "les entreprises trouvées";
  if (!Array.isArray(autres) || !autres.every(isLine)) return "les entreprises retenues hors de la recherche";
  if (!isCurrent) return "";
  const { decompte, mises_en_garde: texts } = record;
  if (!isObject(decompte) || !["confirmees", "a_confirmer"].every((key) => Number.isSafeInteger(decompte[key]))) return "le décompte";
  if (!Array.isArray(texts) || !texts.every(isText)) return "les mises en garde";
  if (!autres.every((line) => isText(line.besoin) && isLevel(line))) return "les entreprises retenues hors de la recherche";
  return "";
}

// Say what changed since a record: {same, added, gone} as slugs and names; `why` those gone left, in words; of those still
// found, how they answered (`before`) and how they do (`now`), as {niveau, confirmee}, where that differs.
export function changes(record, catalogue, answer) {
  const present = (slug) => (catalogue.indexOf(slug) < 0 && catalogue.presentOf(slug)) || slug; // renamed or merged since
  const before = new Map(record.trouvees.map((line) => [present(line.slug), line]));
  const now = new Map(answer.found.map((index) => [catalogue.json.entreprises.slug[index], index]));
  const name = (slug) => catalogue.json.entreprises.nom[now.get(slug)];
  const here = [...now.keys()].map((slug) => ({ slug, nom: name(slug) }));
  const moved = ({ slug }) => {
    const [then, index] = [before.get(slug), now.get(slug)];
    const today = { niveau: answer.levelOf(index), confirmee: answer.isSure(index) };
    const isSame = record.version === 1 || (then.niveau === today.niveau && then.confirmee === today.confirmee);
    return isSame ? {} : { before: { niveau: then.niveau, confirmee: then.confirmee }, now: today };
  };
  return {
    same: here.filter(({ slug }) => before.has(slug)).map((line) => ({ ...line, ...moved(line) })),
    added: here.filter(({ slug }) => !before.has(slug)),
    gone: [...before].filter(([slug]) => !now.has(slug)).map(([slug, { nom }]) => ({ slug, nom, why: whyGone(catalogue.indexOf(slug), answer) })),
  };
}

function whyGone(index, answer) {
  if (index < 0) return "n’est plus au catalogue";
  return answer.sector.includes(index) ? `ne répond plus que par son secteur${NBSP}: aucune offre inscrite` : "ne répond plus à cette recherche";
}

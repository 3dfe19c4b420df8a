// Who answers a question, and how: the only place where it is judged. Pages, exports, records and draws show what is
// said here and judge nothing again. Pure; `annuaire.catalogue.answer` says the same in Python, and tests compare them.
//
// An enterprise answers at one level, the first of these that holds:
//   nom       the question is its name, or what identifies it (NEQ, telephone, postal code, site, e-mail);
//   offre     an offer of its own is of a category that the question names; where it names none, has its words;
//   lieu      the question is a place alone, and it is there or serves it;
//   activite  its name, activity, mission, description or offers speak of it: nothing says that it offers it;
//   secteur   its sector might answer the category named: nothing says that it does.
// It is confirmed when an offer that answers is (level `offre`), or when its record is (`nom`, `lieu`); never otherwise.
import { correct, readLexicon } from "./corrections.js";
import { identify } from "./identifiers.js";
import { lookup } from "./lookup.js";
import { farness, farnessByCode, nearness } from "./places.js";
import { LEAST, readQuestion, share } from "./question.js";
import { MANY, finish } from "../steps.js";
import { columnsOf, holders, isAcronym, vocabularyOf } from "./vocabulary.js";
import { warm, warmNeeds } from "./warming.js";

export const LEVELS = ["nom", "offre", "lieu", "activite", "secteur"];
const [NAME, OFFER, PLACE, ACTIVITY, SECTOR] = LEVELS;
const SCATTERED = 0.3; // of what the words tell: who answers some of them, when nobody answers better
const RARE = 0.05; // of the records: a phrase that more of them say speaks of something else
const OUTSIDE_THE_NAME = 0.8; // of what is spoken of, what it is worth where the name does not say it
const LEADING = 2000; // weight of a word that leads (`rarity`): « coop de taxis » asks for taxis
const SHADES = 10; // how finely closeness orders

// Answer a question. Gives `results`, a Map: rank -> {level, offers (ranks of those that answer), isSure, close (0 to 1),
// near (0 to 3, see `nearness`), far (km)}; `ranked`, the ranks in order; `places`; `bare`, the question without them; `categories`, a
// Map of those named: rank -> how closely; `unmet`, those named exactly that nobody offers; `unknown`, words that nothing
// holds; `isScattered`, nobody answers but some of the words; `correction`, a writing that is better answered, or an
// empty text. Null for a word hardly begun.
export function answerTo(catalogue, words, isBegun = false) {
  return finish(answering(catalogue, words, isBegun));
}

// The same in short steps, so that a page may do something else meanwhile. A step that gives a promise waits for it.
export function* answering(catalogue, words, isBegun = false) {
  const found = yield* judge(catalogue, words, isBegun);
  if (found === null) return null;
  return { ...found, correction: yield* correctionOf(catalogue, found) };
}

function* judge(catalogue, words, isBegun) {
  yield* warm(catalogue, words, isBegun);
  const question = readQuestion(catalogue, words, isBegun);
  if (question.isTooSoon) return null;
  // Who serves a place, and how far it is, is not in the first part of the data.
  if (question.places.length > 0 && !catalogue.isWhole) yield catalogue.details();
  yield* warmNeeds(catalogue, question);
  const results = new Map();
  const categories = new Map();
  let isScattered = false;
  const identified = identify(catalogue, words);
  if (identified?.ranks) for (const rank of identified.ranks) put(catalogue, results, rank, { level: NAME, close: 1 });
  if (identified?.categories) {
    for (const category of identified.categories) categories.set(category, 1);
    yield* byNeed(catalogue, results, { head: [], tail: [], named: categories, near: new Map() });
  } else if (!identified || (identified.ranks.length === 0 && question.needs.length > 0)) {
    for (const need of question.needs) for (const [category, close] of need.named) categories.set(category, Math.max(close, categories.get(category) ?? 0));
    for (const need of question.needs) yield* byNeed(catalogue, results, need);
    yield* byName(catalogue, results, question, [...categories.values()].includes(1));
    if (question.needs.length === 0 && question.places.length > 0) byPlace(catalogue, results, question.places);
    if (![...results.values()].some(({ level }) => level !== SECTOR)) isScattered = byAnyWord(catalogue, results, question);
  }
  yield;
  const places = identified?.ranks?.length > 0 ? [] : question.places;
  for (const [rank, result] of results) {
    result.near = places.length > 0 ? nearness(catalogue, rank, places, result.offers) : 0;
    result.far = places.length > 0 ? farnessByCode(catalogue, rank, places, farness(catalogue, rank, places)) : Infinity;
  }
  yield;
  const { categorie } = catalogue.json.offres;
  const unmet = [...categories].filter(([category, close]) => close === 1 && !categorie.includes(category)).map(([category]) => category);
  return {
    question,
    results,
    ranked: inOrder(results, places.length > 0),
    places,
    bare: places.length > 0 ? question.bare : words,
    categories,
    unmet,
    unknown: identified || [...results.values()].some(({ level }) => level === NAME) ? [] : question.unknown,
    isScattered,
  };
}

// Keep the better of two answers of one enterprise. Offers that answer the question said otherwise (an acronym, its long
// form) answer it too.
function put(catalogue, results, rank, answer) {
  const { entreprises, offres } = catalogue.json;
  const isMore = answer.level === OFFER && results.get(rank)?.level === OFFER;
  const { level, close, offers = [] } = isMore ? joined(results.get(rank), answer) : answer;
  const isSure = level === OFFER ? offers.some((offer) => offres.confirmee[offer] === 1) : (level === NAME || level === PLACE) && entreprises.confirmee[rank] === 1;
  const known = results.get(rank);
  const step = known === undefined ? 1 : LEVELS.indexOf(known.level) - LEVELS.indexOf(level);
  if (isMore || step > 0 || (step === 0 && close > known.close)) results.set(rank, { level, offers: offers.length > 0 ? offers : (known?.offers ?? []), isSure, close });
}

function joined(one, other) {
  const offers = [...new Set([...one.offers, ...other.offers])].sort((a, b) => a - b);
  return { level: OFFER, offers, close: Math.max(one.close, other.close) };
}

// By offers: of a category that is named, or by their words; then by what the records speak of; then by sector.
function* byNeed(catalogue, results, { head, tail, named, near }) {
  const { offres, categories } = catalogue.json;
  const { offers, details, names, texts } = columnsOf(catalogue);
  const own = new Map(); // rank -> {offers, close}
  const gather = (offer, close) => {
    const rank = offres.entreprise[offer];
    if (!own.has(rank)) own.set(rank, { offers: [], close: 0 });
    const known = own.get(rank);
    if (!known.offers.includes(offer)) known.offers.push(offer);
    known.close = Math.max(known.close, close);
  };
  const speaking = new Map(); // rank -> close
  const speak = (rank, close) => speaking.set(rank, Math.max(close, speaking.get(rank) ?? 0));
  const having = [...head, ...tail].map(({ key, weight }) => [key, weight, offers.having(key), details.having(key)]);
  // By words alone, an offer has the first that tells something: « cinéma en plein air » is no « plein air ».
  const lead = having.slice(0, head.length).find(([, weight]) => weight >= LEADING) ?? having[0];
  const isHead = new Set(head.map(({ key }) => key));
  const all = head.reduce((sum, { weight }) => sum + weight, 0);
  const also = tail.reduce((sum, { weight }) => sum + weight, 0);
  for (let offer = 0; offer < offres.categorie.length; offer += 1) {
    if (offer % (10 * MANY) === 0) yield;
    let [name, both, more] = [0, 0, 0];
    for (const [key, weight, inName, inDetail] of having) {
      const isIn = inName.has(offer);
      if (!isIn && !inDetail.has(offer)) continue;
      if (!isHead.has(key)) more += weight;
      else {
        both += weight;
        if (isIn) name += weight;
      }
    }
    const [named1, said, extra] = [all > 0 ? name / all : 0, all > 0 ? both / all : 0, also > 0 ? more / also / 4 : 0];
    const category = named.get(offres.categorie[offer]);
    const isLed = named.size === 0 && (lead?.[2].has(offer) || lead?.[3].has(offer));
    if (category !== undefined) gather(offer, (category + said + extra) / 2.25);
    else if (isLed && named1 >= LEAST) gather(offer, (named1 + extra) / 2.25);
    else if (isLed && said >= LEAST && named1 > 0) gather(offer, (said / 2 + extra) / 2.25);
    else if (said >= LEAST || near.has(offres.categorie[offer])) speak(offres.entreprise[offer], Math.max(said, near.get(offres.categorie[offer]) ?? 0) / 2);
  }
  for (const [rank, { offers: answering, close }] of own) put(catalogue, results, rank, { level: OFFER, close, offers: answering.sort((one, other) => one - other) });

  yield;
  if (head.length > 0) {
    const candidates = new Set(head.flatMap(({ key }) => [...holders(catalogue, key)]));
    for (const rank of candidates) {
      const told = share(head, (key) => holders(catalogue, key).has(rank));
      if (told >= LEAST) speak(rank, told * (head.some(({ key }) => names.having(key).has(rank)) ? 1 : OUTSIDE_THE_NAME));
    }
  }
  for (const category of named.keys()) {
    yield;
    for (const phrase of vocabularyOf(catalogue).categories[category].phrases) {
      // « boucher » alone is a family as well; an acronym is not.
      if (phrase.length === 1 && !isHead.has(phrase[0]) && !isAcronym(catalogue, phrase[0])) continue;
      const said = new Set([...names.saying(phrase), ...texts.saying(phrase)]);
      for (const column of [offers, details]) for (const item of column.saying(phrase)) said.add(column.owner(item));
      if (said.size <= Math.max(3, RARE * catalogue.size)) for (const rank of said) speak(rank, 0.5);
    }
  }
  for (const [rank, close] of speaking) put(catalogue, results, rank, { level: ACTIVITY, close });

  yield;
  bySector(catalogue, results, head, [...named.keys()].flatMap((category) => categories[category][4]));
}

// By sector: one that may answer a category named; where none is, one whose words the question says. Who is of a sector
// called by its own name has it for activity.
function bySector(catalogue, results, head, likely) {
  const { secteur, autres_secteurs: others } = catalogue.json.entreprises;
  const levels = new Map(likely.map((sector) => [sector, SECTOR]));
  for (const [sector, { all, label }] of vocabularyOf(catalogue).sectors.entries()) {
    if (likely.length > 0 || head.length === 0 || !head.every(({ key }) => all.has(key))) continue;
    levels.set(sector, head.every(({ key }) => label.has(key)) ? ACTIVITY : SECTOR);
  }
  if (levels.size === 0) return;
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    for (const sector of [secteur[rank], ...(others[rank] || [])]) {
      const level = levels.get(sector);
      if (level !== undefined) put(catalogue, results, rank, { level, close: 0 });
    }
  }
}

function* byName(catalogue, results, { spelling }, isNeed) {
  const words = spelling.map(({ word }) => word);
  const found = [...(yield* lookup(catalogue, words, isNeed))];
  for (const [rank, result] of found.length > 0 && !isNeed ? results : []) {
    // The name of one asks for no other: « CPE Exemple » for no other CPE.
    if (result.level === OFFER && !found.includes(rank)) results.set(rank, { ...result, level: ACTIVITY, offers: [], isSure: false });
  }
  for (const rank of found) put(catalogue, results, rank, { level: NAME, close: 1 });
}

function byPlace(catalogue, results, places) {
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    if (nearness(catalogue, rank, places, catalogue.offersOf(rank)) > 0) put(catalogue, results, rank, { level: PLACE, close: 1 });
  }
}

// When nothing speaks of it all: who speaks of some of it.
function byAnyWord(catalogue, results, { needs }) {
  let isSome = false;
  for (const { head, tail } of needs.slice(0, 1)) {
    const words = [...head, ...tail];
    for (const rank of new Set(words.flatMap(({ key }) => [...holders(catalogue, key)]))) {
      const told = share(words, (key) => holders(catalogue, key).has(rank));
      if (told < SCATTERED) continue;
      isSome = true;
      put(catalogue, results, rank, { level: ACTIVITY, close: told / 2 });
    }
  }
  return isSome;
}

// By level; where a place is asked, who is there or serves it; the confirmed; the closest; the nearest; then by name, which
// is the order of the data.
function inOrder(results, isPlaced) {
  const shade = (close) => Math.round(close * SHADES);
  return [...results]
    .sort(
      ([one, a], [other, b]) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        (isPlaced ? (b.near > 0) - (a.near > 0) : 0) ||
        b.isSure - a.isSure ||
        shade(b.close) - shade(a.close) ||
        b.near - a.near ||
        (a.far === b.far ? 0 : a.far - b.far) ||
        one - other,
    )
    .map(([rank]) => rank);
}

// A writing that answers at a better level: never a detour for its own sake.
function* correctionOf(catalogue, found) {
  if (found.unknown.length === 0) return "";
  yield* readLexicon(catalogue);
  const text = correct(catalogue, found.question);
  if (!text) return "";
  yield;
  const other = yield* judge(catalogue, text, false);
  if (other === null || other.unknown.length > 0) return "";
  const isExact = ({ categories }) => [...categories.values()].includes(1);
  return standing(other) < standing(found) || (isExact(other) && !isExact(found)) ? text : "";
}

function standing({ results, isScattered }) {
  const best = Math.min(LEVELS.length, ...[...results.values()].map(({ level }) => LEVELS.indexOf(level)));
  return isScattered ? LEVELS.length : best;
}

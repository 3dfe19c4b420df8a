// What the words of a question may name: purchase categories and sectors, by their own phrases and, at question time only,
// by the buyers' words, acronyms and the usual English ones (`textes.json`).
import { aPreciser } from "../../../../data/communs.json";
import { finish } from "../steps.js";
import { createColumn } from "./columns.js";
import { isStop, root, singular, terms, tokens } from "./words.js";

const MOST_VARIANTS = 6;

export function vocabularyOf(catalogue) {
  if (!catalogue.memo.has("vocabulary")) finish(prepareVocabulary(catalogue));
  return catalogue.memo.get("vocabulary");
}

// The same in short steps, for a page that may do something else meanwhile.
export function* prepareVocabulary(catalogue) {
  if (!catalogue.memo.has("vocabulary")) catalogue.memo.set("vocabulary", yield* read(catalogue));
}

// `phrases` name the whole of a category, `narrow` a part of it only; `all` are the words of the first, `every` of both.
function* read({ json, texts }) {
  const phrases = (list) => list.map((text) => terms(text).map(root)).filter((keys) => keys.length > 0);
  const named = (list, parts = []) => {
    const narrow = phrases(parts);
    const known = new Set(narrow.map(String));
    const own = phrases(list).filter((phrase) => !known.has(String(phrase)));
    const all = new Set(own.flat());
    return { phrases: own, narrow, all, every: new Set([...all, ...narrow.flat()]) };
  };
  const said = json.categories.map(([, libelle, , synonymes], rank) => [libelle, ...synonymes, ...(texts.mots[rank] ?? [])]);
  const categories = [];
  for (const [rank, row] of json.categories.entries()) {
    categories.push(named(said[rank], row[7]));
    yield;
  }
  const sectors = json.secteurs.map(([slug, libelle, synonymes]) => ({
    ...named(slug === aPreciser ? [] : [libelle, ...synonymes]),
    label: new Set(slug === aPreciser ? [] : terms(libelle).map(root)),
  }));
  yield;
  const words = new Set([...categories, ...sectors].flatMap(({ every }) => [...every]));
  const needed = new Set(categories.flatMap(({ every }) => [...every]));
  const everyLabel = () => [...json.categories.flatMap((row, rank) => [...said[rank], ...row[7]]), ...json.secteurs.flatMap(([, libelle, own]) => [libelle, ...own])];
  let spoken;
  return {
    categories,
    sectors,
    words,
    needed,
    // Every word of these, for words begun and corrections alone.
    get spoken() {
      return (spoken ??= [...new Set(everyLabel().flatMap(tokens))]);
    },
  };
}

// What is read in the records: names, offers (their name; their description), activities, missions and descriptions.
export function columnsOf(catalogue) {
  const { memo, json, texts } = catalogue;
  if (!memo.has("columns")) {
    const { entreprises, offres } = json;
    memo.set("columns", {
      names: createColumn(entreprises.nom),
      offers: createColumn(offres.nom, offres.entreprise),
      details: createColumn(offres.description, offres.entreprise),
      texts: createColumn(texts.textes),
    });
  }
  return memo.get("columns");
}

// The enterprises that hold a word anywhere (Set).
export function holders(catalogue, key) {
  const { memo } = catalogue;
  if (!memo.has("holders")) memo.set("holders", new Map());
  const known = memo.get("holders");
  if (!known.has(key)) {
    const found = new Set();
    for (const column of Object.values(columnsOf(catalogue))) for (const item of column.having(key)) found.add(column.owner(item));
    known.set(key, found);
  }
  return known.get(key);
}

const OF_CATEGORIES = 100; // one category in a hundred counts for one record in a hundred

// What a word tells: the rarer, the more. A whole number, so that sums are the same in any order and in Python.
// What many categories say tells little, though no record says it.
export function weight(catalogue, key) {
  const { categories } = vocabularyOf(catalogue);
  const share = (categories.filter(({ every }) => every.has(key)).length * catalogue.size) / OF_CATEGORIES;
  return rarity(Math.max(holders(catalogue, key).size, share), catalogue.size);
}

export function rarity(number, size) {
  return Math.round(1000 * Math.log(1 + 1 / (number / Math.max(1, size) + 0.004)));
}

export function isKnown(catalogue, key) {
  return vocabularyOf(catalogue).words.has(key) || holders(catalogue, key).size > 0;
}

export function isAcronym(catalogue, word) {
  return acronymsOf(catalogue).some(([short]) => root(short) === root(word));
}

// A question said otherwise: an acronym for its long form, and the other way. The question itself comes first.
export function variants(catalogue, words) {
  const all = [words];
  for (const [short, long] of acronymsOf(catalogue)) {
    if (all.length >= MOST_VARIANTS) break;
    const at = words.findIndex((word) => singular(word) === short);
    if (at >= 0) all.push([...words.slice(0, at), ...long, ...words.slice(at + 1)]);
    const keys = long.filter((word) => !isStop(word));
    const span = spanOf(words, keys.map(root));
    if (span) all.push([...words.slice(0, span[0]), short, ...words.slice(span[1])]);
  }
  return all;
}

function acronymsOf(catalogue) {
  if (!catalogue.memo.has("acronyms")) {
    const pairs = Object.entries(catalogue.texts.sigles).map(([short, long]) => [tokens(short).join(""), tokens(long)]);
    catalogue.memo.set("acronyms", pairs.filter(([short, long]) => short && !long.every(isStop)));
  }
  return catalogue.memo.get("acronyms");
}

// Where a long form stands in a question, its words of no weight aside.
function spanOf(words, keys) {
  for (const start of words.keys()) {
    let [at, rank] = [start, 0];
    while (at < words.length && rank < keys.length && (root(words[at]) === keys[rank] || (rank > 0 && isStop(words[at])))) {
      if (root(words[at]) === keys[rank]) rank += 1;
      at += 1;
    }
    if (rank === keys.length) return [start, at];
  }
  return null;
}

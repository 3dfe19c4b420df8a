// Whether a question is the name of an enterprise: nothing but words of its name; where they may as well name a need,
// nearly all that the name tells.
import { fold } from "../names.js";
import { isPlaceWord } from "./places.js";
import { MANY } from "../steps.js";
import { columnsOf, holders, rarity, vocabularyOf } from "./vocabulary.js";
import { isStop, nameWords, root, tokens } from "./words.js";

const NEARLY_ALL = 0.8; // of what a name tells, where the question may as well name a need
const OF_A_PLACE = 0.3; // what a place tells in a name
const FEW = 2;
const COMPOUND = /[\p{L}\p{N}]+(?:[-'\u2018\u2019\u02bc][\p{L}\p{N}]+)+/gu;
const JOINT = /[-'\u2018\u2019\u02bc]/;

// The enterprises that a question (words, folded, places among them) looks up by name: a Set. `isNeed`: it names a
// purchase category exactly. In short steps.
export function* lookup(catalogue, words, isNeed) {
  const found = new Set();
  const bare = words.filter((word) => !isStop(word)).join("");
  const whole = words.join("");
  if (bare === "") return found;
  const { names } = columnsOf(catalogue);
  const exact = yield* squeezed(catalogue, whole);
  for (const rank of exact.length > 0 ? exact : yield* squeezed(catalogue, bare)) found.add(rank);
  if (!isNeed) for (const rank of [...(yield* compounded(catalogue, root(whole))), ...(words.length > 1 ? names.having(root(whole)) : [])]) found.add(rank);
  const keys = [...new Set(words.filter((word) => !isStop(word)).map(root))];
  const held = [];
  for (const key of keys) held.push(new Set([...names.having(key), ...(yield* compounded(catalogue, key))]));
  const [first, ...others] = held.sort((one, other) => one.size - other.size);
  const { words: needs } = vocabularyOf(catalogue);
  const isOfNeeds = keys.every((key) => needs.has(key) || isPlaceWord(catalogue, key));
  if (keys.length === 1 && (isOfNeeds || first.size > FEW || holders(catalogue, keys[0]).size > first.size)) return found;
  const isDoubtful = isNeed || isOfNeeds;
  for (const rank of first) {
    if (others.every((having) => having.has(rank)) && (!isDoubtful || told(catalogue, rank, keys) >= NEARLY_ALL)) found.add(rank);
    yield;
  }
  return found;
}

// How much of what a name tells a question says.
function told(catalogue, rank, keys) {
  let [sum, all] = [0, 0];
  for (const key of new Set(nameWords(tokens(catalogue.json.entreprises.nom[rank])).map(root))) {
    const weight = rarity(columnsOf(catalogue).names.having(key).size, catalogue.size) * (isPlaceWord(catalogue, key) ? OF_A_PLACE : 1);
    all += weight;
    if (keys.includes(key)) sum += weight;
  }
  return sum / all;
}

// The enterprises whose name is a text once its spaces and punctuation are left out, whole or without its words of no weight
// (list of ranks).
function* squeezed(catalogue, text) {
  return yield* among(catalogue, "squeezed", text, (name) => {
    const words = tokens(name);
    return [words.join(""), nameWords(words).join(""), lettersOf(fold(name))];
  });
}

// Those whose name has a word of this root joined by a hyphen or an apostrophe, unless it is a place: « Multi-plus » is
// « multiplus », « Bouff’Elles » is « bouffelles ».
function* compounded(catalogue, key) {
  return yield* among(catalogue, "compounded", key, (name) => {
    const compounds = JOINT.test(name) ? [...name.matchAll(COMPOUND)].map(([compound]) => tokens(compound)) : [];
    return compounds.filter((own) => own.length > 1 && !own.every((word) => isPlaceWord(catalogue, root(word)))).map((own) => root(own.join("")));
  });
}

// The ranks of the names that are also written so (`ways`), among those that may be.
function* among(catalogue, kind, text, ways) {
  const { memo, json } = catalogue;
  if (text === "") return [];
  if (!memo.has(kind)) memo.set(kind, new Map());
  const known = memo.get(kind);
  if (!known.has(text)) {
    const found = [];
    for (const [at, rank] of [...(yield* columnsOf(catalogue).names.piecesOf(text))].entries()) {
      if (ways(json.entreprises.nom[rank]).includes(text)) found.push(rank);
      if (at % MANY === 0) yield;
    }
    known.set(text, found);
  }
  return known.get(text);
}

// Letters and figures alone; those of most names, once folded, are plain.
function lettersOf(folded) {
  return folded.replace(/[^\x00-\x7f]/.test(folded) ? /[^\p{L}\p{N}]/gu : /[^a-zA-Z0-9]+/g, "");
}

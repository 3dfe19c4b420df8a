// Whether a question is the name of an enterprise: nothing but words of its name; where they may as well name a need,
// nearly all that the name tells.
import { fold } from "../names.js";
import { isPlaceWord } from "./places.js";
import { MANY, finish } from "../steps.js";
import { columnsOf, holders, rarity, vocabularyOf } from "./vocabulary.js";
import { isStop, nameWords, root, tokens } from "./words.js";

const NEARLY_ALL = 0.8; // of what a name tells, where the question may as well name a need
const OF_A_PLACE = 0.3; // what a place tells in a name
const FEW = 2;
const APART = /[^\x00-\x5f\x61-\x7f]|\w'\w|\bste?s?\b/; // letters of other scripts, elisions, saints
const COMPOUND = /[\p{L}\p{N}]+(?:[-'\u2018\u2019\u02bc][\p{L}\p{N}]+)+/gu;
const JOINT = /[-'\u2018\u2019\u02bc]/;

// The enterprises that a question (words, folded, places among them) looks up by name: a Set. `isNeed`: it names a
// purchase category exactly.
export function lookup(catalogue, words, isNeed) {
  const found = new Set();
  const squeezed = words.filter((word) => !isStop(word)).join("");
  const whole = words.join("");
  if (squeezed === "") return found;
  const { names: known, compounds } = bySqueezed(catalogue);
  for (const rank of known.get(whole) ?? known.get(squeezed) ?? []) found.add(rank);
  if (!isNeed) for (const rank of [...(compounds.get(root(whole)) ?? []), ...(words.length > 1 ? columnsOf(catalogue).names.having(root(whole)) : [])]) found.add(rank);
  const keys = [...new Set(words.filter((word) => !isStop(word)).map(root))];
  const { names } = columnsOf(catalogue);
  const [first, ...others] = keys.map((key) => new Set([...names.having(key), ...(compounds.get(key) ?? [])])).sort((one, other) => one.size - other.size);
  const { words: needs } = vocabularyOf(catalogue);
  const isOfNeeds = keys.every((key) => needs.has(key) || isPlaceWord(catalogue, key));
  if (keys.length === 1 && (isOfNeeds || first.size > FEW || holders(catalogue, keys[0]).size > first.size)) return found;
  const isDoubtful = isNeed || isOfNeeds;
  for (const rank of first) {
    if (others.every((having) => having.has(rank)) && (!isDoubtful || told(catalogue, rank, keys) >= NEARLY_ALL)) found.add(rank);
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

// Names without spaces nor punctuation, whole and without their words of no weight; and, by its root, what a hyphen or an
// apostrophe joins in them, unless it is a place: « Multi-plus » is « multiplus », « Bouff’Elles » is « bouffelles ».
function bySqueezed(catalogue) {
  finish(squeeze(catalogue));
  return catalogue.memo.get("squeezed");
}

// Make it in short steps.
export function* squeeze(catalogue) {
  if (catalogue.memo.has("squeezed")) return;
  const [names, compounds] = [new Map(), new Map()];
  const put = (known, key, rank) => {
    if (!key) return;
    if (known.has(key)) known.get(key).push(rank);
    else known.set(key, [rank]);
  };
  for (const [rank, name] of catalogue.json.entreprises.nom.entries()) {
    const folded = fold(name);
    // Most names have no word that is read otherwise than as it stands.
    const words = APART.test(folded) ? tokens(name) : (folded.match(/[a-z0-9]+/g) ?? []);
    for (const key of new Set([words.join(""), nameWords(words).join(""), lettersOf(folded)])) put(names, key, rank);
    for (const [compound] of JOINT.test(name) ? name.matchAll(COMPOUND) : []) {
      const own = tokens(compound);
      if (own.length > 1 && !own.every((word) => isPlaceWord(catalogue, root(word)))) put(compounds, root(own.join("")), rank);
    }
    if (rank % MANY === 0) yield;
  }
  catalogue.memo.set("squeezed", { names, compounds });
}

// Letters and figures alone; those of most names, once folded, are plain.
function lettersOf(folded) {
  return folded.replace(/[^\x00-\x7f]/.test(folded) ? /[^\p{L}\p{N}]/gu : /[^a-zA-Z0-9]+/g, "");
}

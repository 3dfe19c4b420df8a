// Another writing of words that nothing holds: the nearest word of the records, the vocabularies or the places.
import { MANY, finish } from "../steps.js";
import { columnsOf, vocabularyOf } from "./vocabulary.js";
import { distance, isStop, telling, tokens } from "./words.js";

const SHORTEST = 6; // letters of a word worth correcting: « lait » is no « fait »
const LONG = 11; // letters of a word where two may be wrong: « réfection » is no « réception »

// The whole question, its unknown words replaced; empty when none has a near one.
export function correct(catalogue, { spelling, unknown, bare }) {
  const strange = new Set(unknown.flatMap(tokens));
  // Two words changed much make another question: « pompes funèbres » is no « pompon fenêtres ».
  const most = strange.size > 1 ? 1 : 2;
  const better = new Map([...strange].map((word) => [word, nearest(catalogue, word, most)]).filter(([, shown]) => shown));
  if (better.size === 0) return "";
  const kept = new Set(telling(spelling.map(({ word }) => word)));
  const words = spelling.filter(({ word }) => kept.has(word)).map(({ word, typed }) => better.get(word) ?? lexicon(catalogue).get(word)?.shown ?? typed);
  const text = [...new Set(words)].join(" ");
  return text === bare ? "" : text;
}

function nearest(catalogue, word, limit) {
  if (word.length < SHORTEST) return "";
  const most = word.length < LONG ? 1 : limit;
  let best = null;
  for (const [other, { shown, count }] of lexicon(catalogue)) {
    if (word[0] !== other[0] || Math.abs(other.length - word.length) > most) continue;
    const steps = distance(word, other, most);
    if (steps === 0 || steps > most || isSaidOtherwise(word, other)) continue;
    const cost = steps - Math.min(0.9, Math.log10(count + 1) / 3);
    if (best === null || cost < best.cost || (cost === best.cost && shown < best.shown)) best = { shown, cost };
  }
  return best?.shown ?? "";
}

// Whether a vowel stands for a consonant, before the last letter: « tracteur » is no « traiteur ».
function isSaidOtherwise(one, other) {
  if (one.length !== other.length) return false;
  const changed = [...one].flatMap((letter, rank) => (letter === other[rank] ? [] : [rank]));
  const isVowel = (letter) => "aeiouy".includes(letter);
  return changed.length === 1 && changed[0] < one.length - 1 && isVowel(one[changed[0]]) !== isVowel(other[changed[0]]);
}

// Every word, folded: as it is most often written, and how often. Made at the first word mistyped only.
function lexicon(catalogue) {
  finish(readLexicon(catalogue));
  return catalogue.memo.get("lexicon");
}

// Make it in short steps.
export function* readLexicon(catalogue) {
  if (catalogue.memo.has("lexicon")) return;
  const { json, texts } = catalogue;
  const counts = new Map();
  for (const column of Object.values(columnsOf(catalogue))) yield* column.count();
  for (const column of Object.values(columnsOf(catalogue))) for (const [word, count] of column.words()) counts.set(word, (counts.get(word) ?? 0) + count);
  for (const word of vocabularyOf(catalogue).spoken) if (!counts.has(word)) counts.set(word, 1);
  for (const [, name] of json.municipalites) for (const word of tokens(name)) if (!counts.has(word)) counts.set(word, 1);
  const spellings = new Map(); // as it is written, the first time
  const seen = new Set();
  const write = (text) => {
    for (const [typed] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
      if (seen.has(typed)) continue;
      seen.add(typed);
      const [word] = tokens(typed);
      if (word && !spellings.has(word)) spellings.set(word, typed);
    }
  };
  for (const [, libelle, , own] of json.categories) [libelle, ...own].forEach(write);
  for (const [, libelle, own] of json.secteurs) [libelle, ...own].forEach(write);
  for (const list of texts.mots) list.forEach(write);
  for (const [, name] of json.municipalites) write(name);
  for (const list of [json.entreprises.nom, json.offres.nom, json.offres.description, texts.textes]) {
    for (const [rank, text] of list.entries()) {
      write(text);
      if (rank % MANY === 0) yield;
    }
  }
  const found = new Map();
  for (const [word, count] of counts) {
    if (word.length >= SHORTEST - 1 && !isStop(word) && !/^\d+$/.test(word)) found.set(word, { shown: spellings.get(word) ?? word, count });
  }
  catalogue.memo.set("lexicon", found);
}

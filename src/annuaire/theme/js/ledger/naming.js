// Names of enterprises as they are compared: words that tell something, without accents, plurals nor legal endings, as
// `annuaire.text.names.normalise_name`; a ledger cuts them, adds « o/a », forgets an accent. Pure.
import { nameWords, root, undotted, whole } from "../common/answer/words.js";
import { fold } from "../common/names.js";

const COOP = /^coop(?:erative)?s?$/;
const BETWEEN = /\s+(?:o\/a|faisant affaires?(?: sous le nom(?: de)?)?|f\.?a\.?s\.?n\.?|a\/s|dba)\s+|[()]|\s[–—-]\s|\s*\/\s*/i;
const known = new Map(); // word -> its root: folding is dear, and words come again
const read = new Map(); // name -> its words

// Give the words of a name, each once, in order: those that tell something, all of them where none does.
export function wordsOf(name) {
  let found = read.get(name);
  if (found === undefined) read.set(name, (found = reread(name)));
  return found;
}

function reread(name) {
  const all = (fold(undotted(name)).match(/[\p{L}\p{N}]+/gu) ?? []).map(rooted);
  const telling = nameWords(all);
  return [...new Set(telling.length > 0 ? telling : all)];
}

function rooted(word) {
  let found = known.get(word);
  if (found === undefined) known.set(word, (found = COOP.test(word) ? "coop" : root(whole(word))));
  return found;
}

// The pieces of a name that may each be one: « 9999-9999 Québec inc. (Traiteur Exemple) ».
export function piecesOf(name) {
  const pieces = name.split(BETWEEN).map((piece) => piece.trim()).filter((piece) => piece.length > 3);
  return pieces.length > 1 ? pieces : [];
}

// Two names that are written alike have the same key.
export function keyOf(name) {
  return wordsOf(name).join(" ");
}

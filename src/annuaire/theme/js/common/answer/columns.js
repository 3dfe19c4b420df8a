// Texts in which words are looked for without an index: folded once, all in one, read by `indexOf` (five megabytes in a
// few milliseconds), each answer remembered.
import { fold } from "../names.js";
import { MANY, finish } from "../steps.js";
import { isStop, root, stem, undotted, whole } from "./words.js";

const PART = 100_000; // characters read in one step
const NEAR = 40; // characters between the words of a phrase
const SAINT = /(^|[^a-z0-9])(ste?s?)(?![a-z0-9])/g;
const PAIRED = /[\ud800-\udfff]/;
const SPACED = /\s\s|[^\S ]/; // spaces to make one
const DOTTED = /\.[^\s.]\./;
const FIRST = /^(?:[^\p{L}\p{N}]|[\p{L}\p{N}]+')*$/u; // nothing but elisions before

// On one line, one space at a time, « C.P.E. » in one word: most texts are so already.
function flat(text) {
  const line = SPACED.test(text) ? text.replace(/\s+/g, " ") : text;
  return DOTTED.test(line) ? undotted(line) : line;
}

function isLetterOf(text, at) {
  const code = text.charCodeAt(at);
  if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91);
  return /[\p{L}\p{N}]/u.test(text.charAt(at)); // NaN is no letter: charAt gives an empty text
}

// Some texts, by lines, as they are searched.
function readPart(text) {
  const part = fold(text);
  const told = part.replace(SAINT, (found, before, saint, at) => (isLetterOf(part, at + before.length - 1) || isLetterOf(part, at + found.length) ? found : before + whole(saint)));
  // What two units write (an emoji) counts for one, as in Python.
  return PAIRED.test(told) ? told.replace(/[\u{10000}-\u{10ffff}]/gu, " ") : told;
}

// `texts`: one for each item. `owners`: of each item, the rank of its enterprise (the item itself when left out). A text that
// several items have is read once: `kinds` says which of the distinct ones each item has.
export function createColumn(texts, owners = null) {
  let folded = null;
  let starts = null;
  let kinds = null;
  let numbers = null; // of items, by distinct text
  let counts = null;
  const known = new Map();

  function* count() {
    if (counts !== null) return;
    if (folded === null) read();
    const found = new Map();
    let words = 0;
    for (const [kind, number] of numbers.entries()) {
      for (const [word] of lineOf(kind).matchAll(/[\p{L}\p{N}]+/gu)) {
        found.set(word, (found.get(word) ?? 0) + number);
        words += 1;
        if (words % (20 * MANY) === 0) yield;
      }
    }
    counts = found;
  }

  function lineOf(kind) {
    return folded.slice(starts[kind], kind + 1 < starts.length ? starts[kind + 1] - 1 : folded.length);
  }

  function* reading() {
    if (folded !== null) return;
    const ranks = new Map();
    kinds = Int32Array.from(texts, (text) => {
      if (!ranks.has(text)) ranks.set(text, ranks.size);
      return ranks.get(text);
    });
    numbers = new Int32Array(ranks.size);
    for (const kind of kinds) numbers[kind] += 1;
    yield;
    const [parts, some] = [[], []];
    let length = 0;
    for (const text of ranks.keys()) {
      some.push(flat(text));
      length += text.length;
      if (length < PART) continue;
      parts.push(readPart(some.splice(0).join("\n")));
      length = 0;
      yield;
    }
    if (some.length > 0) parts.push(readPart(some.join("\n")));
    const all = parts.join("\n");
    starts = new Int32Array(ranks.size);
    for (let kind = 1, at = 0; kind < starts.length; kind += 1) {
      at = all.indexOf("\n", at) + 1;
      starts[kind] = at;
    }
    folded = all;
  }

  function read() {
    finish(reading());
  }

  // The items of some distinct texts (Set), in order.
  function itemsOf(some) {
    const marks = new Uint8Array(starts.length);
    for (const kind of some) marks[kind] = 1;
    const found = new Set();
    for (let item = 0; item < kinds.length; item += 1) if (marks[kinds[item]] === 1) found.add(item);
    return found;
  }

  const isLetter = (at) => isLetterOf(folded, at);

  // Of each word that begins so, tell which distinct text holds it, where it stands in them all, and where it ends.
  function eachBegun(start, tell) {
    if (folded === null) read();
    let kind = 0;
    for (let at = folded.indexOf(start); at >= 0; at = folded.indexOf(start, at + 1)) {
      if (at > 0 && isLetter(at - 1)) continue;
      let end = at + start.length;
      while (end < folded.length && isLetter(end)) end += 1;
      while (kind + 1 < starts.length && starts[kind + 1] <= at) kind += 1;
      tell(kind, at, end);
    }
  }

  // The places of a word, whatever its plural or its gender: distinct texts and positions, in order.
  function occurrences(key) {
    if (known.has(key)) return known.get(key);
    const [found, positions] = [[], []];
    eachBegun(stem(key), (kind, at, end) => {
      if (root(folded.slice(at, end)) !== key) return;
      found.push(kind);
      positions.push(at);
    });
    const places = { kinds: found, positions };
    known.set(key, places);
    return places;
  }

  return {
    owner: (item) => (owners === null ? item : owners[item]),
    // The items that hold a word (Set).
    having(key) {
      const found = occurrences(key);
      found.set ??= itemsOf(found.kinds);
      return found.set;
    },
    // The items that hold all the words of a phrase, close together (Set).
    saying(keys) {
      const [first, ...others] = keys.map(occurrences);
      const found = new Set();
      for (const [rank, at] of first.positions.entries()) {
        const kind = first.kinds[rank];
        if (!found.has(kind) && others.every((other) => isNear(other.kinds, other.positions, kind, at, starts[kind]))) found.add(kind);
      }
      return itemsOf(found);
    },
    // The items that may say a text without its spaces (Set), in short steps: they hold a word that it begins with, or that begins with it.
    // Words of no weight are looked for where a text begins alone.
    *piecesOf(text) {
      const found = new Set();
      const parts = Array.from({ length: text.length }, (_, rank) => text.slice(0, rank + 1));
      for (const part of new Set([...parts, ...parts.map(whole)])) {
        eachBegun(part, (kind, at, end) => {
          if (end === at + part.length && (!isStop(part) || FIRST.test(folded.slice(starts[kind], at)))) found.add(kind);
        });
        yield;
      }
      eachBegun(stem(text), (kind) => found.add(kind));
      return itemsOf(found);
    },
    // Every word of the column, folded, and how many times it stands there: for corrections and words begun alone.
    words() {
      finish(count());
      return counts;
    },
    // The same in short steps, for who has something else to do.
    count,
    // Read the texts in short steps, so that what is asked next is answered at once.
    prepare: reading,
  };
}

// `start`: where the text begins. What is near in the one before is not in this one.
function isNear(kinds, positions, kind, at, start) {
  const from = Math.max(at - NEAR, start);
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low < positions.length && positions[low] <= at + NEAR && kinds[low] === kind;
}

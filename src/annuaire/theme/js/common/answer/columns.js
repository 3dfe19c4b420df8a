// Texts in which words are looked for without an index: folded once, all in one, read by `indexOf` (five megabytes in a
// few milliseconds), each answer remembered.
import { fold } from "../names.js";
import { MANY, finish } from "../steps.js";
import { root, stem, undotted, whole } from "./words.js";

const NEAR = 40; // characters between the words of a phrase
const SAINT = /(^|[^a-z0-9])(ste?s?)(?![a-z0-9])/g;
const PAIRED = /[\ud800-\udfff]/;
const SPACED = /\s\s|[^\S ]/; // spaces to make one
const DOTTED = /\.[^\s.]\./;

// On one line, one space at a time, « C.P.E. » in one word: most texts are so already.
function flat(text) {
  const line = SPACED.test(text) ? text.replace(/\s+/g, " ") : text;
  return DOTTED.test(line) ? undotted(line) : line;
}

// `texts`: one for each item. `owners`: of each item, the rank of its enterprise (the item itself when left out).
export function createColumn(texts, owners = null) {
  let folded = null;
  let starts = null;
  let counts = null;
  const known = new Map();

  function* count() {
    if (counts !== null) return;
    if (folded === null) read();
    const found = new Map();
    let number = 0;
    for (const [word] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
      found.set(word, (found.get(word) ?? 0) + 1);
      number += 1;
      if (number % (20 * MANY) === 0) yield;
    }
    counts = found;
  }

  function read() {
    folded = fold(texts.map(flat).join("\n"));
    folded = folded.replace(SAINT, (found, before, saint, at) => (isLetter(at + before.length - 1) || isLetter(at + found.length) ? found : before + whole(saint)));
    // What two units write (an emoji) counts for one, as in Python.
    if (PAIRED.test(folded)) folded = folded.replace(/[\u{10000}-\u{10ffff}]/gu, " ");
    starts = new Int32Array(texts.length);
    for (let item = 1, at = 0; item < texts.length; item += 1) {
      at = folded.indexOf("\n", at) + 1;
      starts[item] = at;
    }
  }

  function isLetter(at) {
    const code = folded.charCodeAt(at);
    if (code < 128) return (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91);
    return /[\p{L}\p{N}]/u.test(folded.charAt(at)); // NaN is no letter: charAt gives an empty text
  }

  // The places of a word, whatever its plural or its gender: items and positions, in order.
  function occurrences(key) {
    if (known.has(key)) return known.get(key);
    if (folded === null) read();
    const [items, positions] = [[], []];
    const start = stem(key);
    let item = 0;
    for (let at = folded.indexOf(start); at >= 0; at = folded.indexOf(start, at + 1)) {
      if (at > 0 && isLetter(at - 1)) continue;
      let end = at + start.length;
      while (end < folded.length && isLetter(end)) end += 1;
      if (root(folded.slice(at, end)) !== key) continue;
      while (item + 1 < starts.length && starts[item + 1] <= at) item += 1;
      items.push(item);
      positions.push(at);
    }
    const found = { items, positions };
    known.set(key, found);
    return found;
  }

  return {
    owner: (item) => (owners === null ? item : owners[item]),
    // The items that hold a word (Set).
    having(key) {
      const found = occurrences(key);
      found.set ??= new Set(found.items);
      return found.set;
    },
    // The items that hold all the words of a phrase, close together (Set).
    saying(keys) {
      const [first, ...others] = keys.map(occurrences);
      const found = new Set();
      for (const [rank, at] of first.positions.entries()) {
        const item = first.items[rank];
        if (!found.has(item) && others.every(({ items, positions }) => isNear(items, positions, item, at, starts[item]))) found.add(item);
      }
      return found;
    },
    // Every word of the column, folded, and how many times it stands there: for corrections and words begun alone.
    words() {
      finish(count());
      return counts;
    },
    // The same in short steps, for who has something else to do.
    count,
    // Read the texts, so that what is asked next is answered at once.
    prepare() {
      if (folded === null) read();
    },
  };
}

// `start`: where the item begins. What is near in the item before is not in this one.
function isNear(items, positions, item, at, start) {
  const from = Math.max(at - NEAR, start);
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low < positions.length && positions[low] <= at + NEAR && items[low] === item;
}

// Who a supplier of a ledger is in the directory: by its NEQ, which is sure; by its name, which a person confirms. An index of
// words leads to the few enterprises that share a rare one: never all pairs. Pure.
import { keyOf, piecesOf, wordsOf } from "./naming.js";

const LEAST = 0.72; // likeness of names (0 to 1) worth showing to a person
const MOST = 3; // enterprises proposed for one name
const COMMON = 250; // enterprises that share a word: it then leads to none, it only counts
const LEADS = 4; // words that lead, the rarest first
const MISSPELLED = 0.85; // what a word but for one letter counts for
const OF_A_PIECE = 0.97; // what a part of the ledger's name counts for
const CUT = 0.9; // what a name cut at its end counts for
const SHORTEST_CUT = 15; // letters: a shorter beginning is that of too many names
const SHORTEST_WORD = 5; // letters of a word that may be misspelled

// `firms`: [{rank, name, neq}], a rank several times where an enterprise has other names.
export function createMatcher(firms) {
  const byNeq = new Map();
  const names = []; // {rank, words: [id], weight, squeezed}
  const ids = new Map(); // word -> id
  const holders = []; // id -> [rank of a name]
  for (const { rank, name, neq } of firms) {
    if (neq && !byNeq.has(neq)) byNeq.set(neq, rank);
    const words = wordsOf(name);
    const own = words.map((word) => {
      if (!ids.has(word)) {
        ids.set(word, holders.length);
        holders.push([]);
      }
      return ids.get(word);
    });
    for (const id of own) holders[id].push(names.length);
    names.push({ rank, words: own, weight: 0, squeezed: words.join("") });
  }
  const weight = Float64Array.from(holders, (list) => Math.log(1 + names.length / list.length));
  const strange = Math.log(1 + names.length); // of a word that no enterprise has
  for (const name of names) name.weight = name.words.reduce((sum, id) => sum + weight[id], 0);
  const sorted = names.map((_, rank) => rank).sort((one, other) => (names[one].squeezed < names[other].squeezed ? -1 : 1));
  const near = nearWords(ids);
  const counts = new Float64Array(holders.length); // of the words of the name being read: what each counts for
  const seen = new Int32Array(names.length); // the reading in which a name was last compared
  let reading = 0;
  const answered = new Map(); // key of a name -> candidates

  // Give [{rank, score}], the closest first; none below `LEAST`.
  function byName(name) {
    const key = keyOf(name);
    if (!answered.has(key)) answered.set(key, search(name));
    return answered.get(key);
  }

  function search(name) {
    const best = new Map(); // rank -> score
    const put = (rank, score) => {
      if (score >= LEAST && score > (best.get(rank) ?? 0)) best.set(rank, score);
    };
    like(name, 1, put);
    if (![...best.values()].includes(1)) for (const piece of piecesOf(name)) like(piece, OF_A_PIECE, put);
    return [...best].map(([rank, score]) => ({ rank, score })).sort((one, other) => other.score - one.score || one.rank - other.rank).slice(0, MOST);
  }

  function like(name, times, put) {
    const words = wordsOf(name);
    const own = [];
    let all = 0;
    for (const word of words) {
      const known = ids.get(word);
      const id = known ?? near(word);
      all += id === undefined ? strange : weight[id];
      if (id === undefined) continue;
      own.push(id);
      counts[id] = (known === undefined ? MISSPELLED : 1) * weight[id];
    }
    reading += 1;
    const leads = own.filter((id) => holders[id].length <= COMMON).sort((one, other) => weight[other] - weight[one]);
    for (const id of leads.slice(0, LEADS)) {
      for (const at of holders[id]) {
        if (seen[at] === reading) continue;
        seen[at] = reading;
        const found = names[at];
        let both = 0;
        for (const other of found.words) both += counts[other];
        put(found.rank, (times * 2 * both) / (all + found.weight));
      }
    }
    for (const id of own) counts[id] = 0;
    const squeezed = words.join("");
    for (const { at, isWhole } of begun(squeezed)) put(names[at].rank, times * (isWhole ? 1 : CUT));
  }

  // The names that begin as this one: all of it, or a name that was cut.
  function begun(squeezed) {
    if (squeezed === "") return [];
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (names[sorted[middle]].squeezed < squeezed) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let place = low; place < sorted.length && names[sorted[place]].squeezed.startsWith(squeezed); place += 1) {
      const isWhole = names[sorted[place]].squeezed.length === squeezed.length;
      if (!isWhole && squeezed.length < SHORTEST_CUT) break;
      found.push({ at: sorted[place], isWhole });
      if (found.length > MOST) return found.filter((one) => one.isWhole); // the beginning of too many
    }
    return found;
  }

  return { byNeq: (neq) => byNeq.get(neq) ?? -1, byName };
}

// Known words but for one letter changed, added, taken away or swapped: both are told by what is left once a letter is out.
function nearWords(ids) {
  const left = new Map(); // a word without one of its letters -> id, -1 where two words leave the same
  const put = (text, id) => left.set(text, left.has(text) && left.get(text) !== id ? -1 : id);
  for (const [word, id] of ids) {
    if (word.length < SHORTEST_WORD || /\d/.test(word)) continue;
    put(word, id);
    for (const shorter of without(word)) put(shorter, id);
  }
  return (word) => {
    if (word.length < SHORTEST_WORD || /\d/.test(word)) return undefined;
    const found = new Set([word, ...without(word)].map((text) => left.get(text)).filter((id) => id !== undefined && id >= 0));
    return found.size === 1 ? [...found][0] : undefined;
  };
}

function without(word) {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

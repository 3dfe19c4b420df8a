// What else the directory could supply: the objects of lines bought elsewhere, answered by the one judge of questions. Only
// offers count; the dearest objects come first, and what was not read is told. Pure.
import { answerTo } from "../common/answer/answer.js";
import { fold } from "../common/names.js";

const MOST = 250; // objects judged: each is a question, which takes some hundredths of a second
const LONGEST = 200; // characters of an object
const OFFER = "offre";
const SHOWN = 3; // objects told for one category
// Words of accounts and months, which tell no need: « frais » of a ledger are no fresh fruit.
const OF_ACCOUNTS = /^(?:frais|factures?|paiements?|versements?|remboursements?|credits?|soldes?|acomptes?|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)$/;
const ASIDE = /[,;:(]|\s[–—-]\s/; // what comes after only makes precise

// The words of an object, by which two are the same: its numbers (of a contract, of a street) tell no need.
export function objectKey(text) {
  let known = keys.get(text);
  if (known === undefined) keys.set(text, (known = keyOf(text)));
  return known;
}

const keys = new Map(); // objects come again, and at each decision

function keyOf(text) {
  const key = fold(text).replace(/[^a-z0-9']+/g, " ").split(" ").filter((word) => !/\d/.test(word) && !OF_ACCOUNTS.test(word)).join(" ").trim();
  return /[a-z]{3}/.test(key) ? key : "";
}

// Gather the objects of some lines: [{key, text, cents, lines}], those that weigh most first; credits are
// subtracted.
export function objectsOf(lines) {
  const found = new Map();
  for (const { object, cents } of lines) {
    const key = objectKey(object);
    if (key === "") continue;
    if (!found.has(key)) found.set(key, { key, text: object, cents: 0, lines: 0 });
    const one = found.get(key);
    one.cents += cents;
    one.lines += 1;
  }
  return [...found.values()].sort((one, other) => Math.abs(other.cents) - Math.abs(one.cents) || (one.key < other.key ? -1 : 1));
}

// Those to answer: those that weigh most.
export function toJudge(objects) {
  return objects.slice(0, MOST);
}

// The category that an object asks for and that somebody offers, or null: {category, ranks (in the order of the answer), own (Map:
// rank -> the categories of its offers that answer)}.
export function judgeObject(catalogue, { key, text }) {
  const first = objectKey(text.split(ASIDE)[0]);
  return judgeWords(catalogue, key) ?? (first === "" || first === key ? null : judgeWords(catalogue, first));
}

function judgeWords(catalogue, words) {
  const answer = answerTo(catalogue, words.slice(0, LONGEST));
  if (answer === null) return null;
  const { categorie } = catalogue.json.offres;
  const offering = answer.ranked.filter((rank) => answer.results.get(rank).level === OFFER);
  const sums = new Map(); // category -> how many offer it
  for (const rank of offering) for (const offer of answer.results.get(rank).offers) sums.set(categorie[offer], (sums.get(categorie[offer]) ?? 0) + 1);
  const named = [...answer.categories].filter(([category]) => sums.has(category)).sort(([one, a], [other, b]) => b - a || sums.get(other) - sums.get(one) || one - other);
  const [category] = named[0] ?? [...sums].sort(([one, a], [other, b]) => b - a || one - other)[0] ?? [];
  if (category === undefined) return null;
  const own = new Map(offering.map((rank) => [rank, new Set(answer.results.get(rank).offers.map((offer) => categorie[offer]))]));
  return { category, ranks: offering.filter((rank) => own.get(rank).has(category)), own };
}

// Add the judged objects up by category: {categories: [{category, cents, lines, objects: [text], ranks}], offered, unoffered, unread:
// {cents, lines}}. `judged`: Map, key -> what `judgeObject` gives. `unread` are the lines without an object, and those beyond the limit.
export function opportunities(lines, objects, judged) {
  const sum = { offered: { cents: 0, lines: 0 }, unoffered: { cents: 0, lines: 0 } };
  const categories = new Map();
  for (const { key, text, cents, lines: count } of objects) {
    if (!judged.has(key)) continue;
    const found = judged.get(key);
    const part = found === null ? sum.unoffered : sum.offered;
    part.cents += cents;
    part.lines += count;
    if (found === null) continue;
    if (!categories.has(found.category)) categories.set(found.category, { category: found.category, cents: 0, lines: 0, objects: [], ranks: new Map() });
    const own = categories.get(found.category);
    own.cents += cents;
    own.lines += count;
    if (own.objects.length < SHOWN) own.objects.push(text);
    for (const [place, rank] of found.ranks.entries()) own.ranks.set(rank, Math.min(place, own.ranks.get(rank) ?? place));
  }
  const all = { cents: lines.reduce((total, { cents }) => total + cents, 0), lines: lines.length };
  const unread = { cents: all.cents - sum.offered.cents - sum.unoffered.cents, lines: all.lines - sum.offered.lines - sum.unoffered.lines };
  const rows = [...categories.values()].map((one) => ({ ...one, ranks: [...one.ranks].sort(([a, place], [b, other]) => place - other || a - b).map(([rank]) => rank) }));
  return { ...sum, unread, categories: rows.sort((one, other) => other.cents - one.cents || one.category - other.category) };
}

// What the search page finds beside enterprises: records of other kinds (organisations, events…), published in
// /recherche/fiches.json. Judged with what a question already gives of itself; enterprises’ answers know nothing of them.
import { createColumn } from "../answer/columns.js";
import { LEAST, share } from "../answer/question.js";
import { holders, isKnown, rarity } from "../answer/vocabulary.js";
import { headAndTail, isStop, root, spelled, telling, terms, tokens } from "../answer/words.js";
import { PROVINCE } from "../catalogue/data.js";
import { KIND, MULTIPLE } from "../catalogue/query.js";

const SERVED = "dessert"; // the one filter of enterprises that records of other kinds answer too
const REGION = "region";
const SHORTEST = 4; // letters of a word begun
const [NOT_SERVED, UNSAID, BY_PROVINCE, BY_REGION, BY_MRC] = [-1, 0, 1, 2, 3]; // how a record serves a place

// Read the file. Gives `kinds` ({key, one, many, isFeminine, title}, enterprises first) and `records` ({kind: its rank, name,
// address, summary, where}, in French order of their names within each kind), `needs` (what one may be helped with).
export function readKinds(json) {
  if (json.format !== 1) throw new Error(`fiches : format ${json.format}`);
  const kinds = json.genres.map(([key, one, many, isFeminine, title, address]) => ({ key, one, many, isFeminine: isFeminine === 1, title, address }));
  const records = json.fiches.map(([kind, name, slug, summary, area]) => {
    const [words, codes] = json.dessertes[area] ?? ["", []];
    return { kind, name, address: `${kinds[kind].address}${slug}/`, summary, where: words, codes };
  });
  const names = createColumn(records.map(({ name }) => name));
  const texts = createColumn(json.fiches.map(([, , , summary, , text]) => `${summary} ${text}`));
  const needs = json.aide.map(([code, label, phrases]) => ({ code, label, phrases: phrases.map(rootsOf) }));
  return { kinds, records, names, texts, needs, memo: new Map() };
}

// All the words of a phrase but those that tell nothing of anything, by their roots.
function rootsOf(phrase) {
  return tokens(phrase).filter((word) => !isStop(word)).map(root);
}

// The needs of « Trouver de l’aide » that a question may ask for: [{code, label}]; `mrc` (code) is where, if it says one.
export function helpAsked(catalogue, { needs }, { spelling, places }) {
  const said = new Set(spelling.map(({ word }) => root(word)));
  const codes = [...new Set(places.flatMap(({ mrcs }) => mrcs.map((mrc) => catalogue.json.mrc[mrc][0])))];
  const asked = needs.filter(({ phrases }) => phrases.some((phrase) => phrase.every((key) => said.has(key))));
  return { needs: asked, mrc: codes.length === 1 ? codes[0] : "" };
}

// The records that a search finds, by kind: [{kind: its rank, ranks}], those that hold some, whatever the kinds chosen.
// `question` is what `readQuestion` says of the words, null without any.
export function recordsOf(catalogue, known, search, question) {
  if (MULTIPLE.some((key) => key !== SERVED && search[key].length > 0) || search.pres || search.depuis) return [];
  const all = [...known.records.keys()];
  const some = question !== null ? answering(catalogue, known, question) : search[KIND].length > 0 ? all : [];
  const found = search[SERVED].length > 0 ? some.filter((rank) => serves(catalogue, known.records[rank], search[SERVED]) > UNSAID) : some;
  return known.kinds.map((_, kind) => ({ kind, ranks: found.filter((rank) => known.records[rank].kind === kind) })).filter(({ ranks }) => ranks.length > 0);
}

// Whether a question says the whole name of a record.
export function isWholeName({ records }, rank, { spelling }) {
  const said = new Set(spelling.map(({ word }) => root(word)));
  return terms(records[rank].name).every((word) => said.has(root(word)));
}

// Whether some record holds a word typed.
export function isHeld(known, word) {
  return spelled(word).some((one) => having(known, root(one.word)).size > 0);
}

// The records that hold a word in what is read of them (Set).
function having({ names, texts, memo }, key) {
  if (!memo.has(key)) memo.set(key, new Set([...names.having(key), ...texts.having(key)]));
  return memo.get(key);
}

// The ranks of the records that answer a question, in order: those that its words name, then what they tell of; where a
// place is asked, those that do not say where they serve come last.
function answering(catalogue, known, question) {
  const codes = question.places.flatMap(({ mrcs }) => mrcs.map((mrc) => catalogue.json.mrc[mrc][0]));
  const heads = headsOf(catalogue, known, question);
  const whole = telling(question.spelling.map(({ word }) => word)).map(root); // places among them
  const found = [];
  for (const [rank, record] of known.records.entries()) {
    const most = (has) => Math.max(0, ...heads.map((head) => share(head, has)));
    const isNamed = whole.length > 0 && whole.every((key) => known.names.having(key).has(rank));
    const named = isNamed ? 1 : most((key) => known.names.having(key).has(rank));
    const close = isNamed ? 1 : most((key) => having(known, key).has(rank));
    const near = codes.length > 0 ? serves(catalogue, record, codes) : UNSAID;
    const isThere = codes.length === 0 || isNamed || (heads.length > 0 ? near > NOT_SERVED : near >= BY_REGION);
    if (isThere && (heads.length === 0 ? codes.length > 0 : close >= LEAST)) found.push({ rank, isFirst: named >= LEAST, isUnsaid: codes.length > 0 && near <= UNSAID, close, near });
  }
  return found
    .sort((one, other) => one.isUnsaid - other.isUnsaid || other.isFirst - one.isFirst || other.close - one.close || other.near - one.near || one.rank - other.rank)
    .map(({ rank }) => rank);
}

// What is asked, each way of saying it: as enterprises read it, and as it was typed, since their words are not those of
// other records.
function headsOf(catalogue, known, { needs, bare }) {
  if (needs.length === 0) return [];
  const typed = spelled(bare).map(({ word }) => word);
  const [head] = headAndTail(typed.map((word, at) => (at === typed.length - 1 ? ended(catalogue, known, word) : word)));
  const all = [...needs.map((need) => need.head.map(({ key }) => key)), telling(head).map(root)];
  return all.map((keys) => [...new Set(keys)].map((key) => ({ key, weight: weight(catalogue, known, key) })));
}

// What a word tells among all that is searched; what nothing holds tells most.
function weight(catalogue, known, key) {
  return rarity(holders(catalogue, key).size + having(known, key).size, catalogue.size + known.records.length);
}

// A word begun, ended the shortest way that records have.
function ended(catalogue, known, word) {
  if (word.length < SHORTEST || isHeld(known, word) || isKnown(catalogue, root(word))) return word;
  const begun = new Set();
  for (const column of [known.names, known.texts]) for (const other of column.words().keys()) if (other.startsWith(word)) begun.add(other);
  return [...begun].sort((one, other) => one.length - other.length || (one < other ? -1 : 1))[0] ?? word;
}

// How a record serves one of some MRCs (codes).
function serves(catalogue, { codes }, asked) {
  if (codes.length === 0) return UNSAID;
  if (asked.some((code) => codes.includes(code))) return BY_MRC;
  if (codes.includes(REGION) && asked.some((code) => isOfSite(catalogue, code))) return BY_REGION;
  return codes.includes(PROVINCE) ? BY_PROVINCE : NOT_SERVED;
}

function isOfSite(catalogue, code) {
  return catalogue.json.mrc[catalogue.mrc(code)]?.[8] === 1;
}

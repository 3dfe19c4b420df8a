// What a question asks for: places, an identifier, words and how much each tells, the purchase categories that they name.
import { leaveElsewhere, readPlaces } from "./places.js";
import { columnsOf, holders, isAcronym, isKnown, variants, vocabularyOf, weight } from "./vocabulary.js";
import { headAndTail, isCircumstance, isStop, nounsOf, parts, root, spelled, telling, undotted, withoutArticles } from "./words.js";

export const LEAST = 0.6; // of what the words of a question tell: the share that answers it
const PARTLY = 1 / 3; // of it: the share that speaks of it
const HALF = 0.5; // of a phrase: enough to name it, where no other is as near
const CLOSE = 0.2; // of a phrase: the least that a question says of it
const STRANGE = 4000; // what a word that nothing holds weighs (see `rarity`)
const STRANGE_BEFORE = 500; // the same before a phrase of several words: « rédiger des procès-verbaux »
const BEYOND = 0.25; // what a word weighs after a phrase of several words, which it only makes precise
export const SHORTEST = 4; // letters of a word begun

// Give {words (the text), places, bare (the text without its places), identifier, needs}; `needs` holds each way of saying
// the question: {head: [{key, weight}], tail, named: Map(category -> how closely, 0 to 1), near: the same for categories
// named in part}, `unknown` the words typed that nothing holds.
export function readQuestion(catalogue, text, isBegun = false) {
  const words = undotted(text);
  const spelling = spelled(words);
  const { needed } = vocabularyOf(catalogue);
  const isNeed = (word) => needed.has(root(word));
  const { places, rest: read } = readPlaces(catalogue, spelling, isNeed);
  const [rest, elsewhere] = leaveElsewhere(catalogue, read, isNeed);
  const last = spelling.at(-1);
  const respelling = respell(catalogue, withoutArticles(rest), (word) => word === last);
  const own = respelling.map(({ word }) => word);
  const isAsked = telling(own).length > 0;
  const needs = isAsked ? variants(catalogue, own).map((one, rank) => readNeed(catalogue, one, rank === 0 ? parts(respelling) : [])) : [];
  const asked = new Set(needs[0]?.head.map(({ key }) => key));
  const isSaid = (word) => isKnown(catalogue, root(word)) || isAcronym(catalogue, word);
  const unknown = telling(own).filter((word) => asked.has(root(word)) && !isSaid(word));
  const others = elsewhere.filter((town) => !town.every(({ word }) => isStop(word) || isSaid(word))).map((town) => words.slice(town[0].start, town.at(-1).end));
  const typed = new Map(spelling.map((word) => [word.word, word.typed]));
  return {
    words,
    places,
    bare: without(words, places),
    spelling,
    needs: needs.length > 0 && needs[0].head.length === 0 ? [] : needs,
    unknown: [...unknown.map((word) => typed.get(word) ?? word), ...others],
    isTooSoon: isBegun && unknown.at(-1) === last?.word && last.word.length < SHORTEST && own.length === 1,
  };
}

// The text of a question without its places, to take them away.
export function without(words, places) {
  let text = words;
  for (const { from, to } of [...places].sort((one, other) => other.from - one.from)) {
    const isOpen = text.slice(from, to).includes("("); // « Shawinigan (Québec) »
    text = text.slice(0, from) + text.slice(to).replace(isOpen ? /^\s*\)/ : "", "");
  }
  return text.replace(/\(\s*\)/g, " ").replace(/\s+/g, " ").replace(/^[\s,;]+|[\s,;]+$/g, "");
}

// Verbs as the nouns of the vocabularies; words joined or split as the records and the vocabularies have them (« co working », « multiplus »); the last one may
// only be begun.
function respell(catalogue, words, isLast) {
  const found = [];
  const { needed } = vocabularyOf(catalogue);
  for (let at = 0; at < words.length; at += 1) {
    const [one, next] = [words[at], words[at + 1]];
    const noun = needed.has(root(one.word)) ? undefined : nounsOf(one.word).find((other) => needed.has(root(other)));
    if (noun) {
      found.push({ ...one, word: noun });
      continue;
    }
    const isNew = !isKnown(catalogue, root(one.word));
    const isApart = next && (isNew || next.joint === "-" || !isKnown(catalogue, root(next.word)));
    if (isApart && isKnown(catalogue, root(one.word + next.word))) {
      found.push({ ...one, word: one.word + next.word });
      at += 1;
      continue;
    }
    if (!isNew || one.word.length < SHORTEST) {
      found.push(one);
      continue;
    }
    const two = splitOf(catalogue, one.word);
    if (two) found.push(...two.map((word, rank) => ({ ...one, word, joint: rank === 0 ? one.joint : "" })));
    else found.push(isLast(one) ? { ...one, word: completed(catalogue, one.word) } : one);
  }
  return found;
}

// Each way of making two words of one.
export function cutsOf(word) {
  return Array.from({ length: Math.max(0, word.length - 5) }, (_, rank) => [word.slice(0, rank + 3), word.slice(rank + 3)]);
}

function splitOf(catalogue, word) {
  for (const [one, two] of cutsOf(word)) {
    const [a, b] = [one, two].map((part) => columnsOf(catalogue).names.having(root(part)));
    if (a.size > 0 && b.size > 0 && [...a].some((rank) => b.has(rank))) return [one, two];
  }
  return null;
}

// The words that a word begins.
export function begunBy(catalogue, word) {
  const { names, offers } = columnsOf(catalogue);
  const begun = new Set();
  for (const list of [names.words().keys(), offers.words().keys(), vocabularyOf(catalogue).spoken]) for (const other of list) if (other.startsWith(word)) begun.add(other);
  return begun;
}

// A word begun, ended as most records do; else the shortest way.
function completed(catalogue, word) {
  const begun = begunBy(catalogue, word);
  const number = (other) => holders(catalogue, root(other)).size;
  const best = (one, other) => number(other) - number(one) || one.length - other.length || (one < other ? -1 : 1);
  return [...begun].sort(best)[0] ?? word;
}

function readNeed(catalogue, words, ands) {
  const [asked, aside] = withoutCircumstances(catalogue, headAndTail(words));
  const weigh = (list) => weighed(catalogue, list);
  const head = weigh(asked);
  const tail = aside.length > 0 ? weigh(aside).filter(({ key }) => !head.some((other) => other.key === key)) : [];
  let { named, near } = rate(catalogue, head, tail);
  if (ands.length > 1 && ![...named.values()].includes(1)) {
    const each = ands.map((part) => rate(catalogue, weigh(headAndTail(part)[0]), []).named);
    // « entretien ménager et déneigement » are two things, even where the first names a category alone.
    if (named.size === 0 || each.every((own) => [...own.values()].includes(1))) named = new Map(each.flatMap((own) => [...own]));
  }
  return { head, tail, named, near };
}

// How or when something is needed comes apart, but where a phrase says it: « hébergement d’urgence ».
function withoutCircumstances(catalogue, [asked, aside]) {
  const said = telling(asked);
  if (!said.some(isCircumstance) || said.every(isCircumstance)) return [asked, aside];
  const keys = new Set([...said, ...telling(aside)].map(root));
  const every = vocabularyOf(catalogue).categories.flatMap(({ phrases, narrow }) => [...phrases, ...narrow]);
  const bound = new Set(every.filter((phrase) => phrase.length > 1 && phrase.every((key) => keys.has(key))).flat());
  const apart = new Set(asked.filter((word) => isCircumstance(word) && !bound.has(root(word))));
  return [asked.filter((word) => !apart.has(word)), [...asked.filter((word) => apart.has(word)), ...aside]];
}

// The words that tell something, in order, and how much. A word that nothing holds tells much: « eau embouteillée » is not
// any water, « bottes de travail » no work.
function weighed(catalogue, list) {
  return [...new Set(telling(list).map(root))].map((key) => {
    const isStrange = !isKnown(catalogue, key);
    return { key, weight: isStrange ? STRANGE : weight(catalogue, key), isStrange };
  });
}

export function share(words, has) {
  let [sum, all] = [0, 0];
  for (const { key, weight: own } of words) {
    all += own;
    if (has(key)) sum += own;
  }
  return all > 0 ? sum / all : 0;
}

// The categories that words name. One is named when a phrase of it stands whole among them, or when all of them are words
// of it; the phrase that comes first wins, then the one that tells most. What is left over must not tell too much more,
// and words that name a part of a category name it in part.
function rate(catalogue, head, tail) {
  const asked = new Set(head.map(({ key }) => key));
  const all = new Set([...asked, ...tail.map(({ key }) => key)]);
  const weights = new Map([...head, ...tail].map(({ key, weight: own }) => [key, own]));
  const stands = (phrase) => phrase.every((key) => all.has(key)) && phrase.some((key) => asked.has(key));
  const place = (phrase) => head.findIndex(({ key }) => phrase.includes(key));
  const rated = [];
  const categories = [...vocabularyOf(catalogue).categories.entries()].filter(([, own]) => [...asked].some((key) => own.every.has(key)));
  const parts = categories.flatMap(([, own]) => own.narrow.filter(stands)).map((phrase) => new Set(phrase));
  // « abattage d’arbres » is more than trees: a longer part leaves the phrase in it aside.
  const isAlone = (phrase) => !parts.some((part) => part.size > new Set(phrase).size && phrase.every((key) => part.has(key)));
  for (const [category, own] of categories) {
    const standing = own.phrases.filter(stands);
    const whole = standing.filter(isAlone);
    const said = [...standing, ...own.narrow.filter(stands)];
    const covered = share(beyond(head, said), (key) => own.every.has(key));
    const close = Math.max(0, ...own.phrases.map((phrase) => phrase.filter((key) => asked.has(key)).length / Math.max(asked.size, new Set(phrase).size)));
    const told = Math.max(0, ...whole.map((phrase) => phrase.reduce((sum, key) => sum + (weights.get(key) ?? 0), 0)));
    if (covered < PARTLY || (said.length === 0 && (covered < 1 || close < CLOSE))) continue;
    const isPart = whole.length === 0 && (said.length > 0 || ![...asked].every((key) => own.all.has(key)));
    rated.push({ category, covered, close, told, isWhole: whole.length > 0, isPart, first: Math.min(Infinity, ...said.map(place)), isBegun: isBegun(asked, own.phrases) });
  }
  const first = Math.min(Infinity, ...rated.map((one) => one.first));
  const named = best(rated.filter((one) => one.covered >= LEAST && !one.isPart && one.first === first));
  const map = (list) => new Map(list.map(({ category, close }) => [category, close]));
  return { named: map(named), near: map(rated.filter((one) => !named.includes(one))) };
}

// Whether some words are those of a phrase and have its first: « aréna » is no « gestion d’aréna ». One
// word is not enough: « médaille » is no « médaille de chien ».
function isBegun(asked, phrases) {
  return asked.size > 1 && phrases.some((phrase) => asked.has(phrase[0]) && [...asked].every((key) => phrase.includes(key)));
}

// The words of a question around a phrase of several words, which they only make precise: those that come after weigh less
// (« captation vidéo des séances »), and so do those before that nothing holds (« rédiger des procès-verbaux »).
function beyond(head, said) {
  const places = said.filter((phrase) => phrase.length > 1).map((phrase) => phrase.map((key) => head.findIndex((other) => other.key === key)).filter((rank) => rank >= 0)).flat();
  if (places.length === 0) return head;
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return head.map((word, rank) => {
    if (rank > last) return { ...word, weight: Math.round(word.weight * BEYOND) };
    return rank < first && word.isStrange ? { ...word, weight: STRANGE_BEFORE } : word;
  });
}

// A phrase said exactly leaves the others behind; else those that tell nearly as much as the best. Words that are only
// some of a phrase, with its first, name it when no other category has as many.
function best(rated) {
  const exact = rated.filter(({ close }) => close === 1);
  if (exact.length > 0) return exact;
  const whole = rated.filter(({ isWhole }) => isWhole);
  const most = Math.max(0, ...whole.map(({ told }) => told));
  if (whole.length > 0) return whole.filter(({ told }) => told === most);
  const nearest = rated.filter(({ close }) => close >= HALF);
  return nearest.length === 1 && nearest[0].isBegun ? nearest : [];
}

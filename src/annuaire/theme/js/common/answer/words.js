// A question as words: small letters without accents, no elision, ligatures in two letters.
import { fold } from "../names.js";
import { mots } from "../../../../data/communs.json";

const set = (text) => new Set(text.split(" "));
const [STOP, WEAK, NEVER_WEAK, ELISIONS, ASIDE] = [mots.vides, mots.faibles, mots.jamaisFaibles, mots.elisions, mots.accessoires].map(set);
const [AND, LEGAL, CONTEXT] = [mots.coordination, mots.raisonSociale, mots.contexte].map(set);
const [CIRCUMSTANCES, ENGLISH] = [mots.circonstances, mots.anglais].map(set);
const [VERBS, NOUNS] = [mots.verbes, mots.noms].map((text) => text.split(" "));
const MOST = 24; // words of a question

// Words of any question to a directory tell nothing of what is needed, unless they are all there is. « fourniture de
// repas » asks for meals; « fournitures de bureau » are things.
function isWeak(word) {
  return [word, singular(word), root(word)].some((one) => WEAK.has(one)) && !NEVER_WEAK.has(word); // « près » is no plural
}

export function isStop(word) {
  return STOP.has(word) || word.length < 2;
}

// Of the words of a name, those that tell something: « inc. » does not.
export function nameWords(words) {
  return words.filter((word) => !isStop(word) && !LEGAL.has(word));
}

// « C.P.E. » is one word.
export function undotted(text) {
  return text.replace(/(^|[^\p{L}\p{N}])((?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?)/gu, (_, before, letters) => before + letters.replaceAll(".", ""));
}

// « St- » is « Saint- », in names as in questions.
const SAINTS = new Map(Object.entries(mots.saints));

export function whole(word) {
  return SAINTS.get(word) ?? word;
}

const MOST_TYPED = 20_000;
const typedWords = new Map(); // records say the same words again and again

function readTyped(typed) {
  let known = typedWords.get(typed);
  if (known === undefined) {
    const folded = fold(typed);
    known = { isElision: ELISIONS.has(folded), own: (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map(whole) };
    if (typedWords.size >= MOST_TYPED) typedWords.clear();
    typedWords.set(typed, known);
  }
  return known;
}

// The words of a text as they stand in it: {word (folded), typed, start, end, joint (what is written before it)}.
export function spelled(text) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}\u0300-\u036f]+/gu)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const joint = text.slice(last, start);
    last = end;
    const { isElision, own } = readTyped(match[0]);
    if (isElision && /^'\p{L}/u.test(fold(text.slice(end, end + 2)))) continue;
    for (const word of own) found.push({ word, typed: match[0], start, end, joint });
  }
  return found;
}

const UNUSUAL = /[^\x00-\u024f\u2013\u2014\u2018\u2019\u2026\u202f]/; // marks that stand apart, other scripts
const APART = /[^\x00-\x5f\x61-\x7f]|\w'\w|\bste?s?\b/; // letters of other scripts, elisions, saints

// Most texts have no word that is read otherwise than as it stands.
export function tokens(text) {
  const folded = UNUSUAL.test(text) ? null : fold(text);
  if (folded !== null && !APART.test(folded)) return folded.match(/[a-z0-9]+/g) ?? [];
  return spelled(text).map(({ word }) => word);
}

// Of some words, those that tell something: « traiteur à Shawinigan » asks for two words, not three.
export function telling(words) {
  const all = [...new Set(words)].slice(0, MOST);
  const said = all.filter((word) => !isStop(word) && !/^\d+$/.test(word)); // « 40 personnes » tells no need
  const strong = said.filter((word) => !isWeak(word));
  return [strong, said, all].find((some) => some.length > 0) ?? [];
}

export function terms(text) {
  return telling(tokens(text));
}

// What is asked, then what for: « traiteur pour une réunion du conseil » asks for a caterer. All is asked when nothing
// stands before « pour ».
export function headAndTail(words) {
  const tells = (word) => !isStop(word) && !isWeak(word);
  const at = words.findIndex((word, rank) => ASIDE.has(word) && telling(words.slice(0, rank)).some(tells));
  const [head, tail] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at)];
  const first = head.findIndex((word) => tells(word) && !isContext(word));
  if (first < 0) return [head, tail];
  const isAside = (word, rank) => rank > first && isContext(word);
  return [head.filter((word, rank) => !isAside(word, rank)), [...head.filter(isAside), ...tail]];
}

// Who it is for and when tells nothing of what is asked, after it: « traiteur école demain ».
function isContext(word) {
  return CONTEXT.has(word) || CONTEXT.has(root(word));
}

// A word that only says how or when something is needed: « urgence plomberie », « nouveau logo ».
export function isCircumstance(word) {
  return CIRCUMSTANCES.has(word) || CIRCUMSTANCES.has(singular(word));
}

// « the » is left out after a small English word: « taxi to the hospital ». Elsewhere it is « thé ».
export function withoutArticles(words) {
  return words.filter(({ typed }, rank) => rank === 0 || !ENGLISH.has(words[rank - 1].word) || typed.toLowerCase() !== "the");
}

// The nouns of what a verb does, folded: « nettoyer », « nettoyage »; none when it ends as no verb.
export function nounsOf(word) {
  const end = VERBS.find((ending) => word.endsWith(ending));
  const start = end && word.length > 4 ? word.slice(0, -end.length) : "";
  return start ? NOUNS.map((ending) => start + ending) : [];
}

// « traiteur et salle » asks for two things; each part is a list of words.
export function parts(spelling) {
  const found = [[]];
  for (const { word, joint } of spelling) {
    if (AND.has(word) || /[,;/+]/.test(joint)) found.push([]);
    if (!AND.has(word)) found.at(-1).push(word);
  }
  return found.filter((part) => part.length > 0);
}

// One form for the singular and the plural: « municipaux » and « municipal », « jeux » and « jeu ».
export function singular(word) {
  if (word.length < 4) return word;
  if (word.endsWith("eaux") || word.endsWith("eux")) return word.slice(0, -1);
  if (word.endsWith("aux")) return `${word.slice(0, -3)}al`;
  return /[sx]$/.test(word) ? word.slice(0, -1) : word;
}

// One form for the feminine and the masculine too: « préposée » and « préposé ».
export function root(word) {
  let one = singular(word);
  while (one.length > 5 && one.endsWith("e")) one = one.slice(0, -1);
  return one;
}

// What all the words of one root begin with.
export function stem(key) {
  return key.endsWith("al") ? key.slice(0, -1) : key;
}

// How many letters to change, add, take away or swap to go from one word to another (Damerau-Levenshtein).
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, line] = [[], Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(line[j] + 1, next[j - 1] + 1, line[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, line] = [line, next];
    if (Math.min(...line) > most) return most + 1;
  }
  return line[other.length];
}

// Who a text may name: the twin of annuaire.text.persons, held to it by the corpus of the rules.
import { pattern } from "./knowledge.js";
import { fold } from "./names.js";
import { namesIn } from "./person_names.js";
import { lexiconOf } from "./person_words.js";

const PLAIN = [
  ["\u00a0", " "],
  ["\u202f", " "],
  ["\t", " "],
  ["\u2010", "-"],
  ["\u2011", "-"],
];
const AREA =
  "204|226|236|249|250|263|289|306|343|354|365|367|368|382|403|416|418|428|431|437|438|450|468|474|506|514|519" +
  "|548|579|581|584|587|604|613|639|647|672|683|705|709|742|753|778|780|782|807|819|825|833|844|855|866|867" +
  "|873|877|879|888|800|902|905|942";
const EXTENSION = "(?:[ ,(]{0,3}(?:postes?|p\\.|ext\\.?|x|#)[ :#.]{0,3}[0-9]{1,6})?";
const END = "(?![0-9A-Za-z])";
const MARKED = "\\(?[2-9][0-9]{2}\\)?[ ]{0,2}[-.)/–][ ]{0,2}[2-9][0-9]{2}[ ]{0,2}[-. –]?[ ]{0,2}[0-9]{4}";
const SPACED = `\\(?(?:${AREA})\\)?[ ]{0,2}[2-9][0-9]{2}[ ]{0,2}[-.–]?[ ]{0,2}[0-9]{4}`;
const NUMBER = new RegExp(`(?:^|[^0-9A-Za-z/=_])((?:\\+?1[ .-]{0,3})?(?:${MARKED}|${SPACED})${EXTENSION})${END}`, "gi");
const LOCAL = new RegExp(
  `(?:^|[^A-Za-zÀ-ÿ])(?:t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|t[ée]l[ée]copieur|fax|pagette)[ .:]{0,4}([2-9][0-9]{2}[-. ][0-9]{4}${EXTENSION})${END}`,
  "gi",
);
const SEVEN = /[2-9][0-9]{2}[-. –]{0,5}[0-9]{4}/;
const ADDRESS = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const NAME_PARTS = /^[a-z]+(?:[._-][a-z]+){1,2}[0-9]{0,4}$/;
const SHORTEST = 5; // fewer letters are initials as often as a name
const LONGEST_TEXT = 200;

// What an enterprise's own names hold: `texts` are its name and its towns, `others` those that an address alone may hold.
export function ownOf(texts, others = []) {
  const found = texts.map((text) => letters(fold(text)));
  const every = [...found, ...others.map((text) => letters(fold(text)))];
  const initials = (words) => words.map((word) => word[0]).join("");
  return {
    words: new Set(found.flat()),
    long: new Set(every.flat().filter((word) => word.length > 2)),
    initials: [...every.filter((words) => words.length > 0).map(initials), ...every.map((words) => initials(words.filter((word) => word.length > 2)))],
  };
}

// Each suspect of a text: its code and the words themselves.
export function suspectsIn(text, kind, own, data) {
  const lexicon = lexiconOf(data);
  if (kind === "courriel") return isPersonal(text, own, lexicon, data) ? [{ code: "courriel-personnel", words: text }] : [];
  const plain = PLAIN.reduce((found, [odd, ordinary]) => found.replaceAll(odd, ordinary), text.normalize("NFC"));
  const found = [];
  let bare = plain;
  for (const address of addressesIn(plain)) {
    bare = bare.replaceAll(address, " ; ");
    if (isPersonal(address, own, lexicon, data)) found.push({ code: "courriel-personnel", words: address });
  }
  for (const { words, isCertain } of namesIn(bare, kind, own.words, lexicon)) found.push({ code: isCertain ? "personne-nommee" : "personne-possible", words });
  for (const number of telephonesIn(bare)) found.push({ code: "telephone-dans-texte", words: number });
  return found;
}

function telephonesIn(text) {
  if (!SEVEN.test(text)) return [];
  return [NUMBER, LOCAL].flatMap((number) => [...text.matchAll(number)].map((match) => match[1].trim()));
}

function addressesIn(text) {
  return text.includes("@") ? [...text.matchAll(ADDRESS)].map(([address]) => address.replace(/^[.-]+|[.-]+$/g, "")) : [];
}

function isPersonal(address, own, lexicon, data) {
  const whole = fold([...address].slice(0, LONGEST_TEXT).join(""));
  const at = whole.lastIndexOf("@");
  const [local, host] = at < 0 ? ["", whole] : [whole.slice(0, at), whole.slice(at + 1)];
  const parts = letters(local);
  if (parts.some((part) => isService(part, lexicon))) return false;
  const isPrivate = pattern(data.boites).test(host) && parts.join("").length >= SHORTEST;
  const isBuilt = NAME_PARTS.test(local) && Math.max(...parts.map((part) => part.length)) > 2;
  const isFirst = parts.length === 1 && parts[0].length > 2 && lexicon.isFirst(parts[0]);
  return (isPrivate || isBuilt || isFirst || parts.some((part) => isName(part, lexicon))) && !isOwn(parts, own);
}

function isService(part, { lists, singular }) {
  return lists.services.has(part) || lists.services.has(singular(part)) || ["info", "coop", "admin", "cpe"].some((start) => part.startsWith(start));
}

function isName(part, lexicon) {
  const { isFirst, isPlainFirst, isPlainLast } = lexicon;
  const isLast = (word) => word.length > 3 && (lexicon.gluedLast.has(word) || (word.startsWith("st") && isFirst(word.slice(2).replace(/^e/, ""))));
  if ((part.length > 2 && isPlainFirst(part)) || isPlainLast(part)) return true;
  for (let at = 3; at < part.length - 2; at += 1) if (isFirst(part.slice(0, at)) && isFirst(part.slice(at))) return true;
  for (let at = 1; at < part.length - 3; at += 1) {
    if (isLast(part.slice(at)) && (at === 1 || startsWithFirst(part.slice(0, at), isFirst))) return true;
    if (at > 2 && isLast(part.slice(0, at)) && (at === part.length - 1 || isFirst(part.slice(at)))) return true;
  }
  return isLast(part.slice(0, -1)) && part.length > SHORTEST;
}

function startsWithFirst(text, isFirst) {
  for (let to = 3; to <= text.length; to += 1) if (isFirst(text.slice(0, to))) return true;
  return false;
}

function isOwn(parts, { long, initials }) {
  const whole = parts.join("");
  if (parts.some((part) => long.has(part)) || [...long].some((word) => word.length > 3 && whole.includes(word))) return true;
  return [...parts, whole].some((part) => part.length > 1 && initials.includes(part)) || initials.some((known) => known.length > 2 && whole.includes(known));
}

function letters(text) {
  return text.match(/[a-z]+/g) ?? [];
}

// Who a text may name: the twin of annuaire.text.persons, held to it by the corpus of the rules.
import { fold } from "../common/names.js";
import { namesIn } from "./person_names.js";
import { lexiconOf } from "./person_words.js";

// What an enterprise's own names hold: `texts` are its name and its towns, `others` those that an address alone may hold.
export function ownOf(texts, others, { adresses }) {
  const found = texts.map((text) => letters(fold(text), adresses));
  const every = [...found, ...others.map((text) => letters(fold(text), adresses))];
  const initials = (words) => words.map((word) => word[0]).join("");
  return {
    words: new Set(found.flat()),
    long: new Set(every.flat().filter((word) => word.length > 2)),
    initials: [...every.filter((words) => words.length > 0).map(initials), ...every.map((words) => initials(words.filter((word) => word.length > 2)))],
  };
}

// Each suspect of a text: its code and the words themselves; `known` is what both twins know.
export function suspectsIn(text, kind, own, known) {
  const lexicon = lexiconOf(known);
  if (kind === "courriel") return isPersonal(text, own, lexicon, known.adresses) ? [{ code: "courriel-personnel", words: text }] : [];
  const plain = known.ordinaires.reduce((found, [odd, ordinary]) => found.replaceAll(odd, ordinary), text.normalize("NFC"));
  const found = [];
  let bare = plain;
  for (const address of addressesIn(plain, known.adresses)) {
    bare = bare.replaceAll(address, " ; ");
    if (isPersonal(address, own, lexicon, known.adresses)) found.push({ code: "courriel-personnel", words: address });
  }
  for (const { words, isCertain } of namesIn(bare, kind, own.words, lexicon, known.noms)) found.push({ code: isCertain ? "personne-nommee" : "personne-possible", words });
  for (const number of telephonesIn(bare, known.telephones)) found.push({ code: "telephone-dans-texte", words: number });
  return found;
}

function telephonesIn(text, { sept, manieres }) {
  if (!sept.one.test(text)) return [];
  return manieres.flatMap((number) => [...text.matchAll(number.all)].map((match) => match[1].trim()));
}

function addressesIn(text, { adresse }) {
  return text.includes("@") ? [...text.matchAll(adresse.all)].map(([address]) => address.replace(/^[.-]+|[.-]+$/g, "")) : [];
}

function isPersonal(address, own, lexicon, known) {
  const whole = fold([...address].slice(0, known.plusLong).join(""));
  const at = whole.lastIndexOf("@");
  const [local, host] = at < 0 ? ["", whole] : [whole.slice(0, at), whole.slice(at + 1)];
  const parts = letters(local, known);
  if (parts.some((part) => isService(part, lexicon, known))) return false;
  const isPrivate = known.boites.whole.test(host) && parts.join("").length >= known.plusCourt;
  const isBuilt = known.nom.whole.test(local) && Math.max(...parts.map((part) => part.length)) > 2;
  const isFirst = parts.length === 1 && parts[0].length > 2 && lexicon.isFirst(parts[0]);
  return (isPrivate || isBuilt || isFirst || parts.some((part) => isName(part, lexicon, known))) && !isOwn(parts, own);
}

function isService(part, { lists, singular }, { debutsDeService }) {
  return lists.services.has(part) || lists.services.has(singular(part)) || debutsDeService.some((start) => part.startsWith(start));
}

function isName(part, lexicon, { plusCourt }) {
  const { isFirst, isPlainFirst, isPlainLast } = lexicon;
  const isLast = (word) => word.length > 3 && (lexicon.gluedLast.has(word) || (word.startsWith("st") && isFirst(word.slice(2).replace(/^e/, ""))));
  if ((part.length > 2 && isPlainFirst(part)) || isPlainLast(part)) return true;
  for (let at = 3; at < part.length - 2; at += 1) if (isFirst(part.slice(0, at)) && isFirst(part.slice(at))) return true;
  for (let at = 1; at < part.length - 3; at += 1) {
    if (isLast(part.slice(at)) && (at === 1 || startsWithFirst(part.slice(0, at), isFirst))) return true;
    if (at > 2 && isLast(part.slice(0, at)) && (at === part.length - 1 || isFirst(part.slice(at)))) return true;
  }
  return isLast(part.slice(0, -1)) && part.length > plusCourt;
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

function letters(text, { lettres }) {
  return text.match(lettres.all) ?? [];
}

// The answer of enterprises with what is found beside them, and its words: how many of each kind, in the words of each.
import { KIND } from "../catalogue/query.js";
import { sentence } from "../catalogue/sentence.js";
import { FACETS } from "../catalogue/wording.js";
import { NBSP, plural, quote } from "../french.js";
import { isHeld, isWholeName, recordsOf } from "./kinds.js";
import { counted, told } from "./wording.js";

// Mix what `evaluate` gave with the records of other kinds (`known`, null where there are none). Gives `answer`, as
// `evaluate` gives it, without enterprises where the kinds chosen leave them out (`hasEnterprises`), with the names of kinds
// (`genres`: key -> title); `noted`, the same for what is remarked of the words; `groups` ([{kind, ranks}] of the other kinds
// shown, in order); `isFirst`, they come before enterprises; `asked`, the kinds chosen.
export function mix(catalogue, known, search, said, answer) {
  if (known === null) return { answer, noted: answer, groups: [], isFirst: false, asked: [], hasEnterprises: true };
  const { kinds } = known;
  const all = recordsOf(catalogue, known, search, said?.question ?? null).map(({ kind, ranks }) => ({ kind: kinds[kind], ranks }));
  const isChosen = ({ key }) => search[KIND].length === 0 || search[KIND].includes(key);
  const groups = all.filter(({ kind }) => isChosen(kind));
  const hasEnterprises = isChosen(kinds[0]);
  const own = Object.assign(Object.create(answer), hasEnterprises ? {} : NOBODY);
  const isAlone = groups.length > 0 && own.found.length + own.sector.length === 0;
  const numbers = () => new Map([[kinds[0], numberOf(answer)], ...all.map(({ kind, ranks }) => [kind, ranks.length])].filter(([, number]) => number > 0).map(([{ key }, number]) => [key, number]));
  Object.defineProperties(own, {
    hasOthers: { value: groups.length > 0 },
    genres: { value: new Map(kinds.map(({ key, title }) => [key, title])) },
    counts: { get: () => ({ ...answer.counts, [KIND]: numbers() }) },
    hidden: { get: () => new Set([...answer.hidden, ...(isAlone || !hasEnterprises ? FACETS.map(({ key }) => key) : []), ...(all.length === 0 ? [KIND] : [])]) },
    drop: { get: () => dropOf(answer, search, all, groups, hasEnterprises) },
  });
  const isAnswered = own.groups.some(({ counts }) => counts);
  const isFirst = !isAnswered || (said !== null && groups.some(({ ranks }) => isWholeName(known, ranks[0], said.question)));
  const noted = Object.assign(Object.create(own), hasEnterprises ? remarked(known, answer, groups) : { said: null, isAnswered: true });
  return { answer: own, noted, groups, isFirst, hasEnterprises, asked: kinds.filter(({ key }) => search[KIND].includes(key)) };
}

const NOBODY = { found: [], groups: [], sector: [], headline: { sure: 0, others: 0 } };

// The enterprises that the kind’s number tells: those that answer, else those that speak of it.
function numberOf({ headline: { sure, others }, found }) {
  return sure + others || found.length;
}

// What the page remarks of the words: one that another record holds is not unknown; where other records answer, that
// nobody offers it is said only of a need that a category names.
function remarked(known, { said }, groups) {
  if (said === null) return {};
  const unknown = said.unknown.filter((word) => !isHeld(known, word));
  const correction = unknown.length > 0 ? said.correction : "";
  return { said: { ...said, unknown, correction }, isAnswered: groups.length > 0 && said.categories.size === 0 };
}

function dropOf(answer, search, all, groups, hasEnterprises) {
  if (groups.length > 0) return [];
  if (hasEnterprises) return answer.drop;
  const rest = [numberOf(answer) > 0 && plural(numberOf(answer), "entreprise"), ...all.map(countOf)].filter(Boolean);
  if (rest.length === 0) return [];
  return [{ filters: [{ key: KIND, values: search[KIND] }], key: KIND, value: "", count: 0, said: both(rest) }];
}

function countOf({ kind, ranks }) {
  return plural(ranks.length, kind.one, kind.many);
}

// « 2 entreprises (1 confirmée · 1 à confirmer) et 1 foire »; the two numbers alone where enterprises alone are shown.
export function headline({ answer, groups, asked, hasEnterprises }, about, hasNumbers = true) {
  const { sure, others } = answer.headline;
  if (groups.length === 0) {
    if (hasEnterprises) return `${counted(answer)}${about}`;
    const none = asked.map(({ one, isFeminine }) => `${isFeminine ? "aucune" : "aucun"} ${one}`);
    return `${capital(both(none, "ni")) || "Aucun résultat"}${about}`;
  }
  const own = sure + others > 0 && plural(sure + others, "entreprise") + (hasNumbers ? ` (${counted(answer)})` : "");
  const parts = [own, ...groups.map(countOf)].filter(Boolean);
  return `${both(parts)}${about}${sure + others === 0 ? speaking(answer) : ""}`;
}

// Of enterprises none of which answers, how many speak of it, or of some of its words.
function speaking({ found, said }) {
  if (found.length === 0) return "";
  const [one, many] = said?.isScattered ? ["entreprise répond à une partie des mots", "entreprises répondent à une partie des mots"] : ["entreprise en parle", "entreprises en parlent"];
  return `; ${plural(found.length, one, many)}`;
}

// The same for who hears it, with what stands below.
export function announced(mixed, about) {
  const { answer, groups } = mixed;
  if (groups.length === 0) return mixed.hasEnterprises ? `${told(answer)}${about}` : headline(mixed, about);
  return answer.headline.sure + answer.headline.others > 0 ? `${headline(mixed, about, false)}. Entreprises${NBSP}: ${told(answer)}` : headline(mixed, about);
}

// How many of each kind the button of the sheet of filters leads to.
export function shownText({ answer, groups }) {
  const parts = [answer.found.length > 0 && plural(answer.found.length, "entreprise"), ...groups.map(countOf)].filter(Boolean);
  return parts.length > 0 ? `Voir ${both(parts)}` : "Fermer";
}

// What is shown, in a sentence.
export function mixedSentence(catalogue, search, { answer, groups, hasEnterprises }) {
  if (groups.length === 0 || !search.q) return hasEnterprises ? `${sentence(catalogue, search)}.` : "";
  const isAlso = answer.found.length + answer.sector.length > 0;
  const who = both([...(isAlso ? ["entreprises d’économie sociale"] : []), ...groups.map(({ kind }) => kind.many)]);
  return `${capital(who)} qui répondent à ${quote(search.q)}.`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function both(texts, last = "et") {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} ${last} ${texts.at(-1)}`;
}

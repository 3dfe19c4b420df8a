// How an answer is said: the headline, the levels, the titles of groups.
import { NBSP, figure, plural, quote } from "../french.js";
import { enAttente as WAIT } from "../../../../data/communs.json";

// « 2 confirmées · 12 à confirmer »: who answers, always as two numbers.
export function counted({ headline: { sure, others } }) {
  return `${plural(sure, "confirmée")} · ${figure(others)}${NBSP}à confirmer`;
}

// The same for who hears it, with what stands below.
export function told(answer) {
  const number = (key) => answer.groups.find((group) => group.key === key)?.ranks.length ?? 0;
  const parts = [
    [number("ailleurs"), (count) => `${plural(count, "offre", "offrent")} ailleurs`],
    [number("activite"), (count) => `${plural(count, "en parle", "en parlent")}`],
    [answer.sector.length, (count) => `${figure(count)}${NBSP}du même secteur`],
  ];
  return [counted(answer), ...parts.filter(([count]) => count > 0).map(([count, text]) => text(count))].join("; ");
}

// What an enterprise answers by, in rows, files and records (« Répond par »); empty where nothing was asked of offers.
export const LEVELS = {
  __proto__: null,
  nom: "Son nom",
  offre: "Une offre inscrite",
  lieu: "Son territoire",
  activite: "Son activité, à demander",
  secteur: "Son secteur seulement",
  "": "",
};

// The level with what is confirmed: « Une offre inscrite, à confirmer », « Son nom, fiche confirmée ».
export function levelText(level, isSure) {
  const state = isSure ? "confirmée" : "à confirmer";
  if (level === "") return `Offre ou fiche ${state}`;
  if (level === "offre") return `${LEVELS.offre}, ${state}`;
  return level === "nom" || level === "lieu" ? `${LEVELS[level]}, fiche ${state}` : LEVELS[level];
}

const MOST_NAMED = 2; // categories in a title

export const labels = (catalogue, categories) => categories.map((category) => quote(catalogue.json.categories[category][1]));

// What is asked for, as titles say it: the categories named that somebody offers, else those named, else the words, their
// places left aside.
export function needOf(catalogue, said) {
  if (said === null) return "";
  const every = [...said.categories.keys()];
  const offered = every.filter((category) => !said.unmet.includes(category));
  const named = labels(catalogue, offered.length > 0 ? offered : every);
  if (named.length > 0 && named.length <= MOST_NAMED) return named.join(" ou ");
  return said.bare ? quote(said.bare) : "";
}

// The need that an enterprise is kept for, as the engine reads it again: the words asked; without words, the categories
// chosen of the offers that answer; an empty text where nothing was asked of offers.
export function keptNeed(catalogue, answer, rank) {
  if (answer.said) return answer.said.question.words;
  if (answer.levelOf(rank) !== "offre") return "";
  const { categories, offres } = catalogue.json;
  return [...new Set(answer.offersOf(rank).map((offer) => offres.categorie[offer]))].map((category) => categories[category]?.[1]).join(", ");
}

// The offers of an enterprise found that answer what is asked, and no other one.
export function answeringOffers(answer, rank) {
  const [level, own] = [answer.levelOf(rank), answer.offersOf(rank)];
  if (level === "offre" || level === "") return own;
  const answering = answer.said?.results.get(rank)?.offers ?? [];
  return own.filter((offer) => answering.includes(offer));
}

// How an enterprise answers a need, in a sentence that speaks of it.
export function answersHow(level, isSure) {
  const texts = {
    __proto__: null,
    nom: "porte ce nom",
    offre: isSure ? "offre confirmée" : "offre à confirmer",
    lieu: "sur ce territoire, ou le dessert",
    activite: "en parle, sans offre pour ce besoin",
    secteur: "même secteur seulement, aucune offre pour ce besoin",
  };
  return texts[level] ?? "rien dans sa fiche n’y répond aujourd’hui";
}

// The title of a group, and what a buyer must know of it. `hasOthers`: other records than enterprises answer too.
export function groupText(catalogue, answer, key) {
  const { said } = answer;
  const need = needOf(catalogue, said);
  const there = said?.places.map(({ label }) => label).join(", ") ?? "";
  const texts = {
    nom: [said && /\d|[.@]/.test(said.question.words) ? `Correspondent à ${quote(said.question.words)}` : "Portent ce nom", ""],
    "offre-confirmee": [`Offrent ${need}, offre confirmée`, ""],
    offre: [`Offrent ${need}, à confirmer`, WAIT],
    "lieu-confirmee": [`${there}${NBSP}: fiches confirmées`, ""],
    lieu: [`${there}${NBSP}: fiches à confirmer`, WAIT],
    ailleurs: [`Offrent ${need} ailleurs`, `Rien n’indique qu’elles desservent ce territoire (${there})${NBSP}: demandez-leur si elles s’y rendent.`],
    activite: said?.isScattered
      ? ["Répondent à une partie des mots", `Aucune ${answer.hasOthers ? "entreprise" : "fiche"} ne répond à tous ces mots à la fois. Celles-ci répondent à au moins un.`]
      : ["En parlent, à demander", "Leur nom, leur fiche ou une offre voisine en parle; rien ne dit qu’elles offrent exactement ce besoin. Demandez-leur si elles y répondent."],
    confirmee: ["Offres et fiches confirmées", ""],
    "a-confirmer": ["À confirmer", WAIT],
  };
  return texts[key];
}

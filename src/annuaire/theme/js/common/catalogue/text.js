// Words to enterprises: the search of the site (relevance, spelling, synonyms) joined with the data of the catalogue.
//
// Enterprises whose offers are of a category that the question names come first: all its words, plurals, accents,
// elisions and synonyms aside, are words of the category. Names of towns and MRCs in the question are a place, not a
// need: who is there comes first, then who serves it. After them, what the index finds, in its own order.
import { createEngine } from "../words/engine.js";
import { root, terms, tokens } from "../words/words.js";
import * as adresses from "../../../../data/adresses.json";

// Of a category that a question names only in part, at least this share of a phrase.
const LEAST = 0.2;

export function createTextSearch(catalogue, folder) {
  const engine = createEngine(folder);
  let slugs; // id of a result -> slug of a record

  function names() {
    slugs ??= fetch(new URL(`../${adresses.fichesDeLIndex}`, folder)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.url} ${answer.status}`);
      return new Map(Object.entries(await answer.json()));
    });
    slugs.catch(() => (slugs = undefined)); // the next question tries again
    return slugs;
  }

  // `ranked` (indices, most relevant first), `categories` (indices of those that the question names, to give to
  // `evaluate`), and what to tell the visitor: `correction`, `dropped`, `ways`, `asked`, `scattered`. Null when a word has
  // hardly begun.
  async function find(words, isTyping = false) {
    const [slugOf, answer] = await Promise.all([names(), engine.find({ words, chosen: new Map() }, isTyping)]);
    const need = readNeed(catalogue, words);
    if (answer === null && need.rated.size === 0) return null;
    const said = answer ?? { correction: "", dropped: [], ways: [], asked: "", scattered: false, elsewhere: false, results: [] };
    const found = said.results.map((result) => catalogue.indexOf(slugOf.get(result.id) ?? "")).filter((rank) => rank >= 0);
    const { first, others } = suppliers(catalogue, need, new Map(found.map((rank, position) => [rank, position])));
    const isAnswered = first.length > 0;
    // A need that is named whole and that nobody meets: who is of a sector that may meet it comes first.
    const unmet = first.length + others.length > 0 ? [] : [...need.rated].filter(([, close]) => close === 1).map(([rank]) => rank);
    // What answers one word only is of no use beside suppliers of the need, nor are remarks on a need that was met.
    const rest = said.scattered && (isAnswered || unmet.length > 0) ? [] : likelyFirst(catalogue, found, unmet);
    const isUnmet = unmet.length > 0 && rest.length === 0;
    // What is shown is only near when nobody offers a need that is named whole: it is said, with who may answer.
    const { categorie } = catalogue.json.offres;
    const whole = [...need.rated].filter(([, close]) => close === 1).map(([rank]) => rank);
    const absent = isAnswered && !whole.some((rank) => categorie.includes(rank)) ? whole : [];
    const ranked = [...new Set([...first, ...rest, ...(first.length + rest.length > 0 ? [] : others)])];
    return {
      ranked,
      categories: new Set(need.rated.keys()),
      correction: isAnswered ? "" : said.correction,
      dropped: isAnswered ? [] : said.dropped,
      ways: isAnswered ? absent.map((rank) => ({ ...way(catalogue, rank), isAbsent: true })) : isUnmet ? unmet.map((rank) => way(catalogue, rank)) : said.ways,
      asked: said.asked,
      scattered: said.scattered && rest.length > 0,
      elsewhere: said.elsewhere && !isAnswered,
    };
  }

  return { find };
}

function likelyFirst(catalogue, found, categories) {
  const { secteur, autres_secteurs: others } = catalogue.json.entreprises;
  const likely = new Set(categories.flatMap((category) => catalogue.json.categories[category][4]));
  const isLikely = (rank) => [secteur[rank], ...(others[rank] || [])].some((sector) => likely.has(sector));
  if (likely.size === 0) return found;
  return [...found.filter(isLikely), ...found.filter((rank) => !isLikely(rank))];
}

// The sectors that may answer a category, each with how many enterprises it has.
function way(catalogue, category) {
  const [, libelle, , , sectors] = catalogue.json.categories[category];
  const { secteur } = catalogue.json.entreprises;
  const read = (rank) => {
    const [slug, label] = catalogue.json.secteurs[rank];
    return { libelle: label, url: `${adresses.secteurs}${slug}/`, nombre: secteur.filter((other) => other === rank).length };
  };
  return { libelle, sectors: sectors.map(read).filter(({ nombre }) => nombre > 0) };
}

// What a question asks for: the categories that it names, with how closely, and the places.
export function readNeed(catalogue, words) {
  const { places, rest } = readPlaces(catalogue, tokens(words));
  const asked = places.length > 0 && rest.length === 0 ? [] : terms(rest.join(" ")).map(root);
  const rated = new Map();
  if (asked.length > 0) {
    for (const [category, { all, phrases }] of phrasesOf(catalogue).entries()) {
      if (!asked.every((word) => all.has(word))) continue;
      const closest = Math.max(...phrases.map((phrase) => share(asked, phrase)));
      if (closest >= LEAST) rated.set(category, closest);
    }
  }
  return { places, rated };
}

function share(asked, phrase) {
  const common = asked.filter((word) => phrase.has(word)).length;
  return common / Math.max(asked.length, phrase.size);
}

function phrasesOf(catalogue) {
  if (!catalogue.memo.has("phrases")) {
    const read = ([, libelle, , synonymes]) => {
      const phrases = [libelle, ...synonymes].map((text) => new Set(terms(text).map(root)));
      return { phrases, all: new Set(phrases.flatMap((phrase) => [...phrase])) };
    };
    catalogue.memo.set("phrases", catalogue.json.categories.map(read));
  }
  return catalogue.memo.get("phrases");
}

// Take the names of places out of a question, the longest first: {town, mrc} each, -1 where none.
function readPlaces(catalogue, all) {
  const known = namesOf(catalogue);
  const places = [];
  const rest = [];
  for (let start = 0; start < all.length; ) {
    let taken = 0;
    for (let length = Math.min(known.longest, all.length - start); length > 0 && taken === 0; length -= 1) {
      const found = known.byName.get(all.slice(start, start + length).join(" "));
      if (!found) continue;
      places.push(...found);
      taken = length;
    }
    if (taken === 0) rest.push(all[start]);
    start += taken || 1;
  }
  return { places, rest };
}

function namesOf(catalogue) {
  if (!catalogue.memo.has("names")) {
    const { mrc, municipalites } = catalogue.json;
    const byName = new Map();
    let longest = 0;
    const put = (name, place) => {
      const key = tokens(name);
      longest = Math.max(longest, key.length);
      const text = key.join(" ");
      if (!byName.has(text)) byName.set(text, []);
      byName.get(text).push(place);
    };
    for (const [rank, [, , name]] of mrc.entries()) put(name, { town: -1, mrc: rank });
    for (const [rank, [, name, place]] of municipalites.entries()) put(name, { town: rank, mrc: place });
    catalogue.memo.set("names", { byName, longest });
  }
  return catalogue.memo.get("names");
}

// Who has an offer of a category that is named: in the place asked or serving it (`first`), elsewhere (`others`).
function suppliers(catalogue, { places, rated }, positions) {
  const best = new Map();
  if (rated.size > 0) {
    const { entreprise, categorie, confirmee } = catalogue.json.offres;
    for (let offer = 0; offer < categorie.length; offer += 1) {
      const close = rated.get(categorie[offer]);
      if (close === undefined) continue;
      const rank = entreprise[offer];
      const near = Math.max(0, ...places.map((place) => nearness(catalogue, offer, rank, place)));
      const sure = confirmee[offer];
      const other = best.get(rank);
      if (!other || compare({ near, sure, close }, other) < 0) best.set(rank, { near, sure, close });
    }
  }
  const order = [...best].sort(
    ([one, a], [other, b]) => compare(a, b) || (positions.get(one) ?? 1e9) - (positions.get(other) ?? 1e9) || one - other,
  );
  if (places.length === 0) return { first: order.map(([rank]) => rank), others: [] };
  const of = (isThere) => order.filter(([, { near }]) => near > 0 === isThere).map(([rank]) => rank);
  return { first: of(true), others: of(false) };
}

function compare(one, other) {
  return other.near - one.near || other.sure - one.sure || other.close - one.close || 0;
}

// 3 in the town, 2 in its MRC (or in the MRC asked), 1 serving it, else 0.
function nearness(catalogue, offer, rank, place) {
  const { municipalite, mrc } = catalogue.json.entreprises;
  if (place.town >= 0 && municipalite[rank] === place.town) return 3;
  if (mrc[rank].includes(place.mrc)) return 2;
  return catalogue.serves(offer, rank, place.mrc) ? 1 : 0;
}

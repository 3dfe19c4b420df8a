// What each enterprise and each offer fails of the choices made: a bit for each facet, so that one pass finds and counts.
import { kilometresOf } from "../sphere.js";
import { ANSWERS } from "./ground.js";

const [OFFER, SECTOR] = ["offre", "secteur"]; // levels of an answer (common/answer/answer.js)

// Facets of an offer, then of an enterprise: one bit each. Conformity takes one more bit per kind of document.
export const [CATEGORY, SERVED, CONFIRMED, WORDS] = [1, 2, 4, 8];
export const OF_ENTERPRISES = ["secteur", "mrc", "forme", "adhesion", "certification"];
const ENTERPRISE_FACETS = ["q", ...OF_ENTERPRISES, "depuis", "pres"];

export function inUse(search, key) {
  const [facet, kind] = key.split(":");
  if (kind) return search.conformite.some((value) => value.startsWith(`${kind}:`));
  return Array.isArray(search[facet]) ? search[facet].length > 0 : Boolean(search[facet]);
}

// The choices as indices: facet -> Set, for those in use only. A value that the catalogue does not know finds nothing.
export function readChoices(catalogue, ground, search, said) {
  const sets = new Map();
  const table = {
    categorie: catalogue.category,
    dessert: catalogue.mrc,
    confirme: (value) => ({ oui: 1, non: 0 })[value] ?? -1,
    secteur: catalogue.sector,
    mrc: catalogue.mrc,
    forme: catalogue.form,
    adhesion: catalogue.adhesion,
    certification: catalogue.certification,
  };
  for (const [key, index] of Object.entries(table)) {
    if (search[key].length > 0) sets.set(key, new Set(search[key].map(index).filter((value) => value >= 0)));
  }
  for (const choice of search.conformite) {
    const [kind, value] = choice.split(":");
    const key = `conformite:${kind}`;
    if (!sets.has(key)) sets.set(key, new Set());
    if (ANSWERS.includes(value)) sets.get(key).add(ANSWERS.indexOf(value));
  }
  const place = search.pres ? (catalogue.json.municipalites[catalogue.town(search.pres)] ?? []) : null;
  // Kinds of documents that the catalogue does not know come last: they fail everyone.
  const strange = [...sets.keys()].filter((key) => key.startsWith("conformite:") && !ground.kinds.includes(key.slice(11)));
  const keys = [...ENTERPRISE_FACETS, ...ground.kinds.map((kind) => `conformite:${kind}`), ...strange].slice(0, 31);
  return {
    sets,
    said,
    place,
    radius: Number(search.rayon),
    since: search.depuis,
    bits: new Map(keys.map((key, rank) => [key, 1 << rank])),
  };
}

// For each enterprise, the facets of enterprises that it fails, as bits.
export function failuresOf(catalogue, ground, { sets, said, place, radius, since, bits }) {
  const { size, json } = catalogue;
  const { entreprises } = json;
  const failures = new Int32Array(size);
  const fail = (key, isRight) => {
    const bit = bits.get(key);
    for (let rank = 0; rank < size; rank += 1) if (!isRight(rank)) failures[rank] |= bit;
  };
  // Whose sector alone might answer is no answer to the words: it is found apart.
  if (said !== null) fail("q", (rank) => said.results.has(rank) && said.results.get(rank).level !== SECTOR);
  for (const key of OF_ENTERPRISES) {
    const wanted = sets.get(key);
    if (!wanted) continue;
    const { start, values } = ground.values[key];
    fail(key, (rank) => {
      for (let place = start[rank]; place < start[rank + 1]; place += 1) if (wanted.has(values[place])) return true;
      return false;
    });
  }
  for (const [key, wanted] of sets) {
    if (!key.startsWith("conformite:") || !bits.has(key)) continue;
    const answers = ground.conformity[ground.kinds.indexOf(key.slice(11))];
    fail(key, (rank) => answers !== undefined && wanted.has(answers[rank]));
  }
  if (since) fail("depuis", (rank) => entreprises.date[rank] >= since);
  if (place) fail("pres", (rank) => distanceTo(entreprises, rank, place) <= radius);
  return failures;
}

// For each unit, the facets of offers that it misses, as bits.
export function missesOf(ground, { sets, said }) {
  const misses = new Uint8Array(ground.units);
  const { category, confirmed } = ground;
  // Of who offers what is asked, the offers that answer alone are judged.
  for (const [rank, { level, offers }] of said?.results ?? []) {
    if (level !== OFFER) continue;
    const answering = new Set(offers.map((offer) => ground.unitOf[offer]));
    for (let unit = ground.start[rank]; unit < ground.start[rank + 1]; unit += 1) if (!answering.has(unit)) misses[unit] |= WORDS;
  }
  const categories = sets.get("categorie");
  if (categories) for (let unit = 0; unit < ground.units; unit += 1) if (!categories.has(category[unit])) misses[unit] |= CATEGORY;
  const served = sets.get("dessert");
  if (served) {
    const { area, places } = ground;
    const reaches = Uint8Array.from(places, (list) => list.some((place) => served.has(place)));
    for (let unit = 0; unit < ground.units; unit += 1) if (area[unit] < 0 || !reaches[area[unit]]) misses[unit] |= SERVED;
  }
  const sure = sets.get("confirme");
  if (sure) for (let unit = 0; unit < ground.units; unit += 1) if (!sure.has(confirmed[unit])) misses[unit] |= CONFIRMED;
  return misses;
}

// Of each unit, whether it is confirmed for what is asked: by itself; by the record, of who is looked up or is at the
// place asked; never, of who only speaks of it.
export function confirmedFor(catalogue, ground, said) {
  if (said === null) return ground.confirmed;
  const own = ground.confirmed.slice();
  for (const [rank, { level, isSure }] of said.results) {
    if (level !== OFFER) own.fill(isSure ? 1 : 0, ground.start[rank], ground.start[rank + 1]);
  }
  return own;
}

export function distanceTo(entreprises, rank, place) {
  const [lat, lon] = [entreprises.lat[rank], entreprises.lon[rank]];
  const [, , , otherLat, otherLon] = place;
  if (lat === null || lon === null || typeof otherLat !== "number") return Infinity;
  return kilometresOf(lat, lon, otherLat, otherLon);
}

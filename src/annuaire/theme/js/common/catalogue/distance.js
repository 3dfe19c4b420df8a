// How far an enterprise is from the municipality that a search names, as the crow flies.
import { parse } from "./query.js";
import { distanceTo } from "./judging.js";

// Give the rank of the municipality that a search is made from: « près de » it, else the only one that its words name; -1 where
// there is none. `said`: what `answerTo` says of the words, or null.
export function originOf(catalogue, search, said) {
  if (search.pres) return catalogue.town(search.pres);
  const [place, ...others] = said?.places ?? [];
  return place && !place.isPostal && others.length === 0 && place.towns.length === 1 ? place.towns[0] : -1;
}

// The same of a search that is kept as an address.
export function originOfKept(catalogue, address, said) {
  return originOf(catalogue, parse(new URLSearchParams(address)), said);
}

// Give {km, town} of an enterprise, kilometres and the name of the municipality; null where either place is not known.
export function awayFrom(catalogue, origin, rank) {
  if (origin < 0) return null;
  const km = distanceTo(catalogue.json.entreprises, rank, catalogue.json.municipalites[origin]);
  return Number.isFinite(km) ? { km, town: catalogue.json.municipalites[origin][1] } : null;
}

// The name of the municipality that distances are told from, or an empty text.
export function distanceTown(catalogue, search, said) {
  return catalogue.json.municipalites[originOf(catalogue, search, said)]?.[1] ?? "";
}

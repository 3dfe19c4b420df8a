// What a search finds in the catalogue, and what each further choice would find.
//
// Within a facet values add up (OR); facets narrow each other (AND). Conformity is one facet per kind of document: a
// buyer who asks for a licence and for insurance wants both.
//
// Category, territory served and « confirmed » speak of an offer, and ONE SAME offer must satisfy those in use: a firm
// that cleans offices in Mékinac and cooks meals in Shawinigan does not cook in Mékinac. The territory of an offer is its
// own, else that of its enterprise; it is confirmed by itself, else with its record (the data file says which). An
// enterprise without offers is judged on its own territory and its own record, and answers no category. The other
// facets speak of the enterprise: sector (main or other), MRC (of any of its places), legal form, membership,
// certification, conformity, date of verification, distance (of its main place).
//
// An enterprise is confirmed, for a search, when one of the offers that satisfy it is (without offers: when its record
// is); words that name a category leave only its offers to judge. Confirmed ones lead, whatever the order asked: `found` holds `confirmed` of them, then the others.
//
// The count of a value is the number of enterprises found if its facet held this value alone, the other facets as they
// are. A facet known for under one enterprise in five is in `hidden`, unless it is in use; so is « confirmed » where every
// offer is, or none.
import { countsOf } from "./counts.js";
import { drops } from "./drops.js";
import { groundOf, lazy, scarceOf } from "./ground.js";
import { distanceTo, failuresOf, inUse, missesOf, readChoices } from "./judging.js";

// Find and count.
//
// `ranked`: enterprises that answer the words, most relevant first, or null when there are no words. `categories`: those
// that the words name (indices, from text.js): an offer of theirs, where there is one, says alone whether the enterprise
// is confirmed, and comes first in `offers`. Answers `found` (indices in order), `confirmed` (how many lead), `offersOf`
// (index -> offers that satisfy), `offers` (Map of the same), `distances` (Map: index -> km, when near a place),
// `fresh` (dates that are proposed, latest first), `categories` as given, `counts` (facet -> Map: value -> number, zeros
// left out), `hidden` (Set of facets), `drop` (when nothing is found: what to take away, each {filters: [{key, values}],
// key, value, count}, fewest filters first). What the first rows do not need is computed when it is read.
export function evaluate(catalogue, search, ranked, categories = new Set()) {
  const ground = groundOf(catalogue);
  const asked = readChoices(catalogue, ground, search, ranked);
  const failures = failuresOf(catalogue, ground, asked);
  const misses = missesOf(ground, asked);
  const { start, category, confirmed } = ground;
  const found = [];
  const near = []; // found, but for one facet of enterprises at most
  const sure = new Uint8Array(catalogue.size);

  for (let rank = 0; rank < catalogue.size; rank += 1) {
    const failed = failures[rank];
    if ((failed & (failed - 1)) !== 0) continue; // two facets fail: no single choice finds it
    let satisfied = false;
    let [isNamed, isSure] = [false, false];
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      if (misses[unit] !== 0) continue;
      satisfied = true;
      const named = categories.size > 0 && categories.has(category[unit]);
      if (named && !isNamed) [isNamed, isSure] = [true, false];
      if (named === isNamed && confirmed[unit] === 1) isSure = true;
    }
    if (!satisfied) continue;
    near.push(rank);
    if (failed !== 0) continue;
    found.push(rank);
    if (isSure) sure[rank] = 1;
  }

  const distances = distancesOf(catalogue, asked, found);
  const [first, others] = order(found, catalogue, search, asked, sure, distances);
  const offersOf = (rank) => matching(catalogue, ground, misses, rank, categories);
  return lazy(
    { found: first.concat(others), confirmed: first.length, distances, offersOf, fresh: ground.fresh, categories },
    {
      offers: () => new Map(found.map((rank) => [rank, offersOf(rank)])),
      counts: () => countsOf(catalogue, ground, asked, failures, misses, near),
      hidden: () => new Set([...scarceOf(catalogue, ground)].filter((key) => !inUse(search, key))),
      drop: () => (found.length > 0 ? [] : drops(catalogue, ground, search, asked, failures, misses)),
    },
  );
}

function matching(catalogue, ground, misses, rank, categories) {
  const { categorie } = catalogue.json.offres;
  const own = [];
  for (let offer = catalogue.first[rank]; offer < catalogue.first[rank + 1]; offer += 1) {
    if (misses[ground.unitOf[offer]] === 0) own.push(offer);
  }
  if (categories.size > 0) own.sort((one, other) => categories.has(categorie[other]) - categories.has(categorie[one]));
  return own;
}

function distancesOf(catalogue, { place }, found) {
  if (!place) return new Map();
  return new Map(found.map((rank) => [rank, distanceTo(catalogue.json.entreprises, rank, place)]));
}

// Confirmed first. Relevance is the order of the text search; without words, distance from the place asked, else the
// French order of names, which is that of the data.
function order(found, catalogue, search, { ranked, place }, sure, distances) {
  const groups = [found.filter((rank) => sure[rank]), found.filter((rank) => !sure[rank])];
  const near = place && ((one, other) => distances.get(one) - distances.get(other) || one - other);
  let by = null;
  if (search.tri === "fraicheur") {
    const { date } = catalogue.json.entreprises;
    by = (one, other) => (date[one] < date[other] ? 1 : date[one] > date[other] ? -1 : one - other);
  } else if (search.tri === "distance" && place) {
    by = near;
  } else if (search.tri !== "nom" && ranked !== null) {
    const positions = new Int32Array(catalogue.size);
    for (const [position, rank] of ranked.entries()) positions[rank] = position;
    by = (one, other) => positions[one] - positions[other];
  } else if (search.tri !== "nom" && place) {
    by = near;
  }
  if (by) for (const group of groups) group.sort(by);
  return groups;
}

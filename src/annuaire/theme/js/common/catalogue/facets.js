// What a search finds in the catalogue, and what each further choice would find.
//
// Within a facet values add up (OR); facets narrow each other (AND). Conformity is one facet per kind of document: a
// buyer who asks for a licence and for insurance wants both.
//
// Category, territory served, « confirmed » and the words speak of an offer, and ONE SAME offer must satisfy those in use:
// a firm that cleans offices in Mékinac and cooks meals in Shawinigan does not cook in Mékinac. The territory of an offer
// is its own, else that of its enterprise; it is confirmed by itself, else with its record (the data file says which). An
// enterprise without offers is judged on its own territory and its own record, and answers no category. The other
// facets speak of the enterprise: sector (main or other), MRC (of any of its places), legal form, membership,
// certification, conformity, date of verification, distance (of its main place).
//
// Words are judged elsewhere, once (common/answer/answer.js): at which level an enterprise answers, with which offers, and
// whether it is confirmed for them. Here they only group what the facets keep.
//
// The count of a value is the number of enterprises found if its facet held this value alone, the other facets as they
// are; with words, of those that offer what is asked or are looked up. Only where nobody does, those that speak of it
// are counted: the numbers of boxes and of the map are no suppliers more than the headline. A facet known for under one enterprise in five is in `hidden`, unless it is in use; so is « confirmed » where every
// offer is, or none.
import { countsOf } from "./counts.js";
import { drops } from "./drops.js";
import { groundOf, lazy, scarceOf } from "./ground.js";
import { confirmedFor, distanceTo, failuresOf, inUse, missesOf, readChoices } from "./judging.js";

// The groups of what is found, in the order shown. `counts`: its enterprises answer what is asked, and the headline counts them.
const GROUPS = [
  { key: "nom", counts: true, holds: ({ level }) => level === "nom" },
  { key: "offre-confirmee", counts: true, holds: ({ level, isAway, isSure }) => level === "offre" && !isAway && isSure },
  { key: "offre", counts: true, holds: ({ level, isAway, isSure }) => level === "offre" && !isAway && !isSure },
  { key: "lieu-confirmee", counts: true, holds: ({ level, isSure }) => level === "lieu" && isSure },
  { key: "lieu", counts: true, holds: ({ level, isSure }) => level === "lieu" && !isSure },
  { key: "ailleurs", counts: false, holds: ({ level, isAway }) => level === "offre" && isAway },
  { key: "activite", counts: false, holds: ({ level }) => level === "activite" },
  { key: "confirmee", counts: true, holds: ({ level, isSure }) => level === "" && isSure },
  { key: "a-confirmer", counts: true, holds: ({ level, isSure }) => level === "" && !isSure },
];

const [ANSWERING, SPEAKING] = [new Set(["nom", "offre", "lieu"]), new Set(["activite"])];

// Find and count.
//
// `said`: what `answerTo` says of the words, or null when there are none. Gives `found` (indices in order), `groups` ([{key,
// counts, ranks}], those that hold somebody, of the same indices), `sector` (who answers by its sector alone: never found), `headline`
// ({sure, others}: how many answer, confirmed and not), `levelOf` (index -> level, or an empty text where nothing says what is
// offered; a category chosen asks for its offers), `isSure` (index -> confirmed for what is asked), `offersOf` (index ->
// offers that satisfy), `distances` (Map: index -> km, when near a place), `fresh` (dates that are proposed, latest first),
// `counts` (facet -> Map: value -> number, zeros left out), `hidden` (Set of facets), `drop` (when nothing is found: what to
// take away, each {filters: [{key, values}], key, value, count}, fewest filters first). What the first rows do not need
// is computed when it is read.
export function evaluate(catalogue, search, said = null) {
  const base = groundOf(catalogue);
  const ground = Object.assign(Object.create(base), { confirmed: confirmedFor(catalogue, base, said) }); // the rest as it is
  const asked = readChoices(catalogue, ground, search, said);
  const failures = failuresOf(catalogue, ground, asked);
  const misses = missesOf(ground, asked);
  const { start, confirmed } = ground;
  const words = asked.bits.get("q");
  const [found, sector] = [[], []];
  const near = []; // found, but for one facet of enterprises at most
  const sure = new Uint8Array(catalogue.size);

  for (let rank = 0; rank < catalogue.size; rank += 1) {
    const failed = failures[rank];
    if ((failed & (failed - 1)) !== 0) continue; // two facets fail: no single choice finds it
    let [satisfied, isSure] = [false, false];
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      if (misses[unit] !== 0) continue;
      satisfied = true;
      if (confirmed[unit] === 1) isSure = true;
    }
    if (!satisfied) continue;
    near.push(rank);
    if (failed === words && said?.results.has(rank)) sector.push(rank);
    if (failed !== 0) continue;
    found.push(rank);
    if (isSure) sure[rank] = 1;
  }

  const distances = distancesOf(catalogue, asked, [...found, ...sector]);
  const isPlaced = said !== null && said.places.length > 0;
  const levelOf = (rank) => said?.results.get(rank)?.level ?? (search.categorie.length > 0 ? "offre" : "");
  const isAway = (rank) => isPlaced && said.results.get(rank).near === 0;
  const compare = orderOf(catalogue, search, asked, distances);
  const groups = GROUPS.map((group) => ({ ...group, ranks: [] }));
  for (const rank of found) {
    const held = { level: said === null ? "" : levelOf(rank), isAway: isAway(rank), isSure: sure[rank] === 1 };
    groups.find(({ holds }) => holds(held)).ranks.push(rank);
  }
  for (const list of [sector, ...groups.map(({ ranks }) => ranks)]) list.sort(compare);
  const counted = groups.filter(({ counts }) => counts).flatMap(({ ranks }) => ranks);
  const ofSure = counted.filter((rank) => sure[rank] === 1).length;
  return lazy(
    {
      found: groups.flatMap(({ ranks }) => ranks),
      groups: groups.filter(({ ranks }) => ranks.length > 0).map(({ key, counts, ranks }) => ({ key, counts, ranks })),
      sector,
      headline: { sure: ofSure, others: counted.length - ofSure },
      levelOf,
      isSure: (rank) => sure[rank] === 1,
      offersOf: (rank) => matching(catalogue, ground, misses, rank, said),
      said,
      distances,
      fresh: ground.fresh,
    },
    {
      counts: () => countsOf(catalogue, ground, asked, failures, misses, near, countedBy(catalogue, said)),
      hidden: () => new Set([...scarceOf(catalogue, base)].filter((key) => !inUse(search, key))),
      drop: () => (found.length > 0 ? [] : drops(catalogue, ground, search, asked, failures, misses)),
    },
  );
}

function countedBy(catalogue, said) {
  const marks = new Uint8Array(catalogue.size).fill(said === null ? 1 : 0);
  const of = (levels) => [...(said?.results ?? [])].filter(([, { level }]) => levels.has(level));
  const some = [ANSWERING, SPEAKING].map(of).find((list) => list.length > 0) ?? [];
  for (const [rank] of some) marks[rank] = 1;
  return marks;
}

// The offers of an enterprise that satisfy; where it is looked up or speaks of something, those that answer first.
function matching(catalogue, ground, misses, rank, said) {
  const own = catalogue.offersOf(rank).filter((offer) => misses[ground.unitOf[offer]] === 0);
  const answering = said?.results.get(rank)?.offers ?? [];
  return answering.length > 0 ? own.sort((one, other) => answering.includes(other) - answering.includes(one) || one - other) : own;
}

function distancesOf(catalogue, { place }, found) {
  if (!place) return new Map();
  return new Map(found.map((rank) => [rank, distanceTo(catalogue.json.entreprises, rank, place)]));
}

// Relevance is the order of the answer to the words; without words, distance from the place asked, else the French order of
// names, which is that of the data. Groups come first, whatever the order asked.
function orderOf(catalogue, search, { said, place }, distances) {
  const byName = (one, other) => one - other;
  const byDistance = (one, other) => distances.get(one) - distances.get(other) || one - other;
  if (search.tri === "fraicheur") {
    const { date } = catalogue.json.entreprises;
    return (one, other) => (date[one] < date[other] ? 1 : date[one] > date[other] ? -1 : one - other);
  }
  if (search.tri === "nom") return byName;
  if (search.tri === "distance" && place) return byDistance;
  if (said !== null) {
    const positions = new Map(said.ranked.map((rank, position) => [rank, position]));
    return (one, other) => positions.get(one) - positions.get(other);
  }
  return place ? byDistance : byName;
}

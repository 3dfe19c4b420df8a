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
import { kilometres } from "./data.js";
import { MULTIPLE } from "./query.js";

export const UNKNOWN_FORM = "a-preciser";
const ENOUGH = 5; // a facet is shown when it is known for one enterprise in five
const ANSWERS = ["oui", "non", "inconnu"];
const MONTHS = [6, 12, 24]; // ages of a verification that are proposed

// Facets of an offer, then of an enterprise: one bit each. Conformity takes one more bit per kind of document.
const [CATEGORY, SERVED, CONFIRMED] = [1, 2, 4];
const OFFER_BITS = { categorie: CATEGORY, dessert: SERVED, confirme: CONFIRMED };
const OF_ENTERPRISES = ["secteur", "mrc", "forme", "adhesion", "certification"];
const ENTERPRISE_FACETS = ["q", "secteur", "mrc", "forme", "adhesion", "certification", "depuis", "pres"];

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

// Add properties that are computed once, when they are first read.
function lazy(target, makers) {
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make();
        Object.defineProperty(target, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return target;
}

// What does not depend on the search, computed once. A « unit » is an offer, or an enterprise without offers.
function groundOf(catalogue) {
  const { memo, json, size } = catalogue;
  if (memo.has("ground")) return memo.get("ground");
  const { entreprises, offres } = json;
  const start = new Int32Array(size + 1);
  const most = offres.entreprise.length + size;
  const [category, area, confirmed] = [new Int32Array(most), new Int32Array(most), new Uint8Array(most)];
  const unitOf = new Int32Array(offres.entreprise.length);
  let unit = 0;
  for (let rank = 0; rank < size; rank += 1) {
    start[rank] = unit;
    for (let offer = catalogue.first[rank]; offer < catalogue.first[rank + 1]; offer += 1) {
      unitOf[offer] = unit;
      category[unit] = offres.categorie[offer];
      area[unit] = catalogue.areaOf(offer);
      confirmed[unit] = offres.confirmee[offer];
      unit += 1;
    }
    if (unit === start[rank]) {
      category[unit] = -1;
      area[unit] = entreprises.desserte[rank];
      confirmed[unit] = entreprises.confirmee[rank];
      unit += 1;
    }
  }
  start[size] = unit;
  const kinds = json.conformites.map(([code]) => code);
  const ground = { start, category, area, confirmed, unitOf, kinds, units: unit };
  ground.fresh = MONTHS.map((months) => monthsBefore(catalogue.day, months));
  lazy(ground, {
    places: () => {
      const everywhere = json.mrc.map((_, place) => place);
      return catalogue.areas.map((set) => (set === null ? everywhere : [...set]));
    },
    values: () => ({
      secteur: lists(entreprises.secteur, (main, rank) => [main, ...(entreprises.autres_secteurs[rank] || [])]),
      mrc: lists(entreprises.mrc, (all) => all),
      forme: lists(entreprises.forme, (value) => [value]),
      adhesion: lists(entreprises.adhesion, (value) => [value]),
      certification: lists(entreprises.certifications, (all) => all || []),
    }),
    conformity: () => kinds.map((_, kind) => Uint8Array.from(entreprises.conformite, (list) => answer(catalogue, list || [], kind))),
    // How many of the dates proposed are no later than that of the verification.
    ages: () => Uint8Array.from(entreprises.date, (date) => ground.fresh.filter((since) => date >= since).length),
  });
  memo.set("ground", ground);
  return ground;
}

// A list of known values for each enterprise, end to end: those of i are values[start[i]] to values[start[i + 1] - 1].
function lists(column, own) {
  const start = new Int32Array(column.length + 1);
  const values = [];
  for (let rank = 0; rank < column.length; rank += 1) {
    for (const value of own(column[rank], rank)) {
      let isNew = value >= 0;
      for (let place = start[rank]; place < values.length && isNew; place += 1) isNew = values[place] !== value;
      if (isNew) values.push(value);
    }
    start[rank + 1] = values.length;
  }
  return { start, values: Int32Array.from(values) };
}

function isSome({ start }, rank) {
  return start[rank + 1] > start[rank];
}

// One document in force is enough to say yes, whatever the others.
function answer(catalogue, documents, kind) {
  const own = documents.filter(([type]) => type === kind);
  if (own.length === 0) return 2;
  return own.some(([, until]) => catalogue.isCurrent(until)) ? 0 : 1;
}

export function monthsBefore(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate(); // of the month reached
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

function scarceOf(catalogue, ground) {
  if (catalogue.memo.has("scarce")) return catalogue.memo.get("scarce");
  const { size, json } = catalogue;
  const { entreprises } = json;
  const unknownForm = catalogue.form(UNKNOWN_FORM);
  const units = (rank, has) => {
    for (let unit = ground.start[rank]; unit < ground.start[rank + 1]; unit += 1) if (has(unit)) return true;
    return false;
  };
  const isKnown = {
    categorie: (rank) => units(rank, (unit) => ground.category[unit] >= 0),
    dessert: (rank) => units(rank, (unit) => ground.area[unit] >= 0),
    secteur: (rank) => isSome(ground.values.secteur, rank),
    mrc: (rank) => isSome(ground.values.mrc, rank),
    forme: (rank) => entreprises.forme[rank] >= 0 && entreprises.forme[rank] !== unknownForm,
    adhesion: (rank) => entreprises.adhesion[rank] >= 0,
    certification: (rank) => isSome(ground.values.certification, rank),
    conformite: (rank) => Boolean(entreprises.conformite[rank]) && entreprises.conformite[rank].length > 0,
    depuis: (rank) => entreprises.date[rank] !== "",
    pres: (rank) => entreprises.lat[rank] !== null,
  };
  for (const [kind, code] of ground.kinds.entries()) isKnown[`conformite:${code}`] = (rank) => ground.conformity[kind][rank] !== 2;
  const few = new Set();
  for (const [key, has] of Object.entries(isKnown)) {
    let count = 0;
    for (let rank = 0; rank < size; rank += 1) if (has(rank)) count += 1;
    if (count * ENOUGH < size) few.add(key);
  }
  const sure = ground.confirmed.subarray(0, ground.units).reduce((sum, value) => sum + value, 0);
  if (sure === 0 || sure === ground.units) few.add("confirme");
  catalogue.memo.set("scarce", few);
  return few;
}

function inUse(search, key) {
  const [facet, kind] = key.split(":");
  if (kind) return search.conformite.some((value) => value.startsWith(`${kind}:`));
  return Array.isArray(search[facet]) ? search[facet].length > 0 : Boolean(search[facet]);
}

// The choices as indices: facet -> Set, for those in use only. A value that the catalogue does not know finds nothing.
function readChoices(catalogue, ground, search, ranked) {
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
    ranked,
    place,
    radius: Number(search.rayon),
    since: search.depuis,
    bits: new Map(keys.map((key, rank) => [key, 1 << rank])),
  };
}

// For each enterprise, the facets of enterprises that it fails, as bits.
function failuresOf(catalogue, ground, { sets, ranked, place, radius, since, bits }) {
  const { size, json } = catalogue;
  const { entreprises } = json;
  const failures = new Int32Array(size);
  const fail = (key, isRight) => {
    const bit = bits.get(key);
    for (let rank = 0; rank < size; rank += 1) if (!isRight(rank)) failures[rank] |= bit;
  };
  if (ranked !== null) {
    const isAnswer = new Uint8Array(size);
    for (const rank of ranked) isAnswer[rank] = 1;
    fail("q", (rank) => isAnswer[rank] === 1);
  }
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

function distanceTo(entreprises, rank, place) {
  const [lat, lon] = [entreprises.lat[rank], entreprises.lon[rank]];
  const [, , , otherLat, otherLon] = place;
  if (lat === null || lon === null || typeof otherLat !== "number") return Infinity;
  return kilometres(lat, lon, otherLat, otherLon);
}

// For each unit, the facets of offers that it misses, as bits.
function missesOf(ground, { sets }) {
  const misses = new Uint8Array(ground.units);
  const { category, area, confirmed, places } = ground;
  const categories = sets.get("categorie");
  if (categories) for (let unit = 0; unit < ground.units; unit += 1) if (!categories.has(category[unit])) misses[unit] |= CATEGORY;
  const served = sets.get("dessert");
  if (served) {
    const reaches = Uint8Array.from(places, (list) => list.some((place) => served.has(place)));
    for (let unit = 0; unit < ground.units; unit += 1) if (area[unit] < 0 || !reaches[area[unit]]) misses[unit] |= SERVED;
  }
  const sure = sets.get("confirme");
  if (sure) for (let unit = 0; unit < ground.units; unit += 1) if (!sure.has(confirmed[unit])) misses[unit] |= CONFIRMED;
  return misses;
}

function countsOf(catalogue, ground, { bits }, failures, misses, near) {
  const { json } = catalogue;
  const numbers = (rows) => new Int32Array(rows.length);
  const tallies = {
    categorie: numbers(json.categories),
    dessert: numbers(json.mrc),
    confirme: new Int32Array(2),
    secteur: numbers(json.secteurs),
    mrc: numbers(json.mrc),
    forme: numbers(json.formes),
    adhesion: numbers(json.adhesions),
    certification: numbers(json.certifications),
    conformite: ground.kinds.map(() => new Int32Array(ANSWERS.length)),
    depuis: numbers(MONTHS),
  };
  tallyOffers(catalogue, ground, failures, misses, tallies);
  tallyEnterprises(ground, Int32Array.from(near), failures, bits, tallies);
  return named(catalogue, ground, tallies);
}

// An enterprise counts once for a value, however many of its offers have it: `seen` holds the last one counted.
function tallyOffers(catalogue, ground, failures, misses, tallies) {
  const { start, category, area, confirmed, places } = ground;
  const marks = (length) => new Int32Array(length).fill(-1);
  const seenCategory = marks(tallies.categorie.length);
  const seenArea = marks(places.length);
  const seenPlace = marks(tallies.dessert.length);
  const alone = new Int32Array(places.length); // enterprises whose only area is this one
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    if (failures[rank] !== 0) continue;
    let [sure, unsure] = [false, false];
    let [only, isMany] = [-1, false];
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      const missed = misses[unit];
      const kind = category[unit];
      if ((missed & ~CATEGORY) === 0 && kind >= 0 && seenCategory[kind] !== rank) {
        seenCategory[kind] = rank;
        tallies.categorie[kind] += 1;
      }
      const served = area[unit];
      if ((missed & ~SERVED) === 0 && served >= 0 && seenArea[served] !== rank) {
        seenArea[served] = rank;
        if (only >= 0) isMany = true;
        only = served;
      }
      if ((missed & ~CONFIRMED) === 0) {
        if (confirmed[unit] === 1) sure = true;
        else unsure = true;
      }
    }
    if (unsure) tallies.confirme[0] += 1;
    if (sure) tallies.confirme[1] += 1;
    if (!isMany) {
      if (only >= 0) alone[only] += 1;
      continue;
    }
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      if ((misses[unit] & ~SERVED) !== 0 || area[unit] < 0) continue;
      for (const place of places[area[unit]]) {
        if (seenPlace[place] === rank) continue;
        seenPlace[place] = rank;
        tallies.dessert[place] += 1;
      }
    }
  }
  for (const [served, count] of alone.entries()) if (count > 0) for (const place of places[served]) tallies.dessert[place] += count;
}

function tallyEnterprises(ground, ranks, failures, bits, tallies) {
  for (const key of OF_ENTERPRISES) {
    const { start, values } = ground.values[key];
    const others = ~bits.get(key);
    const numbers = tallies[key];
    for (let step = 0; step < ranks.length; step += 1) {
      const rank = ranks[step];
      if ((failures[rank] & others) !== 0) continue;
      for (let place = start[rank]; place < start[rank + 1]; place += 1) numbers[values[place]] += 1;
    }
  }
  for (const [kind, code] of ground.kinds.entries()) {
    const others = ~bits.get(`conformite:${code}`);
    const answers = ground.conformity[kind];
    const numbers = tallies.conformite[kind];
    for (let step = 0; step < ranks.length; step += 1) {
      const rank = ranks[step];
      if ((failures[rank] & others) === 0) numbers[answers[rank]] += 1;
    }
  }
  const others = ~bits.get("depuis");
  const { ages } = ground;
  for (let step = 0; step < ranks.length; step += 1) {
    const rank = ranks[step];
    // The oldest date proposed is the last: a recent verification is later than all.
    if ((failures[rank] & others) === 0) for (let age = 1; age <= ages[rank]; age += 1) tallies.depuis[MONTHS.length - age] += 1;
  }
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

function named(catalogue, ground, tallies) {
  const { json } = catalogue;
  const pairs = (rows, numbers) => new Map(rows.flatMap((row, rank) => (numbers[rank] > 0 ? [[row[0], numbers[rank]]] : [])));
  return {
    categorie: pairs(json.categories, tallies.categorie),
    dessert: pairs(json.mrc, tallies.dessert),
    confirme: pairs([["non"], ["oui"]], tallies.confirme),
    secteur: pairs(json.secteurs, tallies.secteur),
    mrc: pairs(json.mrc, tallies.mrc),
    forme: pairs(json.formes, tallies.forme),
    adhesion: pairs(json.adhesions, tallies.adhesion),
    certification: pairs(json.certifications, tallies.certification),
    conformite: new Map(
      ground.kinds.flatMap((code, kind) => [...pairs(ANSWERS.map((value) => [`${code}:${value}`]), tallies.conformite[kind])]),
    ),
    depuis: pairs(ground.fresh.map((since) => [since]), tallies.depuis),
  };
}

// The filters whose absence gives results: the fewest that stand between the search and an enterprise.
function drops(catalogue, ground, search, asked, failures, misses) {
  const used = filtersOf(search, asked);
  const ways = new Set();
  let fewest = Infinity;
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    for (let unit = ground.start[rank]; unit < ground.start[rank + 1]; unit += 1) {
      let [mask, size] = [0, 0];
      for (const [position, { bit, offerBit }] of used.entries()) {
        if ((failures[rank] & bit) === 0 && (misses[unit] & offerBit) === 0) continue;
        mask |= 1 << position;
        size += 1;
      }
      if (size > fewest) continue;
      if (size < fewest) ways.clear();
      fewest = size;
      ways.add(mask);
    }
  }
  const found = [...ways].map((mask) => {
    const filters = used.filter((_, position) => mask & (1 << position));
    const all = (name) => filters.reduce((bits, filter) => bits | filter[name], 0);
    const count = remaining(catalogue, ground, failures, misses, all("bit"), all("offerBit"));
    const [{ key, values }] = filters;
    return { filters: filters.map((filter) => ({ key: filter.key, values: filter.values })), key, value: values.length === 1 ? values[0] : "", count };
  });
  return found.sort((one, other) => other.count - one.count).slice(0, fewest > 1 ? 3 : used.length);
}

function filtersOf(search, { bits }) {
  const filters = [];
  const add = (key, values, name = key) => filters.push({ key, values, bit: bits.get(name) ?? 0, offerBit: OFFER_BITS[key] ?? 0 });
  if (search.q) add("q", [search.q]);
  for (const key of MULTIPLE) {
    if (key !== "conformite" && search[key].length > 0) add(key, search[key]);
  }
  for (const kind of new Set(search.conformite.map((value) => value.split(":")[0]))) {
    add("conformite", search.conformite.filter((value) => value.split(":")[0] === kind), `conformite:${kind}`);
  }
  if (search.depuis) add("depuis", [search.depuis]);
  if (search.pres) add("pres", [search.pres]);
  return filters;
}

function remaining(catalogue, ground, failures, misses, enterpriseMask, offerMask) {
  let count = 0;
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    if ((failures[rank] & ~enterpriseMask) !== 0) continue;
    for (let unit = ground.start[rank]; unit < ground.start[rank + 1]; unit += 1) {
      if ((misses[unit] & ~offerMask) !== 0) continue;
      count += 1;
      break;
    }
  }
  return count;
}

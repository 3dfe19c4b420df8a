// What to take away from a search that finds nothing.
import { CATEGORY, CONFIRMED, SERVED, WORDS } from "./judging.js";
import { MULTIPLE } from "./query.js";

const OFFER_BITS = { q: WORDS, categorie: CATEGORY, dessert: SERVED, confirme: CONFIRMED };

// The filters whose absence gives results: the fewest that stand between the search and an enterprise.
export function drops(catalogue, ground, search, asked, failures, misses) {
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

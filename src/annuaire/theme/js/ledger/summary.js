// What a ledger says once its suppliers are known: shares, categories, territories. Only confirmed suppliers are counted as
// collective; each line goes to one category and one territory, so that sums are those of the lines. Pure.
import { CONFIRMED, OUTSIDE, PENDING } from "./suppliers.js";

export const [SEVERAL, NO_OFFER, NO_PLACE] = ["Plusieurs catégories offertes, l’objet ne départage pas", "Aucune offre inscrite à la fiche", "Territoire inconnu"];

// `suppliers`: [{cents, lines, status, rank}]; `lines`: those of the ledger; `firms`: see `createFirms`; `categoryOf(line, rank)`: the
// rank of a category, or one of the words above. Give {total, confirmed, pending, outside: {cents, lines, suppliers}, share (0 to
// 1, null when it means nothing), categories, territories: [{label, cents, lines, suppliers}], days: [first, last]}.
export function summarise({ suppliers, lines, firms, categoryLabel, categoryOf }) {
  const parts = { total: nothing(), [CONFIRMED]: nothing(), [PENDING]: nothing(), [OUTSIDE]: nothing() };
  const [categories, territories] = [new Map(), new Map()];
  for (const supplier of suppliers) {
    for (const part of [parts.total, parts[supplier.status]]) add(part, supplier.cents, supplier.lines.length);
    if (supplier.status !== CONFIRMED) continue;
    const territory = firms.mrcTitle(firms.firm(supplier.rank).mrc) || NO_PLACE;
    add(labelled(territories, territory), supplier.cents, supplier.lines.length, supplier.key);
    for (const line of supplier.lines) add(labelled(categories, categoryLabel(categoryOf(lines[line], supplier.rank))), lines[line].cents, 1, supplier.key);
  }
  let [first, last] = ["", ""];
  for (const { day } of lines) {
    if (day === "") continue;
    if (first === "" || day < first) first = day;
    if (day > last) last = day;
  }
  const counted = ({ cents, lines: count, suppliers: number, keys }) => ({ cents, lines: count, suppliers: number || keys.size });
  const rows = (map) => [...map].map(([label, part]) => ({ label, ...counted(part) })).sort((one, other) => other.cents - one.cents || (one.label < other.label ? -1 : 1));
  return {
    total: counted(parts.total),
    confirmed: counted(parts[CONFIRMED]),
    pending: counted(parts[PENDING]),
    outside: counted(parts[OUTSIDE]),
    share: shareOf(parts[CONFIRMED].cents, parts.total.cents),
    categories: rows(categories),
    territories: rows(territories),
    days: first === "" ? [] : [first, last],
  };
}

// Of credits beyond the purchases, no share means anything.
export function shareOf(part, whole) {
  return whole > 0 && part >= 0 && part <= whole ? part / whole : null;
}

function nothing() {
  return { cents: 0, lines: 0, suppliers: 0, keys: new Set() };
}

function labelled(map, label) {
  if (!map.has(label)) map.set(label, nothing());
  return map.get(label);
}

// A supplier comes once in a part of the whole; under a category it comes with each of its lines, by its `key`.
function add(part, cents, count, key = null) {
  part.cents += cents;
  part.lines += count;
  if (key === null) part.suppliers += 1;
  else part.keys.add(key);
}

// What was worked out from values that have changed since (a point of the map, from an address) is taken out of a record,
// as annuaire.catalogue.derived does: which values come from which is said in the schema.
import { fold } from "../common/names.js";

export function withoutStale(before, values, knowledge) {
  const kept = { ...values };
  for (const [key, table] of knowledge.children) {
    const derived = table.own.filter(({ derivedFrom }) => derivedFrom.length > 0);
    if (derived.length === 0 || !Array.isArray(values[key]) || !Array.isArray(before[key])) continue;
    kept[key] = values[key].map((item) => {
      const held = derived.filter(({ path: [name] }) => name in item);
      const same = held.length > 0 ? before[key].filter((other) => held.every(({ path: [name] }) => other[name] === item[name])) : [];
      if (same.length === 0 || same.some((other) => agree(other, item, held[0].derivedFrom, knowledge.derived))) return item;
      const names = new Set(held.map(({ path: [name] }) => name));
      return Object.fromEntries(Object.entries(item).filter(([name]) => !names.has(name)));
    });
  }
  return kept;
}

function agree(before, after, names, patterns) {
  return names.every((name) => before[name] === undefined || keyOf(before[name], patterns) === keyOf(after[name], patterns));
}

function keyOf(value, { dedans, saint }) {
  if (typeof value !== "string") return "";
  const words = (fold(value).match(/[a-z0-9]+/g) ?? []).join(" ");
  return words.replace(saint.all, "st").replace(dedans.one, "");
}

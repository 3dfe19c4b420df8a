// How complete a record is, from the weights of the schema: a part counts as soon as it holds something.
import { at, listAt } from "./lay.js";

export function completenessOf(values, knowledge) {
  let found = 0;
  const missing = [];
  const secrets = knowledge.rules.confidentiality?.secrets ?? [];
  for (const table of [knowledge.root, ...knowledge.children.values()]) {
    for (const field of table.own) {
      if (!field.weight || (table.key === "etablissements" && secrets.includes(field.name) && values.adresse_confidentielle === "oui")) continue;
      const holders = table.key ? listAt(values, table.key) : [values];
      if (holders.some((holder) => isFilled(at(holder, field.path)))) found += field.weight;
      else missing.push({ table: table.key, field, weight: field.weight });
    }
  }
  const total = found + missing.reduce((sum, { weight }) => sum + weight, 0);
  missing.sort((one, other) => other.weight - one.weight);
  return { score: total ? Math.floor((100 * found) / total) : 100, missing, isCounted: total > 0 };
}

function isFilled(value) {
  return typeof value === "string" ? value.trim() !== "" : Array.isArray(value) && value.length > 0;
}

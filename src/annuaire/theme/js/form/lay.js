// A record's values laid beside the schema: each value with its field and its place, and what is required and absent.
import { owns } from "../common/plain.js";
export function lay(values, knowledge) {
  const cells = [];
  const findings = [];
  mapping(values, knowledge.root, []);
  for (const [key, table] of knowledge.children) {
    const items = values[key];
    if (Array.isArray(items)) {
      if (table.maximum && items.length > table.maximum) {
        findings.push({ code: "liste-trop-longue", path: [key], values: { champ: key, nombre: String(items.length), maximum: String(table.maximum) } });
      }
      items.slice(0, table.maximum || undefined).forEach((item, index) => isMapping(item) && mapping(item, table, [key, index]));
    } else if (items === undefined && table.required) {
      findings.push({ code: "champ-manquant", path: [], at: [key], values: { champ: key, exemple: `${key}: [{${first(table)}}]` } });
    }
  }
  return { cells, findings };

  function mapping(item, table, path) {
    for (const field of table.own) {
      const value = at(item, field.path);
      const here = [...path, ...field.path];
      if (field.isList ? isTexts(value) : typeof value === "string" && value !== "") cells.push({ field, path: here, value });
      else if (value === undefined && field.required) findings.push(missing(field, path, item));
    }
  }
}

export function at(value, path) {
  let found = value;
  for (const step of path) {
    if (found === null || typeof found !== "object" || !owns(found, step)) return undefined;
    found = found[step];
  }
  return found;
}

// The text at a place, or an empty text where there is none.
export function textAt(value, ...path) {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
}

export function listAt(value, key) {
  const found = at(value, [key]);
  return Array.isArray(found) ? found : [];
}

function isMapping(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isTexts(value) {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && item !== "");
}

function missing(field, path, item) {
  const line = `${field.path.at(-1)}: ${field.example}`;
  const values = { champ: field.path.join("."), exemple: line };
  const where = [...path, ...field.path];
  if (field.path.length === 1) return { code: "champ-manquant", path, at: where, values };
  const [group] = field.path;
  if (isMapping(item[group])) return { code: "champ-manquant", path: [...path, group], at: where, values };
  return { code: "champ-manquant", path, at: where, values: { ...values, exemple: `${group}: {${line}}` } };
}

function first(table) {
  const field = table.own.find(({ required }) => required) ?? table.own.at(-1);
  return `${field.path[0]}: ${field.example}`;
}

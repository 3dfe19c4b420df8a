// What the form holds: the values of the record itself, and the items of each of its lists, which keep the rank they had
// in the text that the form started from (0 for a new one) and a name of their own while they move.
import { copied } from "../common/plain.js";

let count = 0;

export function createState(values, knowledge, isNew = false) {
  const items = {};
  for (const key of knowledge.children.keys()) {
    items[key] = (Array.isArray(values[key]) ? values[key] : []).map((item, index) => newItem(copied(item), isNew ? 0 : index + 1));
  }
  const root = Object.fromEntries(Object.entries(copied(values)).filter(([key]) => !knowledge.children.has(key)));
  return { root, items };
}

export function newItem(values = {}, rank = 0) {
  count += 1;
  return { uid: `u${count}`, rank, values };
}

// The record as it would be read from its file.
export function valuesOf({ root, items }, knowledge) {
  const values = {};
  for (const key of new Set([...knowledge.order, ...Object.keys(root)])) {
    if (key in root) values[key] = root[key];
    else if (items[key]?.length > 0) values[key] = items[key].map((item) => item.values);
  }
  return values;
}

export function ranksOf({ items }) {
  return Object.fromEntries(Object.entries(items).map(([key, list]) => [key, list.map(({ rank }) => rank)]));
}

// Write a value at its place; an empty one is taken away, and its group with it when nothing else is there.
export function setValue(values, [first, second], value) {
  const isEmpty = value === "" || value.length === 0;
  if (second === undefined) {
    if (isEmpty) delete values[first];
    else values[first] = value;
    return;
  }
  const group = values[first] ?? {};
  if (isEmpty) delete group[second];
  else group[second] = value;
  if (Object.keys(group).length === 0) delete values[first];
  else values[first] = group;
}

export function toDraft({ root, items }) {
  return { root, items: Object.fromEntries(Object.entries(items).map(([key, list]) => [key, list.map(({ rank, values }) => [rank, values])])) };
}

// Take up what the browser kept; throw when a value has not the kind of its field, which would stop the form later on.
export function fromDraft({ root, items }, knowledge) {
  const found = { root: ofItsKind(root, knowledge.root), items: {} };
  for (const [key, table] of knowledge.children) found.items[key] = (items[key] ?? []).map(([rank, values]) => newItem(ofItsKind(values, table), rank));
  return found;
}

function ofItsKind(values, { byPath }) {
  const isText = (value) => typeof value === "string";
  for (const [path, field] of byPath) {
    const [first, second] = path.split(".");
    const value = second === undefined ? values[first] : values[first]?.[second];
    if (value === undefined) continue;
    if (field.isList ? !Array.isArray(value) || !value.every(isText) : !isText(value)) throw new TypeError(path);
  }
  return values;
}

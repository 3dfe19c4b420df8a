// What the form would change in a record, and the text that says it: read by people and by `annuaire apply`.
import { NBSP } from "../common/french.js";
import { sha256 } from "../common/sha256.js";
import { attaching } from "./images.js";
import { at } from "./lay.js";
import { NEW } from "./reference.js";
import { correction } from "../../../data/communs.json";

const { confirme, longueurDeBase, nouveau, qui, remplaces, separateur, version } = correction;

// The changes from one set of values to another, in the order of the schema. `ranks` as in record.js.
export function changesOf(before, after, ranks, knowledge) {
  const changes = [];
  const fields = (table, path, one, other, place = {}) => {
    for (const field of table.own) {
      const [old, value] = [at(one, field.path), at(other, field.path)];
      if (written(old) !== written(value)) changes.push({ path: [...path, ...field.path], label: field.title, ...place, field, before: old, after: value });
    }
  };
  for (const key of keysOf(knowledge)) {
    const table = knowledge.children.get(key);
    if (!table) {
      fields(knowledge.root, [], only(before, key), only(after, key));
      continue;
    }
    const old = before[key] ?? [];
    const items = after[key] ?? [];
    const order = items.map((_, index) => ranks[key]?.[index] ?? 0);
    const names = named(order);
    if (order.length !== old.length || order.some((rank, index) => rank !== index + 1)) {
      changes.push({ path: [key], label: "Ordre", table: key, order: names, before: old, after: items });
    }
    items.forEach((item, index) => fields(table, [key, names[index]], old[order[index] - 1] ?? {}, item, { table: key, rank: index + 1 }));
  }
  return changes;
}

// The text of the message, as the contract between the form and `annuaire apply` has it. `sender` says who writes, and
// `confirmed` what is confirmed (see confirmation.js); either may be empty.
export function composeText({ reference, nom, kind = "", base, changes, sender = "", confirmed = "" }) {
  const isNew = base === NEW;
  const named = kind ? `${quoted(nom)} (${kind})` : quoted(nom);
  const introduction = isNew
    ? `Voici une nouvelle fiche pour le répertoire${NBSP}: ${named}.`
    : changes.length > 0
      ? `Voici ce que je propose de changer dans la fiche ${named}.`
      : `Je confirme ce que dit la fiche ${named}.`;
  const head = `[annuaire ${version}] fiche ${reference}, base ${base}`;
  const said = [["Qui écrit", qui, sender], ["Ce qui est confirmé", confirme, confirmed]].filter(([, , value]) => value);
  const lines = [...said.map(([label, path, value]) => `• ${label} [${path}]${NBSP}: ${quoted(value)}`), ...changes.map((change) => lineOf(change, isNew))];
  const control = sha256(collapse([head, ...lines].join("\n"))).slice(0, longueurDeBase);
  const files = attaching(changes);
  return `Bonjour,\n\n${introduction}\n${files && `${files}\n`}\n${[head, ...lines, `[fin] contrôle ${control}`].join("\n")}\n`;
}

export function baseOf(text) {
  return sha256(text).slice(0, longueurDeBase);
}

// The whole record as a file to send: its last line says what it started from, so that who accepts it undoes no later
// change. A record that was downloaded before may still hold such a line.
export function fileOf({ reference, base, text, sender = "" }) {
  return `${text.replace(/^# annuaire [0-9]+, fiche .*\n/gm, "")}# annuaire ${version}, fiche ${reference}, base ${base}${sender && `, ${sender}`}\n`;
}

// A value in one line, as it stands between guillemets.
function escaped(value) {
  const text = Array.isArray(value) ? value.join(separateur) : value;
  return Object.entries(remplaces).reduce((written, [character, sign]) => written.replaceAll(character, sign), text);
}

function lineOf({ path, label, order, before, after }, isNew) {
  const head = `• ${label} [${path.join(".")}]${NBSP}: `;
  if (order) return head + (order.length > 0 ? quoted(order.join(", ")) : "retiré");
  const was = before === undefined || isNew ? "" : ` (était ${quoted(brief(escaped(before)))})`;
  return head + (after === undefined ? "retiré" : quoted(escaped(after))) + was;
}

// What stands after « était » is for people: the start of a long text is enough.
function brief(text) {
  return text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text;
}

function quoted(text) {
  return `«${NBSP}${text}${NBSP}»`;
}

function collapse(text) {
  return text.replace(/\s+/gu, " ").trim();
}

// Items by their rank in the base record, new ones by their order among themselves.
export function named(order) {
  let count = 0;
  return order.map((rank) => (rank ? String(rank) : `${nouveau} ${(count += 1)}`));
}

function keysOf({ order }) {
  return [...new Set(order)];
}

function only(values, key) {
  return key in values ? { [key]: values[key] } : {};
}

function written(value) {
  return value === undefined ? "" : JSON.stringify(value);
}

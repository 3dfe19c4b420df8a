// The buyer's selections, kept in this browser only: several named lists, one of them current. What is read is never
// trusted (another page, an extension or a hand may have written it): only what has the right shape comes out.
//
// Every bundle of a page has its own copy of this module; they agree through the storage and one event.
import { VIEWS, format, parse } from "../catalogue/query.js";
import { LEVELS } from "../results/wording.js";
import { SLUG } from "../slug.js";
import { copied } from "../plain.js";

const KEY = "annuaire-selections";
const CHANGED = "annuaire-selections";
const FORMAT = 1;
const DEFAULT_NAME = "Ma sélection";
const ID = /^[a-z0-9]{1,32}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

export const MOST_LISTS = 40;
export const MOST_ENTERPRISES = 500; // in one list
export const LONGEST_NAME = 80; // of a list

const LONGEST_SLUG = 200;
const LONGEST_ENTERPRISE = 300;
const LONGEST_TEXT = 2_000_000; // characters read back
const LONGEST_NEED = 200;
const LONGEST_SEARCH = 4000; // characters of an address
const MOST_NAMES = 9; // that one enterprise had when it was chosen

let seen = { raw: undefined, state: { courante: "", listes: [] } };

// Where the browser refuses to store, the bundles of one page share this; it goes with the page.
const memory = (globalThis[Symbol.for(KEY)] ??= { raw: null, refused: false });

function readRaw() {
  if (memory.refused) return memory.raw;
  try {
    return localStorage.getItem(KEY);
  } catch {
    memory.refused = true;
    return memory.raw;
  }
}

function writeRaw(raw) {
  memory.raw = raw;
  if (!memory.refused) {
    try {
      if (raw === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, raw);
    } catch {
      memory.refused = true; // full or forbidden: the page goes on, and says that nothing is kept
    }
  }
  globalThis.dispatchEvent(new CustomEvent(CHANGED));
}

// One line of plain text: no control, no mark that turns the direction of what follows.
export function plain(text, most) {
  const clean = String(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return [...clean].slice(0, most).join("");
}

function readItem(item) {
  if (item === null || typeof item !== "object" || typeof item.slug !== "string") return null;
  if (item.slug.length > LONGEST_SLUG || !SLUG.test(item.slug)) return null;
  const nom = typeof item.nom === "string" ? plain(item.nom, LONGEST_ENTERPRISE) : "";
  const read = { slug: item.slug, nom: nom || item.slug, ajoutee: instant(item.ajoutee) };
  const besoin = typeof item.besoin === "string" ? plain(item.besoin, LONGEST_NEED) : "";
  if (besoin) read.besoin = besoin;
  if (typeof item.niveau === "string" && LEVELS[item.niveau]) read.niveau = item.niveau;
  const recherche = typeof item.recherche === "string" ? readSearch(item.recherche) : "";
  if (recherche) read.recherche = recherche;
  const avant = Array.isArray(item.avant) ? item.avant.filter((name) => typeof name === "string").map((name) => plain(name, LONGEST_ENTERPRISE)) : [];
  return avant.some(Boolean) ? { ...read, avant: [...new Set(avant.filter(Boolean))].slice(0, MOST_NAMES) } : read;
}

// A search as its one writing, whatever its view.
function readSearch(text) {
  return format({ ...parse(new URLSearchParams(text.slice(0, LONGEST_SEARCH))), vue: VIEWS[0] });
}

function instant(value) {
  return typeof value === "string" && INSTANT.test(value) ? value : "";
}

function readList(list) {
  if (list === null || typeof list !== "object" || typeof list.id !== "string" || !ID.test(list.id)) return null;
  const fiches = [];
  const slugs = new Set();
  for (const found of Array.isArray(list.fiches) ? list.fiches.slice(0, MOST_ENTERPRISES) : []) {
    const item = readItem(found);
    if (!item || slugs.has(item.slug)) continue;
    slugs.add(item.slug);
    fiches.push(item);
  }
  const nom = typeof list.nom === "string" ? plain(list.nom, LONGEST_NAME) : "";
  return { id: list.id, nom: nom || DEFAULT_NAME, creee: instant(list.creee), fiches };
}

function readState(raw) {
  const empty = { courante: "", listes: [] };
  if (!raw || raw.length > LONGEST_TEXT) return empty;
  let value;
  try {
    value = JSON.parse(raw);
  } catch {
    return empty; // not ours, or cut short: there is nothing to show
  }
  if (value === null || typeof value !== "object" || value.format !== FORMAT || !Array.isArray(value.listes)) return empty;
  const listes = [];
  for (const found of value.listes.slice(0, MOST_LISTS)) {
    const list = readList(found);
    if (list && !listes.some(({ id }) => id === list.id)) listes.push(list);
  }
  const courante = listes.some(({ id }) => id === value.courante) ? value.courante : (listes[0]?.id ?? "");
  return { courante, listes };
}

// Another tab may have written since: the text is read again each time, and understood again when it changed.
function state() {
  const raw = readRaw();
  if (raw !== seen.raw) seen = { raw, state: readState(raw) };
  return seen.state;
}

function change(edit) {
  const copy = copied(state());
  const answer = edit(copy);
  if (answer === false) return false;
  if (!copy.listes.some(({ id }) => id === copy.courante)) copy.courante = copy.listes[0]?.id ?? "";
  writeRaw(copy.listes.length === 0 ? null : JSON.stringify({ format: FORMAT, ...copy }));
  return answer;
}

function newList(nom) {
  const id = (Date.now().toString(36) + Math.random().toString(36).slice(2, 10)).slice(0, 32);
  return { id, nom: plain(nom, LONGEST_NAME) || DEFAULT_NAME, creee: new Date().toISOString(), fiches: [] };
}

function currentOf(copy) {
  let list = copy.listes.find(({ id }) => id === copy.courante);
  if (!list) {
    list = newList(DEFAULT_NAME);
    copy.listes.push(list);
    copy.courante = list.id;
  }
  return list;
}

// Tell whether what is chosen outlives the page: false where the browser refuses to store.
export function isKept() {
  state();
  return !memory.refused;
}

// Every list, oldest first: [{id, nom, creee, fiches: [{slug, nom, ajoutee, besoin, niveau, recherche, avant}]}]. If there are any:
// `besoin` is the need that it was kept for, in words that the answer engine reads; `niveau`, at which level it answered
// then (common/answer/answer.js); `recherche`, the search that found it, as an address writes it (common/catalogue/query.js);
// `avant` names what was chosen when the record has been renamed or merged since.
export function lists() {
  return copied(state().listes);
}

// The list that « Ajouter » adds to; before the first one is made, an empty list without an id.
export function current() {
  const { courante, listes } = state();
  const list = listes.find(({ id }) => id === courante);
  return list ? copied(list) : { id: "", nom: DEFAULT_NAME, creee: "", fiches: [] };
}

// Tell whether an enterprise is in the current list.
export function has(slug) {
  const { courante, listes } = state();
  return listes.find(({ id }) => id === courante)?.fiches.some((item) => item.slug === slug) ?? false;
}

// Count the enterprises of the current list.
export function size() {
  const { courante, listes } = state();
  return listes.find(({ id }) => id === courante)?.fiches.length ?? 0;
}

// Add several enterprises ({slug, nom, besoin, niveau, recherche}) to the current list; give how many it did not have and could
// still hold.
export function addAll(items) {
  const ajoutee = new Date().toISOString();
  return (
    change((copy) => {
      const list = currentOf(copy);
      const known = new Set(list.fiches.map(({ slug }) => slug));
      let added = 0;
      for (const found of items) {
        const item = readItem({ ...found, ajoutee });
        if (!item || known.has(item.slug) || list.fiches.length >= MOST_ENTERPRISES) continue;
        known.add(item.slug);
        list.fiches.push(item);
        added += 1;
      }
      return added > 0 ? added : false;
    }) || 0
  );
}

// Add one enterprise to the current list; false when it was there already or when the list is full.
export function add(item) {
  return addAll([item]) === 1;
}

// Take an enterprise out of the current list.
export function remove(slug) {
  return change((copy) => {
    const list = copy.listes.find(({ id }) => id === copy.courante);
    const rank = list?.fiches.findIndex((item) => item.slug === slug) ?? -1;
    if (rank < 0) return false;
    list.fiches.splice(rank, 1);
    return true;
  });
}

// Let every list follow the records renamed or merged since, with what a catalogue says of their old slugs. Two that
// became one are one, at the first one's place; the names chosen are kept, and the first need.
export function follow({ presentOf, indexOf, json }) {
  const isOld = (slug) => indexOf(slug) < 0 && presentOf(slug) !== "";
  if (!state().listes.some(({ fiches }) => fiches.some(({ slug }) => isOld(slug)))) return;
  change((copy) => {
    for (const list of copy.listes) {
      const kept = new Map();
      for (const item of list.fiches) {
        const slug = isOld(item.slug) ? presentOf(item.slug) : item.slug;
        const followed = slug === item.slug ? item : { ...item, slug, nom: json.entreprises.nom[indexOf(slug)], avant: [...(item.avant ?? []), item.nom] };
        const first = kept.get(slug);
        if (first) {
          first.avant = [...(first.avant ?? []), ...(followed.avant ?? [])];
          if (!first.besoin && followed.besoin) Object.assign(first, { besoin: followed.besoin, niveau: followed.niveau, recherche: followed.recherche });
        }
        else kept.set(slug, followed);
      }
      list.fiches = [...kept.values()];
    }
    return true;
  });
}

// Move an enterprise of the current list up (-1) or down (1).
export function move(slug, step) {
  return change((copy) => {
    const list = copy.listes.find(({ id }) => id === copy.courante);
    const rank = list?.fiches.findIndex((item) => item.slug === slug) ?? -1;
    const target = rank + step;
    if (rank < 0 || target < 0 || target >= list.fiches.length) return false;
    const [item] = list.fiches.splice(rank, 1);
    list.fiches.splice(target, 0, item);
    return true;
  });
}

// Make a list of what another browser kept ({nom, fiches}), which becomes the current one. Nothing of it is trusted: only what has
// the right shape is taken. Give {kept, left}, how many enterprises were and were not, or false when there are too many lists.
export function receive({ nom, fiches }) {
  const found = Array.isArray(fiches) ? fiches : [];
  return change((copy) => {
    if (copy.listes.length >= MOST_LISTS) return false;
    const list = readList({ ...newList(typeof nom === "string" ? nom : ""), fiches: found });
    copy.listes.push(list);
    copy.courante = list.id;
    return { kept: list.fiches.length, left: found.length - list.fiches.length };
  });
}

// Make a list, which becomes the current one; give its id, or false when there are too many.
export function create(nom) {
  return change((copy) => {
    if (copy.listes.length >= MOST_LISTS) return false;
    const list = newList(nom);
    copy.listes.push(list);
    copy.courante = list.id;
    return list.id;
  });
}

export function rename(id, nom) {
  return change((copy) => {
    const list = copy.listes.find((one) => one.id === id);
    const name = plain(nom, LONGEST_NAME);
    if (!list || !name) return false;
    list.nom = name;
    return true;
  });
}

export function erase(id) {
  return change((copy) => {
    const rank = copy.listes.findIndex((one) => one.id === id);
    if (rank < 0) return false;
    copy.listes.splice(rank, 1);
    return true;
  });
}

export function choose(id) {
  return change((copy) => {
    if (!copy.listes.some((one) => one.id === id) || copy.courante === id) return false;
    copy.courante = id;
    return true;
  });
}

// Call `changed` whenever the lists change, in this page or in another tab; give what stops it.
export function subscribe(changed) {
  const elsewhere = (event) => {
    if (event.key === KEY || event.key === null) changed();
  };
  globalThis.addEventListener(CHANGED, changed);
  globalThis.addEventListener("storage", elsewhere);
  return () => {
    globalThis.removeEventListener(CHANGED, changed);
    globalThis.removeEventListener("storage", elsewhere);
  };
}

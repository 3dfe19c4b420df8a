// What the buyer types in the purchase file, kept in this browser so that a reload loses nothing. Texts only, read with
// distrust, the oldest forgotten first; where the browser refuses to store, it lasts as long as the page.
const KEY = "annuaire-brouillons";
const FORMAT = 1;
const MOST = 40; // drafts
const LONGEST = 4000; // characters of one text
const MOST_FIELDS = 2000; // of one draft: two for each enterprise of a record
const LONGEST_TEXT = 2_000_000;

let memory = null; // once storing was refused

function readAll() {
  if (memory) return memory;
  let raw;
  try {
    raw = localStorage.getItem(KEY);
  } catch {
    memory = {};
    return memory;
  }
  if (!raw || raw.length > LONGEST_TEXT) return {};
  let value;
  try {
    value = JSON.parse(raw);
  } catch {
    return {}; // not ours, or cut short
  }
  if (value === null || typeof value !== "object" || value.format !== FORMAT || !Array.isArray(value.brouillons)) return {};
  const drafts = Object.create(null);
  for (const found of value.brouillons.slice(-MOST)) {
    if (!Array.isArray(found) || typeof found[0] !== "string" || found[1] === null || typeof found[1] !== "object") continue;
    drafts[found[0]] = texts(found[1]);
  }
  return drafts;
}

function texts(value) {
  const kept = Object.entries(value).filter(([, text]) => typeof text === "string" && text !== "");
  return Object.fromEntries(kept.slice(0, MOST_FIELDS).map(([key, text]) => [key, text.slice(0, LONGEST)]));
}

// Give a draft, an object of texts; empty when there is none.
export function readDraft(name) {
  const draft = readAll()[name];
  return draft ? { ...draft } : {};
}

// Keep a draft; an empty one is forgotten.
export function writeDraft(name, draft) {
  const drafts = readAll();
  delete drafts[name];
  const kept = texts(draft);
  if (Object.keys(kept).length > 0) drafts[name] = kept; // last: the first are forgotten
  const brouillons = Object.entries(drafts).slice(-MOST);
  if (!memory) {
    try {
      if (brouillons.length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify({ format: FORMAT, brouillons }));
      return;
    } catch {
      // full or forbidden: kept as long as the page
    }
  }
  memory = Object.fromEntries(brouillons);
}

// What is typed in the form, kept in this browser so that a reload or a closed tab loses nothing. The last ones only;
// where the browser refuses to store, the page alone holds it, and leaving warns.
const KEY = "annuaire-formulaire";
const FORMAT = 1;
const MOST = 12;

function readAll() {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return value?.format === FORMAT && Array.isArray(value.brouillons) ? value.brouillons.filter(isDraft) : [];
  } catch {
    return []; // refused, not ours, or cut short
  }
}

function isDraft(found) {
  return Array.isArray(found) && typeof found[0] === "string" && isObject(found[1]) && isObject(found[1].root) && isObject(found[1].items) && typeof found[1].texte === "string";
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function readDraft(name) {
  return readAll().find(([known]) => known === name)?.[1] ?? null;
}

export function listDrafts() {
  return readAll().map(([name, draft]) => ({ name, title: typeof draft.nom === "string" ? draft.nom : "" }));
}

export function forgetDraft(name) {
  write(readAll().filter(([known]) => known !== name));
}

export function writeDraft(name, draft) {
  write([...readAll().filter(([known]) => known !== name), [name, draft]].slice(-MOST));
}

function write(brouillons) {
  try {
    if (brouillons.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ format: FORMAT, brouillons }));
  } catch {
    // full or forbidden
  }
}

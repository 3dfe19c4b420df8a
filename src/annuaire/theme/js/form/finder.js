// Find a record by its name: every word typed must begin a word of the name, whatever its accents. Enterprises come first,
// then what other collections have, each with what it is.
import { element } from "../common/element.js";
import { plural } from "../common/french.js";
import { listDrafts } from "./drafts.js";
import { fold } from "../common/names.js";
import { NEW, kindOf, parted, referenceOf } from "./reference.js";

const MOST = 8; // of each collection

// `reading` promises the collections that anybody corrects: their words (`nom`, `un`, `feminin`) and their records (`fiches`).
export async function startFinder(section, reading) {
  const input = section.querySelector("[data-find-name]");
  const rows = section.querySelector("[data-find-rows]");
  const said = section.querySelector("[data-find-said]");
  let known = null;

  function show() {
    if (known === null) return;
    const asked = words(input.value);
    const isFound = (record) => asked.every((word) => record.words.some((other) => other.startsWith(word)));
    const found = known.map(({ kind, records }) => ({ kind, records: asked.length === 0 ? [] : records.filter(isFound) }));
    rows.replaceChildren(...found.flatMap(({ kind, records }) => records.slice(0, MOST).map((record) => rowOf(record, kind))));
    const [count, shown] = [found.reduce((sum, { records }) => sum + records.length, 0), rows.children.length];
    if (asked.length === 0) said.textContent = "";
    else if (count === 0) said.textContent = "Aucune fiche ne porte ce nom. Essayez un seul mot, ou ajoutez-la.";
    else if (count > shown) said.textContent = `${plural(count, "fiche trouvée", "fiches trouvées")}; en voici ${shown}. Ajoutez un mot pour préciser.`;
    else said.textContent = `${plural(count, "fiche trouvée", "fiches trouvées")}.`;
  }

  input.addEventListener("input", show);
  section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    rows.querySelector("a")?.focus();
  });
  section.hidden = false;
  showDrafts(section.querySelector("[data-drafts]"));
  const collections = await reading;
  known = collections.map(({ nom: folder, un, fiches }) => {
    const kind = kindOf({ name: folder, one: un });
    return { kind, records: fiches.map(([slug, nom, where]) => ({ name: referenceOf(folder, slug), nom, where, words: words(`${nom} ${where} ${kind}`) })) };
  });
  tellOthers(section.querySelector("[data-find-new]"), collections.slice(1));
  show(); // what was typed meanwhile
}

// What else may be added, folded: it may come while a finger is down, and nothing that it is on moves.
function tellOthers(place, others) {
  place.append(...others.map(({ nom, un, feminin }) => element("li", "", linkTo(referenceOf(nom, ""), `Ajouter ${feminin ? "une" : "un"} ${un}`))));
}

function rowOf({ name, nom, where }, kind) {
  return element("li", "", linkTo(name, nom), " ", element("span", "quiet", [kind, where].filter(Boolean).join(", ")));
}

function showDrafts(place) {
  const drafts = listDrafts();
  place.hidden = drafts.length === 0;
  place.querySelector("ul").replaceChildren(...drafts.map(({ name, title }) => element("li", "", linkTo(name, title || "Nouvelle fiche"))));
}

// `name` is that of a draft, or a reference: the name of a new record says its collection alone.
function linkTo(name, title) {
  const link = element("a", "", title);
  const { collection, slug } = parted(name);
  const asked = encodeURIComponent(name).replaceAll("%2F", "/");
  link.href = name === NEW ? "?nouvelle" : slug ? `?fiche=${asked}` : `?nouvelle=${encodeURIComponent(collection)}`;
  return link;
}

function words(text) {
  return fold(text).match(/[a-z0-9]+/g) ?? [];
}

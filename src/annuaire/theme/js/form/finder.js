// Find one's enterprise by its name: every word typed must begin a word of the name, whatever its accents.
import { element } from "../common/element.js";
import { plural } from "../common/french.js";
import { NEW } from "./changes.js";
import { listDrafts } from "./drafts.js";
import { fold } from "../common/names.js";

const MOST = 8;

export function startFinder(section, records) {
  const input = section.querySelector("[data-find-name]");
  const rows = section.querySelector("[data-find-rows]");
  const said = section.querySelector("[data-find-said]");
  const known = records.map(([slug, nom, town]) => ({ slug, nom, town, words: words(`${nom} ${town}`) }));

  function show() {
    const asked = words(input.value);
    const found = asked.length === 0 ? [] : known.filter((record) => asked.every((word) => record.words.some((other) => other.startsWith(word))));
    rows.replaceChildren(...found.slice(0, MOST).map(({ slug, nom, town }) => element("li", "", linkTo(slug, nom), " ", element("span", "quiet", town))));
    if (asked.length === 0) said.textContent = "";
    else if (found.length === 0) said.textContent = "Aucune fiche ne porte ce nom. Essayez un seul mot, ou ajoutez l’entreprise.";
    else if (found.length > MOST) said.textContent = `${plural(found.length, "fiche trouvée", "fiches trouvées")}; les ${MOST} premières sont ci-dessous. Ajoutez un mot pour préciser.`;
    else said.textContent = `${plural(found.length, "fiche trouvée", "fiches trouvées")}.`;
  }

  input.addEventListener("input", show);
  section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    rows.querySelector("a")?.focus();
  });
  section.hidden = false;
  showDrafts(section.querySelector("[data-drafts]"));
  show();
}

function showDrafts(place) {
  const drafts = listDrafts();
  place.hidden = drafts.length === 0;
  place.querySelector("ul").replaceChildren(...drafts.map(({ name, title }) => element("li", "", linkTo(name, title || "Nouvelle fiche"))));
}

function linkTo(name, title) {
  const link = element("a", "", title);
  link.href = name === NEW ? "?nouvelle" : `?fiche=${encodeURIComponent(name)}`;
  return link;
}

function words(text) {
  return fold(text).match(/[a-z0-9]+/g) ?? [];
}

// What a buyer must know of an answer, in sentences: the page of results shows them, the record of a search keeps them. Pure.
import { NBSP, plural, quote } from "../french.js";
import { groupText, labels, needOf } from "./wording.js";

// The remarks on the question: {key, text}, in the order shown. `words`: another writing, which a page may ask.
// `isAnswered`: by other records than enterprises.
export function remarks(catalogue, { said, headline, isAnswered = false }) {
  if (said === null) return [];
  const found = [];
  if (said.unknown.length > 0) found.push({ key: "inconnus", text: `Aucune fiche ne contient ${said.unknown.map(quote).join(", ")}.` });
  if (said.correction) found.push({ key: "correction", text: `Vouliez-vous dire ${quote(said.correction)}?`, words: said.correction });
  if (headline.sure + headline.others === 0 && !isAnswered) {
    const there = said.places.map(({ label }) => label).join(", ");
    const asked = [needOf(catalogue, said), there && `(${there})`].filter(Boolean).join(" ");
    found.push({ key: "aucune-offre", text: `Aucune offre inscrite ne porte sur ${asked || "ce besoin"}.` });
  } else if (said.unmet.length > 0) {
    found.push({ key: "besoin-sans-offre", text: `Aucune offre inscrite ne porte sur ${labels(catalogue, said.unmet).join(" ni sur ")}.` });
  }
  return found;
}

// All that the screen says of an answer to a search: the remarks, the places that the data do not know, what is said of each
// group, after its title, and how many are of the same sector only, whom nothing names.
export function caveats(catalogue, answer, search) {
  const texts = remarks(catalogue, answer).map(({ text }) => text);
  if (search.pres && catalogue.town(search.pres) < 0) texts.push(`Ces données ne connaissent pas le lieu ${quote(search.pres)}.`);
  if (answer.found.length === 0 && answer.said === null) texts.push("Aucune entreprise ne répond à cette recherche.");
  for (const { key } of answer.groups) {
    const [title, note] = groupText(catalogue, answer, key);
    if (note) texts.push(`${title}${NBSP}: ${note.charAt(0).toLowerCase()}${note.slice(1)}`);
  }
  const { length } = answer.sector;
  if (length > 0) texts.push(`${plural(length, "autre entreprise est", "autres entreprises sont")} du même secteur seulement${NBSP}: aucune offre inscrite n’y répond.`);
  return texts;
}

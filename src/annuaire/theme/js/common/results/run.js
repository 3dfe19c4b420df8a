// Run a search of the catalogue: its words answered, then its facets. The same for every page that shows or keeps one.
import { answering } from "../answer/answer.js";
import { finishSlowly } from "../steps.js";
import { loadTexts } from "../catalogue/data.js";
import { evaluate } from "../catalogue/facets.js";
import * as adresses from "../../../../data/adresses.json";

// Answer words, whose texts are fetched at the first question; null for a word hardly begun, and where `isLeft()` says that
// nobody waits for the answer any more. `site` is the URL of its root. The page is the visitor's meanwhile.
export async function answerWords(catalogue, words, site, isBegun = false, isLeft = () => false) {
  const texts = loadTexts(catalogue, new URL(adresses.textesDuCatalogue, site));
  // What identifies an enterprise, and postal codes, are not in the first part of the data.
  if (!catalogue.isWhole && /[\d@.]/.test(words)) await catalogue.details();
  await texts;
  if (!catalogue.isWhole) catalogue.details().catch(() => {}); // they come while the words are answered; told by who reads them
  return finishSlowly(answering(catalogue, words, isBegun), isLeft);
}

// Give what `evaluate` gives.
export async function runSearch(catalogue, search, site) {
  return evaluate(catalogue, search, search.q ? await answerWords(catalogue, search.q, site) : null);
}

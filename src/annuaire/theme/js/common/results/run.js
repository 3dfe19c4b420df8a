// Run a search of the catalogue: its words answered, then its facets. The same for every page that shows or keeps one.
import { answerTo } from "../answer/answer.js";
import { loadTexts } from "../catalogue/data.js";
import { evaluate } from "../catalogue/facets.js";
import * as adresses from "../../../../data/adresses.json";

// Answer words, whose texts are fetched at the first question; null for a word hardly begun. `site` is the URL of its root.
export async function answerWords(catalogue, words, site, isBegun = false) {
  await loadTexts(catalogue, new URL(adresses.textesDuCatalogue, site));
  return answerTo(catalogue, words, isBegun);
}

// Give what `evaluate` gives.
export async function runSearch(catalogue, search, site) {
  return evaluate(catalogue, search, search.q ? await answerWords(catalogue, search.q, site) : null);
}

// Run a search of the catalogue outside its own page: the same words, the same facets, the same order.
import { evaluate } from "../common/catalogue/facets.js";
import { createTextSearch } from "../common/catalogue/text.js";
import * as adresses from "../../../data/adresses.json";

// Give {found: indices in order, offers: Map(index -> matching offers)}.
export async function runSearch(catalogue, search, site) {
  if (!search.q) return evaluate(catalogue, search, null);
  const { ranked, categories } = await createTextSearch(catalogue, new URL(adresses.index, site)).find(search.q);
  return evaluate(catalogue, search, ranked, categories);
}

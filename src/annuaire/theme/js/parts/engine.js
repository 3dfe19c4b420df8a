// Ask Pagefind, whose files are fetched at the first question only.
import { FACETS } from "./facets.js";
import { normalise } from "./words.js";

export function createEngine(folder) {
  let loading;
  let all = {};

  function load() {
    loading ??= import(new URL("pagefind.js", folder).href)
      .then(async (pagefind) => {
        // The name counts most, the public's words for the sector least.
        await pagefind.options({ ranking: { metaWeights: { title: 8, offre: 4, lieu: 2, secteur: 1, mots: 0.3 } } });
        await pagefind.init();
        // Answers hold counts by facet only once the facets themselves are loaded.
        all = await pagefind.filters();
        return pagefind;
      })
      .catch((error) => {
        loading = undefined; // the next question tries again
        throw error;
      });
    return loading;
  }

  async function search(pagefind, words, chosen) {
    const filters = {};
    for (const [key, values] of chosen) filters[key] = { any: [...values] };
    // Without words, everything the facets keep, by name.
    return pagefind.search(words || null, words ? { filters } : { filters, sort: { nom: "asc" } });
  }

  // The number of each value of a facet, had that facet not been used: choosing a second value adds results.
  async function count(pagefind, words, chosen, answer) {
    const counts = new Map();
    for (const { key } of FACETS) {
      let source = answer;
      if (chosen.has(key)) {
        const others = new Map(chosen);
        others.delete(key);
        source = await search(pagefind, words, others);
      }
      const found = source.filters?.[key] ?? {};
      counts.set(key, Object.fromEntries(Object.keys(all[key] ?? {}).map((value) => [value, found[value] ?? 0])));
    }
    return counts;
  }

  // An enterprise must answer every word. Pagefind passes over words it does not know: they are named to the
  // visitor. When words are known but never together, what answers any of them is better than nothing.
  async function find({ words, chosen }) {
    const pagefind = await load();
    let asked = normalise(words);
    const terms = asked.split(" ").filter(Boolean);
    let dropped = [];
    let scattered = false;
    if (terms.length > 1) {
      const alone = await Promise.all(terms.map((term) => search(pagefind, term, new Map())));
      dropped = terms.filter((_, rank) => alone[rank].results.length === 0);
      if (dropped.length > 0 && dropped.length < terms.length) {
        asked = terms.filter((term) => !dropped.includes(term)).join(" ");
      }
    }
    let answer = await search(pagefind, asked, chosen);
    let counts = await count(pagefind, asked, chosen, answer);
    if (answer.results.length === 0 && asked.includes(" ")) {
      const answers = await Promise.all(asked.split(" ").map((term) => search(pagefind, term, chosen)));
      const any = new Map(answers.flatMap((one) => one.results).map((result) => [result.id, result]));
      if (any.size > 0) {
        scattered = true;
        answer = { results: [...any.values()].sort((one, other) => other.score - one.score) };
        counts = new Map(); // counts of one word would mislead
      }
    }
    const everywhere = chosen.size > 0 && answer.results.length === 0 ? await search(pagefind, asked, new Map()) : answer;
    return { asked, dropped, scattered, results: answer.results, unfiltered: everywhere.results.length, counts };
  }

  return { find };
}

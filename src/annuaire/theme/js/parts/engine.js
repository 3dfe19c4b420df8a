// Ask Pagefind, whose files are fetched at the first question only.
import { FACETS } from "./facets.js";
import { isAlike, terms } from "./words.js";

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

  // Pagefind answers a word it does not know with a shorter one that starts alike (« mobilier » gives « M. »). Between
  // quotes it does not guess; and what it marks in its first guess tells a word begun (« trait ») from another one.
  async function knows(pagefind, term) {
    const exact = await search(pagefind, `"${term.replaceAll('"', "")}"`, new Map());
    if (exact.results.length > 0) return true;
    const { results } = await search(pagefind, term, new Map());
    if (results.length === 0) return false;
    const { excerpt } = await results[0].data();
    const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gu)].flatMap((found) => found[1].split(/[^\p{L}\p{N}]+/u));
    return marked.some((word) => isAlike(word, term));
  }

  // An enterprise must answer every word. Words that no record holds are left out, and named to the visitor. When
  // words are known but never together, what answers any of them is better than nothing.
  async function find({ words, chosen }) {
    const pagefind = await load();
    const wanted = terms(words);
    const kept = [];
    const dropped = [];
    // One after the other: Pagefind loads its index as questions come, and mixes up those asked at once (tried).
    for (const term of wanted) ((await knows(pagefind, term)) ? kept : dropped).push(term);
    const asked = kept.join(" ");
    if (wanted.length > 0 && asked === "") {
      return { asked, dropped, scattered: false, results: [], unfiltered: 0, counts: new Map() };
    }
    let scattered = false;
    let answer = await search(pagefind, asked, chosen);
    let counts = await count(pagefind, asked, chosen, answer);
    if (answer.results.length === 0 && kept.length > 1) {
      const any = new Map();
      for (const term of kept) {
        const { results } = await search(pagefind, term, chosen);
        for (const result of results) any.set(result.id, result);
      }
      if (any.size > 0) {
        scattered = true;
        answer = { results: [...any.values()].sort((one, other) => other.score - one.score) };
        counts = new Map(); // counts of one word would mislead
      }
    }
    const everywhere = chosen.size > 0 && answer.results.length === 0 ? await search(pagefind, asked, new Map()) : answer;
    return { asked, dropped, scattered, results: answer.results, unfiltered: everywhere.results.length, counts };
  }

  // A question waits for the one before it, whatever became of that one.
  let last = Promise.resolve();
  return {
    find(state) {
      last = last.catch(() => undefined).then(() => find(state));
      return last;
    },
  };
}

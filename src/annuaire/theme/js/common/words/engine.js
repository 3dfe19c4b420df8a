// Ask Pagefind, whose files are fetched at the first question only, with words that its index holds.
import { FACETS } from "./filters.js";
import { SHORTEST, createLexicon } from "./lexicon.js";
import { spellings, terms } from "./words.js";
import * as adresses from "../../../../data/adresses.json";

// The name counts most, then what is offered, in the words of the enterprise or of the buyers; the public's words for the
// sector least.
const RANKING = { metaWeights: { title: 10, graphie: 10, offre: 5, lieu: 2, besoins: 1.5, secteur: 1, badges: 0.2, mots: 0.2, telephone: 0 } };

export function createEngine(folder) {
  let loading;
  let all = {};

  function load() {
    loading ??= Promise.all([start(), learn()])
      .then(([pagefind, lexicon]) => ({ pagefind, lexicon }))
      .catch((error) => {
        loading = undefined; // the next question tries again
        throw error;
      });
    return loading;
  }

  async function start() {
    const pagefind = await import(new URL("pagefind.js", folder).href);
    await pagefind.options({ ranking: RANKING });
    await pagefind.init();
    // Answers hold counts by facet only once the facets themselves are loaded.
    all = await pagefind.filters();
    return pagefind;
  }

  async function learn() {
    const answer = await fetch(new URL(`../${adresses.motsDeLIndex}`, folder));
    if (!answer.ok) throw new Error(`${answer.url} ${answer.status}`);
    return createLexicon(await answer.json());
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

  // An enterprise must answer every word. Words that no record holds are left out, and named to the visitor. When
  // words are known but never together, what answers any of them is better than nothing.
  async function find({ words, chosen }, isTyping) {
    const { pagefind, lexicon } = await load();
    const wanted = terms(words);
    const there = lexicon.places(words);
    const isPlace = (term) => there.has(term);
    const kept = [];
    const named = []; // of those kept, what is asked for rather than where
    const unknown = [];
    for (const [rank, term] of wanted.entries()) {
      const known = lexicon.known(term, rank === wanted.length - 1);
      if (known) kept.push(known);
      if (known && !isPlace(term)) named.push(known);
      if (!known) unknown.push(term);
    }
    const correction = lexicon.correct(words, unknown);
    const need = wanted.filter((term) => !isPlace(term));
    const needs = unknown.length > 0 ? lexicon.needs(need, unknown) : [];
    const typed = spellings(words);
    const dropped = unknown.map((word) => typed.get(word) ?? word);
    const ways = needs.map(({ libelle, secteurs }) => ({ libelle, sectors: lexicon.sectors(secteurs) }));
    const asked = kept.join(" ");
    const isBegun = isTyping && unknown.at(-1) === wanted.at(-1) && (unknown.at(-1)?.length ?? 9) < SHORTEST;
    if (isBegun && kept.length === 0) return null; // too soon to say anything
    const why = (labels, text) => lexicon.whySectors(labels, text, kept);
    const said = { asked: kept.map((word) => lexicon.shown(word)).join(" "), dropped, correction, ways, why, scattered: false, elsewhere: false };
    // « mobilier de bureau » is one need: who only knows « bureau » does not answer it.
    const isHalfANeed = kept.length > 0 && needs.some(({ isWhole }) => isWhole);
    if (words !== "" && (asked === "" || isHalfANeed)) {
      return { ...said, results: [], unfiltered: 0, counts: new Map() };
    }
    let answer = await search(pagefind, asked, chosen);
    let counts = await count(pagefind, asked, chosen, answer);
    if (answer.results.length === 0 && named.length > 0 && named.length < kept.length) {
      answer = await search(pagefind, named.join(" "), chosen); // not there: who does it may well be near
      counts = await count(pagefind, named.join(" "), chosen, answer);
      said.elsewhere = answer.results.length > 0;
    }
    if (answer.results.length === 0 && kept.length > 1) {
      const any = new Map();
      for (const term of named.length > 0 ? named : kept) {
        const { results } = await search(pagefind, term, chosen);
        for (const result of results) any.set(result.id, result);
      }
      if (any.size > 0) {
        said.scattered = true;
        answer = { results: [...any.values()].sort((one, other) => other.score - one.score) };
        counts = new Map(); // counts of one word would mislead
      }
    }
    const everywhere = chosen.size > 0 && answer.results.length === 0 ? await search(pagefind, asked, new Map()) : answer;
    return { ...said, results: answer.results, unfiltered: everywhere.results.length, counts };
  }

  // A question waits for the one before it, whatever became of that one: Pagefind mixes up those asked at once (tried).
  let last = Promise.resolve();
  return {
    find(state, isTyping) {
      last = last.catch(() => undefined).then(() => find(state, isTyping));
      return last;
    },
  };
}

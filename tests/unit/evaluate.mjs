// Run the pure modules of the catalogue for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { answerTo } from "../../src/annuaire/theme/js/common/answer/answer.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { evaluate } from "../../src/annuaire/theme/js/common/catalogue/facets.js";
import { findTown, nearTowns } from "../../src/annuaire/theme/js/common/answer/places.js";
import { format, parse } from "../../src/annuaire/theme/js/common/catalogue/query.js";
import { sentence } from "../../src/annuaire/theme/js/common/catalogue/sentence.js";
import { helpAsked, readKinds } from "../../src/annuaire/theme/js/common/results/kinds.js";
import { announced, headline, mix, mixedSentence, shownText } from "../../src/annuaire/theme/js/common/results/mixed.js";
import { groupText } from "../../src/annuaire/theme/js/common/results/wording.js";
import { remarks } from "../../src/annuaire/theme/js/common/results/caveats.js";
import { setMirror } from "./mirror.mjs";

let catalogue;
let known = null; // records of other kinds than enterprises

const ANSWERS = {
  load: ({ data, texts = null }) => {
    catalogue = readCatalogue(data);
    if (texts !== null) readTexts(catalogue, texts);
    return null;
  },
  // Enterprises and categories by their slug, offers by their rank among those of their enterprise.
  answer: ({ words }) => {
    const { json, first } = catalogue;
    const { results, ranked, places, bare, categories, unmet, unknown, isScattered, correction } = answerTo(catalogue, words);
    const slug = (rank) => json.entreprises.slug[rank];
    const category = (rank) => json.categories[rank][0];
    return {
      ranked: ranked.map(slug),
      results: Object.fromEntries(
        [...results].map(([rank, { level, offers, isSure, close, near, far }]) => [
          slug(rank),
          { level, offers: offers.map((offer) => offer - first[rank]), isSure, close, near, far: far === Infinity ? null : far },
        ]),
      ),
      places: places.map(({ label, towns, mrcs }) => ({ label, towns: towns.map((town) => json.municipalites[town][0]), mrcs: mrcs.map((mrc) => json.mrc[mrc][0]) })),
      bare,
      categories: Object.fromEntries([...categories].map(([rank, close]) => [category(rank), close])),
      unmet: unmet.map(category),
      unknown,
      isScattered,
      correction,
    };
  },
  // `said`: null, or an answer to words: {results: [[rank, {level, offers, isSure, near}]…], ranked, places}.
  evaluate: ({ search, said, mirror = false }) => {
    setMirror(mirror);
    const answer = evaluate(catalogue, search, said && { ...said, results: new Map(said.results) });
    return {
      found: answer.found,
      groups: Object.fromEntries(answer.groups.map(({ key, ranks }) => [key, ranks])),
      sector: answer.sector,
      headline: answer.headline,
      sure: answer.found.filter(answer.isSure),
      levels: Object.fromEntries(answer.found.map((rank) => [rank, answer.levelOf(rank)])),
      offers: Object.fromEntries(answer.found.map((rank) => [rank, answer.offersOf(rank)])),
      counts: Object.fromEntries(Object.entries(answer.counts).map(([key, values]) => [key, Object.fromEntries(values)])),
      hidden: [...answer.hidden].sort(),
      drop: answer.drop.map(({ filters, count }) => ({ filters, count })),
      distances: Object.fromEntries(answer.distances),
      fresh: answer.fresh,
    };
  },
  kinds: ({ json }) => {
    known = json && readKinds(json);
    return null;
  },
  // What the search page says of a search (the text of its address): the records of other kinds by kind, and all words.
  mixed: ({ text }) => {
    const search = parse(new URLSearchParams(text), known !== null);
    const said = search.q ? answerTo(catalogue, search.q) : null;
    const mixed = mix(catalogue, known, search, said, evaluate(catalogue, search, said));
    const { answer, groups } = mixed;
    return {
      enterprises: answer.groups.flatMap(({ ranks }) => ranks.map((rank) => catalogue.json.entreprises.slug[rank])),
      others: Object.fromEntries(groups.map(({ kind, ranks }) => [kind.key, ranks.map((rank) => known.records[rank].name)])),
      isFirst: mixed.isFirst,
      headline: headline(mixed, ""),
      announced: announced(mixed, ""),
      sentence: mixedSentence(catalogue, search, mixed),
      shown: shownText(mixed),
      counts: Object.fromEntries(answer.counts.genre ?? []),
      hidden: [...answer.hidden].sort(),
      drop: answer.drop.map(({ key, said: words }) => [key, words]),
      notes: answer.groups.map(({ key }) => groupText(catalogue, answer, key)[1]),
      remarks: remarks(catalogue, mixed.noted).map(({ key }) => key),
      help: known && said?.question ? helpAsked(catalogue, known, said.question) : null,
      address: format(search),
    };
  },
  query: ({ text }) => {
    const search = parse(new URLSearchParams(text));
    return { search, text: format(search) };
  },
  sentence: ({ text }) => sentence(catalogue, parse(new URLSearchParams(text))),
  town: ({ text }) => ({ code: findTown(catalogue, text), near: nearTowns(catalogue, text).map(({ label }) => label) }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

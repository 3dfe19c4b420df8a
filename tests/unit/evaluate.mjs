// Run the pure modules of the catalogue for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { answerTo } from "../../src/annuaire/theme/js/common/answer/answer.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { evaluate } from "../../src/annuaire/theme/js/common/catalogue/facets.js";
import { findTown, nearTowns } from "../../src/annuaire/theme/js/common/answer/places.js";
import { format, parse } from "../../src/annuaire/theme/js/common/catalogue/query.js";
import { sentence } from "../../src/annuaire/theme/js/common/catalogue/sentence.js";
import { setMirror } from "./mirror.mjs";

let catalogue;

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

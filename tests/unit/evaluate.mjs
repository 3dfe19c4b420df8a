// Run the pure modules of the catalogue for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { readCatalogue } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { evaluate } from "../../src/annuaire/theme/js/common/catalogue/facets.js";
import { findTown, nearTowns } from "../../src/annuaire/theme/js/common/catalogue/places.js";
import { format, parse } from "../../src/annuaire/theme/js/common/catalogue/query.js";
import { sentence } from "../../src/annuaire/theme/js/common/catalogue/sentence.js";
import { readNeed } from "../../src/annuaire/theme/js/common/catalogue/text.js";
import { setMirror } from "./mirror.mjs";

let catalogue;

const ANSWERS = {
  load: ({ data }) => {
    catalogue = readCatalogue(data);
    return null;
  },
  evaluate: ({ search, ranked, categories, mirror = false }) => {
    setMirror(mirror);
    const answer = evaluate(catalogue, search, ranked, new Set(categories));
    return {
      found: answer.found,
      confirmed: answer.confirmed,
      offers: Object.fromEntries(answer.offers),
      counts: Object.fromEntries(Object.entries(answer.counts).map(([key, values]) => [key, Object.fromEntries(values)])),
      hidden: [...answer.hidden].sort(),
      drop: answer.drop.map(({ filters, count }) => ({ filters, count })),
      distances: Object.fromEntries(answer.distances),
      fresh: answer.fresh,
      categories: [...answer.categories],
    };
  },
  query: ({ text }) => {
    const search = parse(new URLSearchParams(text));
    return { search, text: format(search) };
  },
  sentence: ({ text }) => sentence(catalogue, parse(new URLSearchParams(text))),
  town: ({ text }) => ({ code: findTown(catalogue, text), near: nearTowns(catalogue, text).map(({ label }) => label) }),
  need: ({ text }) => {
    const { places, rated } = readNeed(catalogue, text);
    return { places, rated: Object.fromEntries(rated) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

// Answer questions as the pages do, for the tests: one line of JSON each way.
import { createInterface } from "node:readline";
import { answerTo } from "../../src/annuaire/theme/js/common/answer/answer.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { evaluate } from "../../src/annuaire/theme/js/common/catalogue/facets.js";
import { empty } from "../../src/annuaire/theme/js/common/catalogue/query.js";
import { needOf } from "../../src/annuaire/theme/js/common/results/wording.js";

let catalogue;

const ANSWERS = {
  load: ({ data, texts }) => {
    catalogue = readTexts(readCatalogue(data), texts);
    return null;
  },
  // The leading block, the need named when nobody is in it, the correction.
  answer: ({ words }) => {
    const said = answerTo(catalogue, words);
    const { groups } = evaluate(catalogue, { ...empty(), q: words }, said);
    const leading = groups.filter(({ counts }) => counts).flatMap(({ ranks }) => ranks);
    return {
      slugs: leading.map((rank) => catalogue.json.entreprises.slug[rank]),
      needs: leading.length > 0 ? [] : needOf(catalogue, said).split(" ou "),
      correction: said.correction,
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

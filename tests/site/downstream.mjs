// Ask what follows an answer (caveats, who may be invited, who is around) on the data of a built site.
import { createInterface } from "node:readline";
import { answerTo } from "../../src/annuaire/theme/js/common/answer/answer.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { evaluate } from "../../src/annuaire/theme/js/common/catalogue/facets.js";
import { empty } from "../../src/annuaire/theme/js/common/catalogue/query.js";
import { caveats, remarks } from "../../src/annuaire/theme/js/common/results/caveats.js";
import { PLACES, around, mayBeInvited, refusal } from "../../src/annuaire/theme/js/mode/suppliers.js";
import { compose } from "../../src/annuaire/theme/js/purchase/record.js";

let catalogue;
const search = (asked) => ({ ...empty(), ...asked });
const answer = (asked) => evaluate(catalogue, search(asked), asked.q ? answerTo(catalogue, asked.q) : null);
const slugs = (ranks) => ranks.map((rank) => catalogue.json.entreprises.slug[rank]);

const ANSWERS = {
  load: ({ data, texts }) => {
    catalogue = readTexts(readCatalogue(data), texts);
    return catalogue.size;
  },
  answer: ({ asked }) => {
    const found = answer(asked);
    return { found: slugs(found.found), sector: slugs(found.sector), sure: slugs(found.found.filter(found.isSure)) };
  },
  caveats: ({ asked }) => ({
    texts: caveats(catalogue, answer(asked), search(asked)),
    remarks: remarks(catalogue, answer(asked)),
  }),
  draw: ({ asked }) => {
    const found = answer(asked);
    const ranks = [...Array(catalogue.size).keys()];
    return {
      invited: slugs(ranks.filter((rank) => mayBeInvited(found, rank))),
      refused: Object.fromEntries(ranks.filter((rank) => !mayBeInvited(found, rank)).map((rank) => [slugs([rank])[0], refusal(found, rank)])),
      unknown: [refusal(found, -1), refusal(null, 0), mayBeInvited(null, 0)],
    };
  },
  around: ({ category, mrc }) => {
    const found = around(catalogue, category, mrc);
    const list = (kind) => PLACES.flatMap((place) => found[place][kind].map(({ slug }) => slug));
    return { total: found.total, sure: list("confirmes"), others: list("autres") };
  },
  record: ({ asked }) => {
    const found = answer(asked);
    const entries = found.found.map((index) => ({ index, decision: "ecartee", raison: "" }));
    const own = { catalogue, search: search(asked), answer: found, phrase: "", entries, others: [], reference: "", besoin: "", list: "" };
    return compose({ ...own, site: new URL("https://exemple.test/"), now: new Date(0) });
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

// Run the judge of who answers together for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { readCatalogue } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { capacity, members, together, unit, unplaced } from "../../src/annuaire/theme/js/common/together.js";

let catalogue;

const plain = ({ rank, mrcs, ...rest }) => ({ slug: catalogue ? catalogue.json.entreprises.slug[rank] : rank, mrcs: [...mrcs].sort(), ...rest });
const coded = (place) => (catalogue ? catalogue.json.mrc[place][0] : place);
const told = ({ alone, combinations, uncounted }) => ({
  alone: alone.map(({ rank }) => rank),
  combinations: combinations.map(({ members: own, amount, missing, gap }) => [own.map(({ rank }) => rank), amount, missing.map(coded).sort(), gap]),
  uncounted: uncounted.map(({ rank }) => rank),
});

const ANSWERS = {
  load: ({ data }) => {
    catalogue = readCatalogue(data);
    return true;
  },
  read: ({ texts }) => texts.map((text) => [capacity(text), unit(text)]),
  judge: ({ found, wanted, quantity }) => told(together(found.map((one) => ({ ...one, mrcs: new Set(one.mrcs) })), wanted, quantity)),
  silent: ({ category, wanted }) => unplaced(catalogue, catalogue.category(category), wanted.map(catalogue.mrc)).map((rank) => catalogue.json.entreprises.slug[rank]),
  find: ({ category, wanted, measure }) =>
    members(catalogue, catalogue.category(category), wanted.map(catalogue.mrc), measure).map((one) => ({ ...plain(one), mrcs: [...one.mrcs].map(coded).sort() })),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question))}\n`);
}

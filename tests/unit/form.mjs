// Run the pure modules of the form for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { baseOf, changesOf, composeText, fileOf } from "../../src/annuaire/theme/js/form/changes.js";
import { completenessOf } from "../../src/annuaire/theme/js/form/completeness.js";
import { withoutStale } from "../../src/annuaire/theme/js/form/derived.js";
import { editPage, newPage } from "../../src/annuaire/theme/js/form/forge.js";
import { judge } from "../../src/annuaire/theme/js/form/judge.js";
import { pattern, readKnowledge } from "../../src/annuaire/theme/js/form/knowledge.js";
import { fold, isSpelledAlike, slugify } from "../../src/annuaire/theme/js/common/names.js";
import { ownOf, suspectsIn } from "../../src/annuaire/theme/js/form/persons.js";
import { polygonsToFetch } from "../../src/annuaire/theme/js/form/rules/point.js";
import { isSameTown } from "../../src/annuaire/theme/js/form/rules/vocabulary.js";
import { readRecord, writeRecord } from "../../src/annuaire/theme/js/form/record.js";
import { kindOf, referenceOf } from "../../src/annuaire/theme/js/form/reference.js";

let knowledge;
let shapes;

const ANSWERS = {
  load: ({ data, polygons = {} }) => {
    knowledge = readKnowledge(data);
    shapes = polygons;
    return null;
  },
  // As the editor does: what the places of a record need is fetched, then the record is judged.
  judge: ({ slug, text, today }) => {
    const values = readRecord(text);
    for (const code of polygonsToFetch({ values }, knowledge)) knowledge.polygons.set(code, JSON.parse(shapes[code]));
    return judge(slug, values, knowledge, today).map(({ code, path, sentence, remedy, said, advice, isError }) => ({ code, path, sentence, remedy, said, advice, isError }));
  },
  suspects: ({ texts }) => texts.map(([text, kind]) => suspectsIn(text, kind, ownOf([], [], knowledge.rules.person), knowledge.rules.person).map(({ code, words }) => [code, words])),
  complete: ({ text }) => {
    const { score, missing } = completenessOf(readRecord(text), knowledge);
    return [score, missing.map(({ table, field }) => (table ? `${table}.${field.name}` : field.name))];
  },
  read: ({ text }) => readRecord(text),
  write: ({ text, values, ranks }) => writeRecord(text, values, ranks, knowledge),
  message: ({ slug, nom, text, values, ranks, sender, confirmed }) => {
    const before = text === "" ? {} : readRecord(text);
    const changes = changesOf(before, values, ranks, knowledge);
    const named = { reference: referenceOf(knowledge.collection.name, slug), kind: kindOf(knowledge.collection) };
    return composeText({ ...named, nom, base: text === "" ? "nouvelle" : baseOf(text), changes, sender, confirmed });
  },
  matches: ({ motif, texts }) => texts.map((text) => pattern(motif).test(text)),
  forge: ({ modifier, depot, slug, text }) => {
    const { name } = knowledge.collection;
    return [editPage(modifier, name, slug), newPage(modifier, depot, name, slug, text)];
  },
  moved: ({ before, after }) => withoutStale(before, after, knowledge),
  file: (proposal) => fileOf({ ...proposal, reference: referenceOf(knowledge.collection.name, proposal.slug) }),
  alike: ({ pairs }) => pairs.map(([one, other]) => isSpelledAlike(one, other)),
  towns: ({ pairs }) => pairs.map(([one, other]) => isSameTown(one, other, knowledge)),
  names: ({ texts }) => texts.map((text) => [fold(text), slugify(text)]),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

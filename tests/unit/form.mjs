// Run the pure modules of the form for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { baseOf, changesOf, composeText } from "../../src/annuaire/theme/js/parts/form/changes.js";
import { editPage, newPage } from "../../src/annuaire/theme/js/parts/form/forge.js";
import { judge } from "../../src/annuaire/theme/js/parts/form/judge.js";
import { pattern, readKnowledge } from "../../src/annuaire/theme/js/parts/form/knowledge.js";
import { fold, slugify } from "../../src/annuaire/theme/js/parts/form/names.js";
import { readRecord, writeRecord } from "../../src/annuaire/theme/js/parts/form/record.js";

let knowledge;

const ANSWERS = {
  load: ({ data }) => {
    knowledge = readKnowledge(data);
    return null;
  },
  judge: ({ slug, text, today }) =>
    judge(slug, readRecord(text), knowledge, today).map(({ code, path, sentence, remedy, isError }) => ({ code, path, sentence, remedy, isError })),
  read: ({ text }) => readRecord(text),
  write: ({ text, values, ranks }) => writeRecord(text, values, ranks, knowledge),
  message: ({ slug, nom, text, values, ranks }) => {
    const before = text === "" ? {} : readRecord(text);
    const changes = changesOf(before, values, ranks, knowledge);
    return composeText({ slug, nom, base: text === "" ? "nouvelle" : baseOf(text), changes });
  },
  matches: ({ motif, texts }) => texts.map((text) => pattern(motif).test(text)),
  forge: ({ modifier, depot, slug, text }) => [editPage(modifier, slug), newPage(modifier, depot, slug, text)],
  names: ({ texts }) => texts.map((text) => [fold(text), slugify(text)]),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question) ?? null)}\n`);
}

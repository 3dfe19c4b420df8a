// Run the rules of purchasing for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { dollars, judge, state } from "../../src/annuaire/theme/js/mode/rules.js";
import { around } from "../../src/annuaire/theme/js/mode/suppliers.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { setMirror } from "./mirror.mjs";

const ANSWERS = {
  judge: ({ question, rules, day, mirror }) => {
    setMirror(mirror);
    return judge(question, rules, day);
  },
  state: ({ rule, day }) => state(rule, day),
  around: ({ data, texts, category, mrc }) => around(readTexts(readCatalogue(data), texts), category, mrc),
  dollars: ({ text }) => String(dollars(text)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question))}\n`);
}

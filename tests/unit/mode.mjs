// Run the rules of purchasing for the tests: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { dollars, judge, state } from "../../src/annuaire/theme/js/mode/rules.js";

const ANSWERS = {
  judge: ({ question, rules, day }) => judge(question, rules, day),
  state: ({ rule, day }) => state(rule, day),
  dollars: ({ text }) => String(dollars(text)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question))}\n`);
}

// Ask the browser's own judge of help: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { answer, lacksPlace, outcome } from "../../src/annuaire/theme/js/help/judge.js";

const ANSWERS = {
  answer: ({ data, question }) => {
    const groups = answer(data, question);
    return { groups: groups.map(([key, , , records]) => [key, records.map(({ u }) => u)]), lacks: lacksPlace(groups, question, data.absence) };
  },
  outcome: ({ answers }) => outcome(answers),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[question.ask](question))}\n`);
}

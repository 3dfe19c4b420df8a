// Undo, for the tests, what parts the data of the catalogue in two files: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { join, unpack } from "../../../src/annuaire/theme/js/common/catalogue/packing.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { core, details } = JSON.parse(line);
  const whole = unpack(core);
  join(whole, details);
  delete whole.empreinte;
  process.stdout.write(`${JSON.stringify({ answer: whole })}\n`);
}

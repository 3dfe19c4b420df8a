// Undo, for the tests, what parts the data of the catalogue in two files: one question by line (JSON), one answer by line.
import { createInterface } from "node:readline";
import { join, unpack } from "../../../src/annuaire/theme/js/common/catalogue/packing.js";

function joined({ core, details }) {
  const whole = unpack(core);
  try {
    join(whole, details);
  } catch (error) {
    return error.message;
  }
  delete whole.empreinte;
  return whole;
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(joined(JSON.parse(line)))}\n`);

// Run the reading of ledgers for the tests: one question by line (JSON), one answer by line. Bytes come in base 64.
import { createInterface } from "node:readline";
import { readAmount, amountReader } from "../../src/annuaire/theme/js/ledger/amounts.js";
import { readCatalogue, readTexts } from "../../src/annuaire/theme/js/common/catalogue/data.js";
import { readDay } from "../../src/annuaire/theme/js/ledger/days.js";
import { LedgerError } from "../../src/annuaire/theme/js/ledger/faults.js";
import { keyOf } from "../../src/annuaire/theme/js/ledger/naming.js";
import { createMatcher } from "../../src/annuaire/theme/js/ledger/match.js";
import { sheetsOf } from "../../src/annuaire/theme/js/ledger/sheets.js";
import { createSession } from "../../src/annuaire/theme/js/ledger/session.js";

let session;
let matcher;

const ANSWERS = {
  load: ({ data, texts, extra }) => {
    session = createSession(readTexts(readCatalogue(data), texts), extra);
    return null;
  },
  read: ({ bytes }) => session.read(new Uint8Array(Buffer.from(bytes, "base64"))),
  sheet: ({ at }) => session.sheet(at),
  match: (columns) => session.match(columns),
  // What the page does: read, keep the guess, match; how long the matching took, and how long the processors worked for it.
  whole: async ({ bytes }) => {
    const guess = await session.read(new Uint8Array(Buffer.from(bytes, "base64")));
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = await session.match(guess);
    const { user, system } = process.cpuUsage(used);
    return { guess, result, milliseconds: performance.now() - start, busy: (user + system) / 1000 };
  },
  decide: ({ keys, rank }) => session.decide(keys, rank),
  alike: () => session.confirmAlike(),
  sheets: () => sheetsOf(session.decide([], null), [["Site", "https://exemple.example/"]]),
  objects: () => session.judgeObjects(),
  verdicts: ({ text }) => session.ask(text),
  amount: ({ text, decimal = "" }) => String(readAmount(text, decimal)),
  amounts: ({ cells }) => cells.map(amountReader(cells)).map(String),
  day: ({ text }) => readDay(text),
  key: ({ text }) => keyOf(text),
  names: ({ names }) => {
    matcher = createMatcher(names.map((name, rank) => ({ rank, name, neq: "" })));
    return null;
  },
  named: ({ text }) => matcher.byName(text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = await ANSWERS[question.ask](question);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    answer = { fault: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}

// A CSV as rows of cells, whatever separates them. Reading by Papa Parse; pure.
import Papa from "papaparse";

const SEPARATORS = { ";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale" };
const SAMPLE = 100_000; // characters in which the ends of lines show
const LOOKED_AT = 200; // rows in which the separator shows
const NO_QUOTE = "\u0000"; // a character that no text holds: quotation marks are then as any other

// Give {rows, separator (its name), isBroken (a quotation mark never ends: all are read as they stand)}; no more rows than
// `most`, empty ones among them.
export function readCsv(text, most) {
  const separator = separatorOf(text);
  let { data, errors } = parse(text, separator, most);
  const isBroken = errors.some(({ code }) => code === "MissingQuotes");
  if (isBroken) ({ data } = parse(text, separator, most, NO_QUOTE));
  return { rows: data, separator: SEPARATORS[separator], isBroken };
}

function parse(text, delimiter, preview, quoteChar = '"') {
  return Papa.parse(text, { delimiter, preview, quoteChar, newline: newlineOf(text) });
}

// What ends the lines, cells between quotation marks aside: a lone carriage return only where no line feed stands.
function newlineOf(text) {
  const outside = text.slice(0, SAMPLE).replace(/"[^"]*"/g, "");
  if (outside.includes("\r\n")) return "\r\n";
  return outside.includes("\r") && !outside.includes("\n") ? "\r" : "\n";
}

// What comes most regularly: the number of cells that most rows have, times these rows.
function separatorOf(text) {
  let best = { separator: ";", score: 0 };
  for (const separator of Object.keys(SEPARATORS)) {
    const times = new Map();
    for (const { length } of parse(text, separator, LOOKED_AT).data) if (length > 1) times.set(length, (times.get(length) ?? 0) + 1);
    const score = Math.max(0, ...[...times].map(([cells, count]) => (cells - 1) * count));
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

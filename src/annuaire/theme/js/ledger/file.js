// A file that a person drops, as sheets of rows: CSV or XLSX, told by its first bytes rather than by its name. Pure.
import { LedgerError } from "./faults.js";
import { decode } from "./decode.js";
import { readCsv } from "./csv.js";
import { readXlsx } from "./xlsx.js";
import { NBSP, figure } from "../common/french.js";

export const LARGEST = 40_000_000; // bytes
export const MOST_ROWS = 60_000; // those of a year of a large city; more would hold the page too long

// Give {sheets: [{name, rows}], how: [what was understood of the file, in words]}; the largest sheet first. Throws
// LedgerError, whose message is for the person.
export async function readFile(bytes) {
  if (bytes.length === 0) throw new LedgerError("Ce fichier est vide.");
  if (bytes.length > LARGEST) throw new LedgerError(`Ce fichier pèse plus de ${LARGEST / 1e6}${NBSP}Mo. Partagez-le, par exemple par trimestre, puis recommencez.`);
  const found = begins(bytes, [0x50, 0x4b]) ? await ofWorkbook(bytes) : ofText(bytes);
  const sheets = found.sheets.filter(({ rows }) => rows.length > 0).sort((one, other) => other.rows.length - one.rows.length);
  if (sheets.length === 0) throw new LedgerError("Ce fichier ne contient aucune ligne.");
  if (sheets[0].rows.length > MOST_ROWS) throw new LedgerError(`Ce fichier a plus de ${figure(MOST_ROWS)} lignes. Partagez-le, par exemple par trimestre, puis recommencez.`);
  return { ...found, sheets };
}

function begins(bytes, mark) {
  return mark.every((byte, rank) => bytes[rank] === byte);
}

async function ofWorkbook(bytes) {
  const sheets = await readXlsx(bytes);
  return { sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.slice(0, MOST_ROWS + 1) })), how: ["classeur Excel"] };
}

function ofText(bytes) {
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new LedgerError("Ce classeur est d’un ancien format (.xls), ou protégé par un mot de passe. Enregistrez-le en .xlsx ou en CSV, sans mot de passe, puis recommencez.");
  if (begins(bytes, [0x25, 0x50, 0x44, 0x46])) throw new LedgerError("Un PDF ne se lit pas comme un tableau. Demandez le même carnet en CSV ou en Excel.");
  const { text, encoding } = decode(bytes);
  if (text.includes("\u0000")) throw new LedgerError("Ce fichier n’est ni un CSV ni un classeur Excel (.xlsx).");
  const { rows, separator, isBroken } = readCsv(text, MOST_ROWS + 1);
  while (rows.length > 0 && rows.at(-1).every((cell) => cell.trim() === "")) rows.pop();
  const how = ["CSV", `encodage ${encoding}`, `cellules séparées par ${separator}`];
  if (isBroken) how.push("guillemets mal fermés, lus tels quels");
  return { sheets: [{ name: "", rows }], how };
}

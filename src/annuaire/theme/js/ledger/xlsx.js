// A workbook (.xlsx) as rows of cells. What it would unfold to is counted before anything is unfolded, and what a sheet
// says of its size before it is laid out: a few kilobytes may hold gigabytes. Pure.
import { unzipSync } from "fflate";
import parseXml from "../../../../../node_modules/read-excel-file/modules/xml/parseXml.js";
import parseSpreadsheetContents from "../../../../../node_modules/read-excel-file/modules/xlsx/parseSpreadsheetContents.js";
import { LedgerError } from "./faults.js";
import { NBSP, figure } from "../common/french.js";

const LARGEST_UNFOLDED = 250_000_000; // bytes, of all that is read
const MOST_CELLS = 6_000_000; // rows times columns
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
const READ = /\.(?:xml|rels)$/;
const PLACE = /<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"/g;

// Give the sheets that hold something: [{name, rows}]; days are texts, « AAAA-MM-JJ ». Throws LedgerError.
export async function readXlsx(bytes) {
  const contents = unfold(bytes);
  if (!contents["xl/workbook.xml"]) throw new LedgerError(`Ce fichier n’est pas un classeur Excel (.xlsx). Enregistrez-le en .xlsx ou en CSV, puis recommencez.`);
  for (const [path, data] of Object.entries(contents)) if (SHEET.test(path)) measure(data);
  let sheets;
  try {
    sheets = await parseSpreadsheetContents(undefined, parseXml, contents, {});
  } catch {
    throw new LedgerError("Ce classeur est endommagé, ou d’une sorte inconnue. Ouvrez-le dans un tableur, enregistrez-le de nouveau en .xlsx, puis recommencez.");
  }
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((cells) => cells.map(plain)) })).filter(({ rows }) => rows.length > 0);
}

function unfold(bytes) {
  let total = 0;
  const refuse = () => {
    throw new LedgerError(`Une fois déplié, ce classeur pèserait plus de ${figure(LARGEST_UNFOLDED / 1e6)}${NBSP}Mo. N’y gardez que la feuille du carnet, ou enregistrez-la en CSV, puis recommencez.`);
  };
  try {
    return unzipSync(bytes, {
      // What a file says it weighs is all the room that it is given.
      filter({ name, originalSize }) {
        if (!READ.test(name)) return false;
        total += originalSize;
        if (total > LARGEST_UNFOLDED) refuse();
        return true;
      },
    });
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError("Ce classeur est coupé ou endommagé. Enregistrez-le de nouveau, puis recommencez.");
  }
}

function measure(data) {
  let [rows, columns] = [0, 0];
  for (const [, letters, row] of new TextDecoder().decode(data).matchAll(PLACE)) {
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0));
  }
  if (rows * columns <= MOST_CELLS) return;
  throw new LedgerError(`Une feuille de ce classeur s’étend sur ${figure(rows)} lignes et ${figure(columns)} colonnes. Copiez le carnet seul dans une feuille neuve, puis recommencez.`);
}

function plain(value) {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if (typeof value === "number") return value;
  return value === null || value === undefined ? "" : String(value);
}

// The writer of workbooks, fetched only when a buyer asks for one (common/selection/bundle.js). The synchronous writer: the other
// one starts a worker from a blob, which the policy refuses.
import { generateXlsxFileSync } from "../../../../node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";
import toBytes from "../../../../node_modules/write-excel-file/modules/export/convertFileContentToUint8ArrayUniversal.js";

const TOP = { alignVertical: "top" };
const TALLEST = 405; // points of a row
const FONT = { fontFamily: "Arial", fontSize: 10 }; // of every cell, those of links too

// Sheets, {name, header, rows, columns}; a cell is {text}, {number, format}, {date} or {formula, text}, which the caller answers for.
globalThis[Symbol.for("annuaire-workbook")] = (sheets) =>
  generateXlsxFileSync(sheets.map(sheet), FONT, undefined, toBytes);

function sheet({ name, header, rows, columns }) {
  const head = header.map((value) => ({ type: String, value, format: "@", fontWeight: "bold", wrap: true, ...TOP }));
  const sized = (line, texts) => line.map((own) => own && { ...own, height: heightOf(texts, columns) });
  return { data: [sized(head, header), ...rows.map((cells) => sized(cells.map(cell), cells.map(({ text = "" }) => text)))], sheet: name, columns, stickyRowsCount: 1, orientation: "landscape" };
}

// The height of a row that shows its longest text, in points: LibreOffice gives one line to a row that has none.
function heightOf(texts, columns) {
  const linesOf = (text, rank) => text.split("\n").reduce((sum, line) => sum + Math.ceil((line.length + 1) / columns[rank].width), 0);
  return Math.min(TALLEST, 3 + 13 * Math.max(1, ...texts.map(linesOf)));
}

function cell({ text = "", number, format, date, formula }) {
  if (number !== undefined) return { type: Number, value: number, ...(format && { format }), ...TOP };
  if (date) return { type: Date, value: date, format: "yyyy-mm-dd", align: "left", ...TOP };
  if (formula) return { type: "Formula", value: formula, textColor: "#0b5394", wrap: true, ...TOP };
  return text ? { type: String, value: text, format: "@", wrap: true, ...TOP } : null;
}

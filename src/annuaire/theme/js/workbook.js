// The writer of workbooks, fetched only when a buyer asks for one (common/selection/bundle.js). The synchronous writer: the other
// one starts a worker from a blob, which the policy refuses.
import { generateXlsxFileSync } from "../../../../node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";
import toBytes from "../../../../node_modules/write-excel-file/modules/export/convertFileContentToUint8ArrayUniversal.js";

const TOP = { alignVertical: "top" };

// Sheets, {name, header, rows, columns}; a cell is {text}, {number, format (of a spreadsheet)}, {date} or {formula}, which the
// caller answers for.
globalThis[Symbol.for("annuaire-workbook")] = (sheets) =>
  generateXlsxFileSync(sheets.map(sheet), undefined, undefined, toBytes);

function sheet({ name, header, rows, columns }) {
  const head = header.map((value) => ({ type: String, value, format: "@", fontWeight: "bold", wrap: true, ...TOP }));
  return { data: [head, ...rows.map((cells) => cells.map(cell))], sheet: name, columns, stickyRowsCount: 1, orientation: "landscape" };
}

function cell({ text = "", number, format, date, formula }) {
  if (number !== undefined) return { type: Number, value: number, ...(format && { format }), ...TOP };
  if (date) return { type: Date, value: date, format: "yyyy-mm-dd", align: "left", ...TOP };
  if (formula) return { type: "Formula", value: formula, textColor: "#0b5394", wrap: true, ...TOP };
  return text ? { type: String, value: text, format: "@", wrap: true, ...TOP } : null;
}

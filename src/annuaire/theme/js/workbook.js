// The writer of workbooks, fetched only when a buyer asks for one. It leaves what it can do under a symbol, since a
// bundle exports nothing. The synchronous writer: the other one starts a worker from a blob, which the policy refuses.
import { generateXlsxFileSync } from "../../../../node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";
import toBytes from "../../../../node_modules/write-excel-file/modules/export/convertFileContentToUint8ArrayUniversal.js";

globalThis[Symbol.for("annuaire-workbook")] = ({ header, rows, columns, sheet }) => {
  const head = header.map((value) => ({ type: String, value, format: "@", fontWeight: "bold", wrap: true, alignVertical: "top" }));
  const body = rows.map((cells) =>
    cells.map((value) => (value ? { type: String, value, format: "@", wrap: true, alignVertical: "top" } : null)),
  );
  return generateXlsxFileSync([head, ...body], { columns, sheet, stickyRowsCount: 1, orientation: "landscape" }, undefined, toBytes);
};

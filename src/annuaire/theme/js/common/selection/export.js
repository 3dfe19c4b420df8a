// Exports that say what the screen says: a table of texts, as CSV or as a workbook.
import { slugify } from "../names.js";
import { clean, safe } from "../spreadsheet.js";
import { today } from "../today.js";
import { fetchBundle } from "./bundle.js";
import { columnsOf, linesOf } from "./columns.js";

const SEPARATOR = " | "; // between the lines of one cell
const LONGEST_CELL = 32_000; // characters: a workbook refuses more than 32,767
const WIDTHS = { nom: 36, offres: 48, offres_a_confirmer: 36, activite: 48, conformite: 44, desserte: 32, offres_correspondantes: 48 };

// Lay enterprises of the catalogue (by index) out as a table: `keys` are those of the columns wanted; `answer`, how they
// answer what was asked: where nothing was asked of offers, the columns that say so are left out.
export function exportRows(catalogue, indices, keys, answer) {
  const enterprises = Array.from(indices, catalogue.enterprise);
  const isSaid = (column) => enterprises.some((enterprise) => linesOf(catalogue, enterprise, column, answer).length > 0);
  const columns = columnsOf(keys).filter((column) => !column.isOfAnswer || isSaid(column));
  const rows = enterprises.map((enterprise) => columns.map((column) => linesOf(catalogue, enterprise, column, answer).map(cut).join(SEPARATOR)));
  return { keys: columns.map(({ key }) => key), header: columns.map(({ label }) => label), rows };
}

function cut(text) {
  return clean(text).slice(0, LONGEST_CELL);
}

// Write a table as the CSV that Excel opens in Québec: semicolons, CRLF, UTF-8 announced by its mark. Whatever another
// program could take for a separator stands between quotation marks.
export function csv({ header, rows }) {
  const cell = (text) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (cells) => `${cells.map((text) => cell(safe(cut(text)))).join(";")}\r\n`;
  return `\ufeff${[header, ...rows].map(line).join("")}`;
}

// Write a table as a workbook; its cells are texts, which nothing runs. The writer is fetched only now.
export async function workbook({ keys, header, rows }, sheet) {
  const write = await fetchBundle("workbook");
  const columns = keys.map((key) => ({ width: WIDTHS[key] ?? 24 }));
  return write([{ name: sheetName(sheet), header, rows: rows.map((cells) => cells.map((text) => ({ text: cut(text) }))), columns }]);
}

function sheetName(text) {
  const kept = text.replace(/[\\/?*[\]:']/g, " ").replace(/ {2,}/g, " ").trim();
  return [...kept].slice(0, 31).join("").trim() || "Entreprises";
}

export async function saveExport(kind, table, title) {
  const name = `${fileName(title)}-${today()}.${kind}`;
  if (kind === "csv") save(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }), name);
  else save(await workbook(table, title), name);
  return name;
}

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it after the click
}

export function fileName(text) {
  return slugify(text) || "annuaire";
}

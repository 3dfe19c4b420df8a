// Exports that say what the screen says: a table of texts, as CSV or as a workbook.
import { fileName, save } from "../saving.js";
import { clean, safe } from "../spreadsheet.js";
import { today } from "../today.js";
import { fetchBundle } from "./bundle.js";
import { columnsOf, linesOf } from "./columns.js";
import * as adresses from "../../../../data/adresses.json";

const SEPARATOR = " | "; // between the lines of one cell
const LONGEST_CELL = 32_000; // characters: a workbook refuses more than 32,767
const LONGEST_LINK = 255; // characters of a text in a formula
const WIDTHS = { nom: 36, offres: 48, offres_a_confirmer: 36, activite: 48, conformite: 44, desserte: 32, offres_correspondantes: 48, distance: 14, verification: 16 };
const RECORD = { key: "fiche", label: "Fiche" };
const QUOTE = "\u0022";
const ABOUT = "À propos";
const LINK = /^(?:https?:\/\/[^\s\u0022\u0000-\u0020]+|mailto:[^\s\u0022?&@\u0000-\u0020]+@[^\s\u0022?&@\u0000-\u0020]+)$/i;

// Whether a file may lead to an address: of the web, or an e-mail and no more than its address.
export function isLink(href) {
  return LINK.test(href);
}

// Lay enterprises of the catalogue (by index) out as a table: `keys` are those of the columns wanted; `answer`, how they
// answer what was asked. What is known of none of them is left out. A cell is a text, or {text, number | date | href}. `site`, the
// root of the site, where each line leads to its record.
export function exportRows(catalogue, indices, keys, answer, site = null) {
  const enterprises = Array.from(indices, catalogue.enterprise);
  const isSaid = (column) => enterprises.some((enterprise) => linesOf(catalogue, enterprise, column, answer).length > 0);
  const columns = columnsOf(keys).filter(isSaid);
  const cell = (enterprise, column) => {
    const text = linesOf(catalogue, enterprise, column, answer).map(cut).join(SEPARATOR);
    const more = text && column.cell?.(enterprise, catalogue, answer);
    return more ? { text, ...more } : text;
  };
  const record = ({ slug }) => {
    const { href } = new URL(`${adresses.entreprises}${slug}/`, site);
    return { text: href, href };
  };
  return {
    keys: [...columns.map(({ key }) => key), ...(site ? [RECORD.key] : [])],
    header: [...columns.map(({ label }) => label), ...(site ? [RECORD.label] : [])],
    units: columns.map(({ unit }) => unit ?? ""),
    rows: enterprises.map((enterprise) => [...columns.map((column) => cell(enterprise, column)), ...(site ? [record(enterprise)] : [])]),
  };
}

function cut(text) {
  return clean(text).slice(0, LONGEST_CELL);
}

const textOf = (cell) => (typeof cell === "string" ? cell : cell.text);

// Write a table as the CSV that Excel opens in Québec: semicolons, CRLF, UTF-8 announced by its mark. Whatever another
// program could take for a separator stands between quotation marks.
export function csv({ header, rows }) {
  const cell = (text) => (/[\u0022,;\t\n]/.test(text) ? quoted(text) : text);
  const line = (cells) => `${cells.map((one) => cell(safe(cut(textOf(one))))).join(";")}\r\n`;
  return `\ufeff${[header, ...rows].map(line).join("")}`;
}

// Write a table as a workbook; `about` is its second sheet, if any: rows of a label and a cell. Texts are written as such, which
// nothing runs; the only formulas are links to an address that is one. The writer is fetched only now.
export async function workbook({ keys, header, rows, units = [] }, sheet, about = []) {
  const write = await fetchBundle("workbook");
  const main = {
    name: sheetName(sheet),
    header: header.map((title, rank) => (units[rank] ? `${title} (${units[rank]})` : title)),
    rows: rows.map((cells) => cells.map(cellOf)),
    columns: keys.map((key) => ({ width: WIDTHS[key] ?? 24 })),
  };
  const more = { name: ABOUT, header: ["Ce que dit ce classeur", ""], rows: about.map((cells) => cells.map(cellOf)), columns: [{ width: 28 }, { width: 96 }] };
  return write(about.length > 0 ? [main, more] : [main]);
}

// A cell of a workbook: {text}, {number}, {date: Date} or {formula, text (what it shows)}.
function cellOf(cell) {
  const text = cut(textOf(cell));
  if (typeof cell === "string") return { text };
  if (Number.isFinite(cell.number)) return { number: cell.number };
  if (/^\d{4}-\d\d-\d\d$/.test(cell.date ?? "")) return { date: new Date(`${cell.date}T00:00:00Z`) };
  const leads = isLink(cell.href ?? "") && [cell.href, text].every(({ length }) => length <= LONGEST_LINK) && !text.includes("\n");
  return leads ? { text, formula: `HYPERLINK(${quoted(cell.href)},${quoted(text)})` } : { text };
}

// A text of a formula or of a table: nothing ends it but its own end.
function quoted(text) {
  return QUOTE + text.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;
}

function sheetName(text) {
  const kept = text.replace(/[\\/?*[\]:']/g, " ").replace(/ {2,}/g, " ").trim();
  const name = [...kept].slice(0, 31).join("").trim();
  return name && name.toLowerCase() !== ABOUT.toLowerCase() ? name : "Entreprises";
}

export async function saveExport(kind, table, title, about = []) {
  const name = `${fileName(title)}-${today()}.${kind}`;
  if (kind === "csv") save(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }), name);
  else save(await workbook(table, title, about), name);
  return name;
}

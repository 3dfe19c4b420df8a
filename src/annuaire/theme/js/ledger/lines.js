// The lines of a ledger, once its columns are known: each row is a purchase, or is told apart with its reason, so that the
// counts add up to the rows of the file. Pure.
import { fold } from "../common/names.js";
import { amountReader } from "./amounts.js";
import { readDay } from "./days.js";

export const REASONS = ["titre", "vide", "total", "sans-fournisseur", "sans-montant", "illisible"];
const SHOWN = 200; // rows kept to be shown, of each reason
const SAYS = /tota/i; // nearly no row does, and folding is dear
const TOLERANCE = 2; // cents, between a subtotal and the sum of its lines
const SURE = /^(?:sous[\s-]*tota(?:l|ux)\b|sub-?total\b|grand total\b|tota(?:l|ux)(?: (?:general|cumulatif|annuel|final|partiel|global)\w*)?\s*(?::.*)?$)/;
const DOUBTFUL = /^tota(?:l|ux)\b|\btotal$/; // « Total Canada inc. » is a supplier, « Total Traiteur Exemple » is not

// Give {lines: [{row, name, neq (ten digits, or an empty text), cents, day, object}], apart: {reason -> {count, rows: [{row, text}]}},
// credits (lines below zero), badNeq (lines whose NEQ is not one), rows}. `row` is as a spreadsheet numbers it.
export function readLines(rows, { header, roles }, isNeq) {
  const at = (cells, role) => (roles[role] < 0 ? "" : (cells[roles[role]] ?? ""));
  const text = (cells, role) => String(at(cells, role)).replace(/\s+/g, " ").trim();
  const read = amountReader(rows.slice(header + 1).map((cells) => at(cells, "montant")));
  const titles = header < 0 ? null : rows[header].map(bare);
  const apart = Object.fromEntries(REASONS.map((reason) => [reason, { count: 0, rows: [] }]));
  const days = new Map(); // a year has few
  const dayOf = (cell) => {
    if (!days.has(cell)) days.set(cell, readDay(cell));
    return days.get(cell);
  };
  const lines = [];
  let [credits, badNeq, sincePart, sinceTop] = [0, 0, 0, 0];

  for (const [rank, cells] of rows.entries()) {
    const leave = (reason) => {
      const own = apart[reason];
      own.count += 1;
      if (own.rows.length < SHOWN) own.rows.push({ row: rank + 1, text: cells.map(String).filter((cell) => cell.trim()).join(" | ").slice(0, 160) });
    };
    if (rank <= header) {
      leave("titre");
      continue;
    }
    if (cells.every((cell) => String(cell).trim() === "")) {
      leave("vide");
      continue;
    }
    if (titles !== null && titles.every((title, column) => title === bare(cells[column] ?? ""))) {
      leave("titre"); // said again at the top of each printed page
      continue;
    }
    const cents = read(at(cells, "montant"));
    const digits = text(cells, "neq").replace(/[\s\u00a0.-]/g, "");
    const neq = isNeq(digits) ? digits : "";
    if (isTotal(cells, roles, neq, cents, sincePart, sinceTop)) {
      leave("total");
      sincePart = 0;
      continue;
    }
    const name = text(cells, "fournisseur");
    if (name === "" && neq === "") leave("sans-fournisseur");
    else if (cents === null) leave("sans-montant");
    else if (Number.isNaN(cents)) leave("illisible");
    else {
      if (cents < 0) credits += 1;
      if (digits !== "" && neq === "") badNeq += 1;
      lines.push({ row: rank + 1, name, neq, cents, day: dayOf(at(cells, "date")), object: text(cells, "objet") });
      sincePart += cents;
      sinceTop += cents;
    }
  }
  return { lines, apart, credits, badNeq, rows: rows.length };
}

function bare(cell) {
  return String(cell).trim();
}

// A row of a total says so; where the words may be a name, the sum of what stands above says whether it is one.
function isTotal(cells, roles, neq, cents, sincePart, sinceTop) {
  if (neq !== "") return false;
  if (!cells.some((cell) => typeof cell === "string" && SAYS.test(cell))) return false;
  const texts = cells.filter((cell, rank) => typeof cell === "string" && rank !== roles.montant && rank !== roles.objet).map((cell) => fold(cell.trim())).filter(Boolean);
  const object = fold(bare(cells[roles.objet] ?? ""));
  const named = bare(cells[roles.fournisseur] ?? "");
  if (texts.some((text) => SURE.test(text)) || (named === "" && SURE.test(object))) return true;
  const isSum = cents !== null && [sincePart, sinceTop].some((sum) => sum !== 0 && Math.abs(sum - cents) <= TOLERANCE);
  return isSum && [...texts, object].some((text) => DOUBTFUL.test(text));
}

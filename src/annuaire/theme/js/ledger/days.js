// Days as people write them, « AAAA-MM-JJ ». Pure.
const MONTHS = ["janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec"];
import { fold } from "../common/names.js";

// Give the day of a cell, an empty text where there is none. « 03/04/2026 » is a third of April, unless the second number
// is no month.
export function readDay(cell) {
  if (typeof cell === "number") return Number.isInteger(cell) && cell > 19_000_000 && cell < 21_000_000 ? readDay(String(cell)) : serial(cell);
  const text = fold(String(cell ?? "").trim());
  let found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (found) return day(found[1], found[2], found[3]);
  found = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?$/.exec(text);
  if (found) return Number(found[2]) <= 12 ? day(found[3], found[2], found[1]) : day(found[3], found[1], found[2]);
  found = /^(\d{1,2})(?:er)?[ -]([a-z]+)\.?[ -](\d{4})$/.exec(text);
  const month = found ? MONTHS.findIndex((name) => found[2].startsWith(name)) + 1 : 0;
  return month > 0 ? day(found[3], month, found[1]) : "";
}

function serial(number) {
  if (!(number > 20_000 && number < 80_000)) return ""; // from 1954 to 2119, as spreadsheets count days
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(number) * 86_400_000).toISOString().slice(0, 10);
}

function day(year, month, date) {
  const text = [year, String(month).padStart(2, "0"), String(date).padStart(2, "0")].join("-");
  const made = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(text) ? text : "";
}

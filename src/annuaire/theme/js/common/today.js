// Today where the buyer is, not Greenwich's, as « AAAA-MM-JJ », and days as French writes them.
import { NBSP } from "./french.js";
const LONG = new Intl.DateTimeFormat("fr-CA", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// « 7 octobre 2022 », « 1er mars 2026 ».
export function inWords(day) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return LONG.format(date).replace(/^1 /, "1er ").replaceAll(" ", NBSP);
}

// « 22 novembre 2026 à 2 h 00 », where the buyer is.
export function momentInWords(instant) {
  const date = new Date(instant);
  return `${inWords(today(date))} à ${date.getHours()}${NBSP}h${NBSP}${String(date.getMinutes()).padStart(2, "0")}`;
}

// What a spreadsheet must not run: the rules of the site's own data files (annuaire.exports.tables).
import { tableur } from "../../../data/communs.json";

const RISKY = new Set(tableur.risques);
const NUMBER = new RegExp(`^(?:${tableur.nombre})$`);
const UNSEEN = new RegExp(tableur.invisibles, "gu");

export function clean(text) {
  return String(text).replace(/\r\n?/g, "\n").replace(UNSEEN, "");
}

// Make a text harmless to a spreadsheet: an apostrophe before what it would run.
export function safe(text) {
  const plain = clean(text);
  return RISKY.has(plain.slice(0, 1)) && !NUMBER.test(plain) ? `'${plain}` : plain;
}

// Take that apostrophe away.
export function unsafe(text) {
  return text.startsWith("'") && RISKY.has(text.slice(1, 2)) ? text.slice(1) : text;
}

// Amounts as people write them, in whole cents. Pure.

const SPACES = /[\s\u00a0\u202f\u2009'’]/g;
const CURRENCY = /(?:\$|cad|can|€)/gi;
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const NOTHING = /^[-–—]*$/; // a dash stands for no amount

// Make what reads the amounts of a column: « 1,234 » is a thousand unless others of the column write their cents so. It gives
// cents, null of an empty cell, NaN of what is no amount.
export function amountReader(cells) {
  const decimal = decimalOf(cells);
  return (cell) => readAmount(cell, decimal);
}

// The mark of decimals that most amounts of a column show without doubt; an empty text when none does.
function decimalOf(cells) {
  const votes = { ",": 0, ".": 0 };
  for (const cell of cells) {
    if (typeof cell !== "string") continue;
    const found = /([.,])\d{1,2}(?!\d)[^\d.,]*$/.exec(cell);
    if (found) votes[found[1]] += 1;
  }
  if (votes[","] === votes["."]) return "";
  return votes[","] > votes["."] ? "," : ".";
}

export function readAmount(cell, decimal = "") {
  if (typeof cell === "number") return Number.isFinite(cell) ? cents(cell) : Number.NaN;
  let text = String(cell ?? "").replace(SPACES, "").replace(CURRENCY, "").replace(/[−–—]/g, "-");
  if (NOTHING.test(text)) return null;
  let sign = 1;
  const credit = /^(.*\d.*?)(cr|ct)$/i.exec(text);
  if (credit) [text, sign] = [credit[1], -1];
  text = text.replace(/(?:dr|dt)$/i, "");
  const held = /^-?\((.*)\)-?$/.exec(text);
  if (held) [text, sign] = [held[1], -1];
  if (/^-|-$/.test(text)) [text, sign] = [text.replace(/^-|-$/g, ""), -1];
  text = text.replace(/^\+/, "");
  if (SCIENTIFIC.test(text)) return sign * cents(Number(text.replace(",", ".")));
  if (!/^[\d.,]*\d[\d.,]*$/.test(text)) return Number.NaN;
  const value = numberOf(text, decimal);
  return Number.isNaN(value) ? value : sign * cents(value) || 0;
}

function numberOf(text, decimal) {
  const marks = text.replace(/\d/g, "");
  if (marks === "") return Number(text);
  const [last, at] = [marks.at(-1), Math.max(text.lastIndexOf(","), text.lastIndexOf("."))];
  const isAlone = marks.length === 1;
  if (!isAlone && new Set(marks).size === 1) return grouped(text);
  if (!isAlone && marks.indexOf(last) < marks.length - 1) return Number.NaN; // « 1,234.567.89 »
  if (isAlone && text.length - at === 4 && last !== decimal && /^[1-9]\d{0,2}$/.test(text.slice(0, at))) return grouped(text);
  const whole = text.slice(0, at);
  const units = whole === "" ? 0 : isAlone ? Number(whole) : grouped(whole);
  return Number.isNaN(units) ? units : Number(`${units}.${text.slice(at + 1) || 0}`);
}

// Groups of three digits; anything else is no number.
function grouped(text) {
  return /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? Number(text.replace(/[.,]/g, "")) : Number.NaN;
}

function cents(value) {
  return Math.round(value * 100 + Math.sign(value) * 1e-6); // 1.005 is a little less in binary
}

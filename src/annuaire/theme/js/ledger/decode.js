// The bytes of a text file as text, by the rules of the command line (`annuaire.intake.importing.reading`): UTF-16 or
// UTF-8, else Windows-1252 or Mac OS Roman, whichever looks more like French. Pure.
import { LedgerError } from "./faults.js";
import { NBSP, quote } from "../common/french.js";

const ACCENTED = /[éèêëàâçôîïùûœÉÈÊÀÇÔÎ’]/g;
const SAMPLE = 4096; // bytes in which an UTF-16 without its mark shows
const NAMES = { "utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252", macintosh: "Mac OS Roman" };

// Give {text, encoding}: without its mark, and the name of its encoding for a person to read.
export function decode(bytes) {
  const wide = wideOf(bytes);
  if (wide) return told(wide, strictly(bytes, wide) ?? refuse());
  const text = strictly(bytes, "utf-8");
  if (text !== null) return told("utf-8", text);
  refuseMixed(bytes);
  const [western, mac] = ["windows-1252", "macintosh"].map((name) => new TextDecoder(name).decode(bytes));
  return accents(mac) > accents(western) ? told("macintosh", mac) : told("windows-1252", western);
}

function told(name, text) {
  return { text: text.replace(/^\ufeff/, ""), encoding: NAMES[name] };
}

function strictly(bytes, name) {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return null; // not in this encoding
  }
}

// By its mark; without it, half of the bytes of a text are zeros.
function wideOf(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const length = Math.min(bytes.length, SAMPLE);
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at % 2] += 1;
  if (zeros[1] > length / 4 && zeros[0] < length / 20) return "utf-16le";
  return zeros[0] > length / 4 && zeros[1] < length / 20 ? "utf-16be" : "";
}

function refuse() {
  throw new LedgerError("Ce fichier est coupé ou endommagé. Enregistrez-le de nouveau, puis recommencez.");
}

// A line of UTF-8 among others that are not: whatever is chosen, some letters would be wrong.
function refuseMixed(bytes) {
  const newline = 10;
  let odd = 0;
  let isMixed = false;
  for (let start = 0, number = 1; start < bytes.length; number += 1) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte > 127)) {
      if (strictly(line, "utf-8") === null) odd ||= number;
      else isMixed = true;
    }
    start = end + 1;
  }
  if (!isMixed) return;
  throw new LedgerError(`La ligne ${odd} n’est pas en UTF-8, comme d’autres le sont${NBSP}: leurs accents seraient faux. Enregistrez le fichier en ${quote("CSV UTF-8")}, puis recommencez.`);
}

function accents(text) {
  return text.match(ACCENTED)?.length ?? 0;
}

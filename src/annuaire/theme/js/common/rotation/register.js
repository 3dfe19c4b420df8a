// What the buyer keeps of the rotation: suppliers possible for the present need, past invitations, numbered draws. Kept
// in this browser only. What is read, from the browser or from a file, is never trusted: only the right shape comes out.
import { plain } from "../selection/store.js";
import { SLUG } from "../slug.js";
import { safe, unsafe } from "../spreadsheet.js";
import { dayIn } from "../days.js";
import { slugify } from "../names.js";

const KEY = "annuaire-rotation";
const FORMAT = 1;
const HASH = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
const MOST = { candidats: 300, invitations: 5000, tirages: 300 };
export const LONGEST_NEED = 80;
const LONGEST_NAME = 200;
const LONGEST_BOUGHT = 200;
const COLUMNS = ["fiche", "nom", "date", "besoin"];

export function empty() {
  return { format: FORMAT, besoin: "", achat: "", nombre: 2, candidats: [], invitations: [], tirages: [] };
}

// The reference of a need as it is hashed: one line, composed letters, no space at its ends.
export function need(text) {
  return plain(String(text).normalize("NFC"), LONGEST_NEED);
}

// What is bought, in words that the answer engine reads: one line.
export function bought(text) {
  return plain(String(text), LONGEST_BOUGHT);
}

// Read anything; give null when it is no register at all.
export function read(value) {
  if (value === null || typeof value !== "object" || value.format !== FORMAT) return null;
  const list = (name, one) => (Array.isArray(value[name]) ? value[name].slice(0, MOST[name]).map(one).filter(Boolean) : []);
  const number = Number(value.nombre);
  return {
    format: FORMAT,
    besoin: need(value.besoin ?? ""),
    achat: bought(value.achat ?? ""),
    nombre: Number.isInteger(number) && number >= 1 && number <= 20 ? number : 2,
    candidats: unique(list("candidats", who), ({ slug }) => slug),
    invitations: sorted(list("invitations", invitation)),
    tirages: (Array.isArray(value.tirages) ? value.tirages.slice(-MOST.tirages) : []).map(draw).filter(Boolean), // the last
  };
}

function who(item) {
  if (item === null || typeof item !== "object" || typeof item.slug !== "string") return null;
  if (item.slug.length > LONGEST_NAME || !SLUG.test(item.slug)) return null;
  return { slug: item.slug, nom: plain(item.nom ?? "", LONGEST_NAME) || item.slug };
}

function invitation(item) {
  const own = who(item);
  return own && dayIn(item.date) ? { ...own, date: item.date, besoin: need(item.besoin ?? "") } : null;
}

// Who was left out of a draw, and why.
function left(item) {
  const own = who(item);
  return own && { ...own, raison: plain(item.raison ?? "", LONGEST_NAME) };
}

function draw(item) {
  if (item === null || typeof item !== "object" || !HASH.test(item.jeu) || !Array.isArray(item.ordre)) return null;
  const numero = Number(item.numero);
  if (!Number.isInteger(numero) || numero < 1) return null;
  const ordre = item.ordre.slice(0, MOST.candidats).map((line, rank) => {
    const own = who(line);
    if (!own || !HASH.test(line.empreinte)) return null;
    return { ...own, rang: rank + 1, derniere: dayIn(line.derniere), empreinte: line.empreinte, egalite: line.egalite === true };
  });
  if (ordre.includes(null)) return null; // a draw without one of its lines is not that draw
  return {
    besoin: need(item.besoin ?? ""),
    achat: bought(item.achat ?? ""),
    numero,
    date: INSTANT.test(item.date) ? item.date : "",
    jeu: item.jeu,
    motif: plain(item.motif ?? "", LONGEST_NAME),
    hors: (Array.isArray(item.hors) ? item.hors : []).slice(0, MOST.candidats).map(left).filter(Boolean),
    ordre,
  };
}

// Invitations, latest first, each of them once.
export function sorted(invitations) {
  const kept = unique(invitations, ({ slug, date, besoin }) => `${slug} ${date} ${besoin}`);
  return kept.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.nom.localeCompare(b.nom, "fr"))).slice(0, MOST.invitations);
}

// Join what a file holds to what the browser has: invitations and draws of both; the need of the file if there is none.
export function merge(own, other) {
  return {
    ...own,
    besoin: own.besoin || other.besoin,
    achat: own.achat || other.achat,
    candidats: unique([...own.candidats, ...other.candidats], ({ slug }) => slug).slice(0, MOST.candidats),
    invitations: sorted([...own.invitations, ...other.invitations]),
    tirages: unique([...own.tirages, ...other.tirages], ({ besoin, numero, jeu, date }) => `${besoin} ${numero} ${jeu} ${date}`).slice(-MOST.tirages),
  };
}

// Let the possible suppliers follow the records renamed or merged since; what was invited and drawn stays as written.
export function follow(own, { indexOf, presentOf, json }) {
  const here = (item) => {
    const slug = indexOf(item.slug) < 0 ? presentOf(item.slug) : "";
    return slug ? { slug, nom: json.entreprises.nom[indexOf(slug)] } : item;
  };
  return { ...own, candidats: unique(own.candidats.map(here), ({ slug }) => slug) };
}

// How many the next draw of a need is.
export function nextNumber(state, besoin) {
  return 1 + Math.max(0, ...state.tirages.filter((one) => one.besoin === besoin).map(({ numero }) => numero));
}

// The register of invitations as CSV that spreadsheets open well and that runs nothing.
export function toCsv(invitations) {
  const rows = [COLUMNS, ...invitations.map(({ slug, nom, date, besoin }) => [slug, nom, date, besoin])];
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(text) {
  const shown = safe(text);
  return /[",;\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

// Read such a file, or one whose columns a spreadsheet parted with semicolons; null when it has not these columns.
export function fromCsv(text) {
  const [header, ...rows] = lines(text.replace(/^\ufeff/, ""));
  const names = (header ?? []).map((name) => name.trim().toLowerCase());
  const at = Object.fromEntries(COLUMNS.map((name) => [name, names.indexOf(name)]));
  if (at.date < 0 || (at.fiche < 0 && at.nom < 0)) return null;
  const value = (row, name) => (at[name] < 0 ? "" : unsafe(row[at[name]] ?? "").trim());
  const invitations = rows.map((row) => {
    const nom = value(row, "nom");
    return invitation({ slug: value(row, "fiche") || keyOf(nom), nom, date: value(row, "date"), besoin: value(row, "besoin") });
  });
  return { ...empty(), invitations: sorted(invitations.filter(Boolean)) };
}

function lines(text) {
  const parting = (text.split(/\r?\n/, 1)[0].match(/[,;\t]/) ?? [","])[0];
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    const row = rows.at(-1);
    if (quoted && character === '"' && text[i + 1] === '"') {
      row[row.length - 1] += '"';
      i += 1;
    } else if (character === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (!quoted && character === parting) row.push("");
    else if (!quoted && (character === "\n" || character === "\r")) {
      if (row.length > 1 || row[0]) rows.push([""]);
    } else row[row.length - 1] += character;
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}

// What a name becomes where no record has it: never the address of a page, only a key of the register.
export function keyOf(name) {
  return slugify(name, LONGEST_NAME);
}

function unique(items, key) {
  return [...new Map(items.map((item) => [key(item), item]).reverse()).values()].reverse();
}

let refused = false;

// Tell whether what is written outlives the page.
export function isKept() {
  return !refused;
}

export function load() {
  try {
    return read(JSON.parse(localStorage.getItem(KEY) ?? "null")) ?? empty();
  } catch (error) {
    if (!(error instanceof SyntaxError)) refused = true;
    return empty();
  }
}

export function save(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    refused = true; // full or forbidden: the page goes on, and says that nothing is kept
  }
}

// Call `changed` when another tab writes the register.
export function subscribe(changed) {
  globalThis.addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) changed();
  });
}

export function erase() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    refused = true;
  }
}

// Which column of a ledger is what: guessed from the titles and from what stands below, shown to the person, who corrects. Pure.
import { fold } from "../common/names.js";
import { amountReader } from "./amounts.js";
import { readDay } from "./days.js";

export const ROLES = ["fournisseur", "neq", "montant", "date", "objet"];
const LOOKED_AT = 30; // rows from the top: titles stand there, or there are none
const SAMPLE = 400; // rows below the titles
const LEAST = 30; // of 100 points and more: below, nothing is guessed
// What titles say, folded: of the role; against it.
const WORDS = {
  fournisseur: [/\b(?:fournisseurs?|adjudicataires?|supplier|vendor|contractants?|cocontractants?|beneficiaires?|prestataires?|raison sociale|entreprises?|entrepreneurs?|tiers|vendeurs?|creanciers?)\b/, /\b(?:no|num|numero|code|id|adresse|ville|courriel|telephone|type|forme|neq|nb|nombre|postal)\b|n°|#/],
  neq: [/\bneq\b|\bn(?:umer)?o?\.? d.?entreprise\b|\bnumero (?:d.)?entreprise du quebec\b|\benterprise number\b/, /\btps|tvq\b/],
  montant: [/\b(?:montants?|total|amount|depenses?|valeur|prix|couts?|paiements?|verse|paye|debit|facture[es]?|somme)\b/, /\b(?:tps|tvq|tvh|taxes?|solde|unitaire|unite|quantite|budget|no|numero|date|retenue|estime|objet|description|mode)\b/],
  date: [/\b(?:date|jour|periode|adjudication|mois)\b/, /\b(?:fin|echeance|naissance|mise a jour|objet|montant)\b/],
  objet: [/\b(?:objet|description|nature|libelle|details?|titre|projet|contrat|service|biens?|produits?|article|poste|explications?|motif|subject)\b/, /\b(?:no|numero|code|date|montant|mode|type|id|fournisseur|valeur|prix|total|duree|nombre|ville|adresse|municipalite|statut|courriel|direction)\b/],
};
const WITH_TAXES = /(?:avec|incl\w*|plus) (?:les )?taxes?|taxes? (?:incl\w*|comprises?)|ttc/;

// Give {header (rank of the row of titles, -1 when there is none), titles, roles (role -> rank of a column, or -1)}.
export function guessColumns(rows) {
  const width = rows.slice(0, SAMPLE).reduce((most, cells) => Math.max(most, cells.length), 0);
  const header = headerOf(rows);
  return { header, ...titled(rows, header, width), roles: rolesOf(rows, header, width) };
}

function titled(rows, header, width) {
  const used = new Map();
  const titles = Array.from({ length: width }, (_, rank) => {
    const title = (header < 0 ? "" : String(rows[header][rank] ?? "")).replace(/\s+/g, " ").trim() || `Colonne ${letters(rank)}`;
    const times = (used.get(title) ?? 0) + 1;
    used.set(title, times);
    return times > 1 ? `${title} (${times})` : title;
  });
  return { titles };
}

export function letters(rank) {
  return rank < 26 ? String.fromCharCode(65 + rank) : letters(Math.floor(rank / 26) - 1) + letters(rank % 26);
}

// The row that names most roles; one role is enough where no value stands beside.
function headerOf(rows) {
  let best = { at: -1, score: 0 };
  for (const [at, cells] of rows.slice(0, LOOKED_AT).entries()) {
    const texts = cells.map((cell) => (typeof cell === "string" ? fold(cell.trim()) : "\u0000")).filter(Boolean);
    if (texts.some((text) => text === "\u0000" || text.length > 80 || /\d{3}/.test(text))) continue;
    const named = ROLES.filter((role) => texts.some((text) => says(role, text)));
    const score = named.length >= 2 || (named.length === 1 && texts.length <= 3 && at === 0) ? named.length : 0;
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

function says(role, title) {
  const [words, against] = WORDS[role];
  const bare = role === "montant" ? title.replace(WITH_TAXES, "") : title;
  return words.test(bare) && !against.test(bare);
}

function rolesOf(rows, header, width) {
  const sample = rows.slice(header + 1, header + 1 + SAMPLE);
  const titles = Array.from({ length: width }, (_, rank) => (header < 0 ? "" : fold(String(rows[header][rank] ?? "").trim())));
  const contents = Array.from({ length: width }, (_, rank) => contentOf(sample.map((cells) => cells[rank] ?? "")));
  const roles = Object.fromEntries(ROLES.map((role) => [role, -1]));
  const taken = new Set();
  for (const role of ["neq", "date", "montant", "fournisseur", "objet"]) {
    let best = { rank: -1, score: LEAST };
    for (let rank = 0; rank < width; rank += 1) {
      if (taken.has(rank)) continue;
      const score = scoreOf(role, titles[rank], contents[rank]);
      if (score > best.score) best = { rank, score };
    }
    roles[role] = best.rank;
    if (best.rank >= 0) taken.add(best.rank);
  }
  return roles;
}

// What a title says, then what the cells look like: a title that names a role is not believed of cells that never are it.
function scoreOf(role, title, { filled, neq, amount, day, words, distinct, length }) {
  const [words1, against] = WORDS[role];
  const bare = role === "montant" ? title.replace(WITH_TAXES, "") : title;
  let said = 0;
  if (words1.test(bare)) said = against.test(bare) ? 15 : 60;
  else if (against.test(bare)) said = -40;
  if (role === "montant" && WITH_TAXES.test(title)) said += 10;
  if (role === "montant" && /\btotal\b/.test(title)) said += 5;
  if (filled === 0) return said;
  const looks = {
    neq: neq * 80 - (neq < 0.2 ? 60 : 0),
    date: day * 60 - (day < 0.4 ? 80 : 0),
    montant: (amount - neq - day) * 45 - (amount < 0.5 ? 90 : 0),
    fournisseur: (words - day) * 30 + (distinct > 0.02 ? 5 : -15) - (length > 70 ? 20 : 0) - (words < 0.5 ? 80 : 0),
    objet: (words - day) * 25 + Math.min(length, 60) / 6 - (words < 0.3 ? 80 : 0),
  };
  return said + looks[role];
}

function contentOf(cells) {
  const full = cells.filter((cell) => String(cell).trim() !== "");
  const part = (is) => (full.length === 0 ? 0 : full.filter(is).length / full.length);
  const read = amountReader(full);
  return {
    filled: full.length,
    neq: part((cell) => /^\d{10}$/.test(String(cell).replace(/[\s\u00a0-]/g, ""))),
    amount: part((cell) => !Number.isNaN(read(cell) ?? Number.NaN)),
    day: part((cell) => typeof cell === "string" && readDay(cell) !== ""),
    words: part((cell) => typeof cell === "string" && /\p{L}{3}/u.test(cell)),
    distinct: new Set(full).size / Math.max(1, full.length),
    length: full.reduce((sum, cell) => sum + String(cell).length, 0) / Math.max(1, full.length),
  };
}

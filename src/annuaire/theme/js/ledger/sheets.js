// The same result as sheets of a workbook: numbers are numbers, and nothing of the ledger is ever a formula. Pure.
import { clean } from "../common/spreadsheet.js";
import { shareOf } from "./summary.js";
import { APART, BY, STATES, elseSentence, likeness, pendingSentence, shareSentence } from "./wording.js";

const LONGEST_CELL = 32_000; // characters: a workbook refuses more than 32,767
const DOLLARS = '#,##0.00 "$"';
const PERCENT = "0.0%";

const text = (value) => ({ text: clean(value).slice(0, LONGEST_CELL) });
const money = (cents) => ({ number: cents / 100, format: DOLLARS });
const count = (number) => ({ number });
const part = (share) => (share === null ? text("") : { number: share, format: PERCENT });

// `about`: [[label, value]] of the site. Give the sheets: {name, header, rows, columns}.
export function sheetsOf(result, about) {
  const { list, total, confirmed } = result;
  const sums = (rows, whole) => rows.map(({ label, cents, suppliers, lines }) => [text(label), money(cents), part(shareOf(cents, whole.cents)), count(suppliers), count(lines)]);
  const states = [...STATES.map(([key, label]) => ({ label, ...result[key] })), { label: "Total des achats lus", ...total }];
  const figures = ["Montant", "Part", "Fournisseurs", "Lignes"];
  const sheets = [
    sheet("Sommaire", ["Fournisseur", ...figures], sums(states, total), [40, 18, 10, 14, 10]),
    sheet("Par catégorie", ["Catégorie", ...figures], sums(result.categories, confirmed), [48, 18, 10, 14, 10]),
    sheet("Par territoire", ["Territoire", ...figures], sums(result.territories, confirmed), [36, 18, 10, 14, 10]),
    sheet(
      "Confirmés",
      ["Fournisseur du carnet", "NEQ", "Au répertoire", "Municipalité", "Forme juridique", "Reconnu par", "Lignes", "Montant"],
      list.confirmed.map(({ name, neq, firm, by, lines, cents }) => [text(name), text(neq || firm.neq), text(firm.name), text(firm.town), text(firm.form || firm.since), text(BY[by]), count(lines), money(cents)]),
      [40, 14, 40, 24, 28, 20, 10, 18],
    ),
    sheet(
      "À confirmer",
      ["Fournisseur du carnet", "NEQ", "Nom semblable au répertoire", "Ressemblance", "Lignes", "Montant"],
      list.pending.map(({ name, neq, candidates, lines, cents }) => [text(name), text(neq), text(candidates.map((one) => one.name).join(" | ")), text(candidates.map(likeness).join(" | ")), count(lines), money(cents)]),
      [40, 14, 60, 30, 10, 18],
    ),
    sheet(
      "Offert au répertoire",
      ["Catégorie", "Objets du carnet", "Lignes", "Montant acheté ailleurs", "Entreprises", "Avec qui"],
      result.else.categories.map(({ label, objects, lines, cents, number, firms }) => [text(label), text(objects.join(" | ")), count(lines), money(cents), count(number), text(firms.map(({ name, isSure }) => (isSure ? name : `${name} (à confirmer)`)).join(" | "))]),
      [40, 60, 10, 22, 12, 80],
    ),
    sheet(
      "Laissées de côté",
      ["Ligne", "Raison", "Contenu"],
      Object.entries(APART).flatMap(([reason, label]) => result.apart[reason].rows.map((row) => [count(row.row), text(label), text(row.text)])),
      [10, 30, 90],
    ),
  ].filter(({ rows }) => rows.length > 0);
  const told = [["Part", shareSentence(result)], ["À confirmer", pendingSentence(result)], ["Offert au répertoire", elseSentence(result.else)], ...Object.entries(APART).map(([reason, label]) => [label, String(result.apart[reason].count)]), ...about];
  return [...sheets, sheet("À propos", ["Ce que dit ce classeur", ""], told.filter(([, value]) => value).map((row) => row.map(text)), [28, 100])];
}

function sheet(name, header, rows, widths) {
  return { name, header, rows, columns: widths.map((width) => ({ width })) };
}

// « Cette entreprise est-elle collective? »: a NEQ, a name or a list, each told by what the directory knows. Absent is never « no ».
// Pure.
import { fold } from "../common/names.js";
import { readDay } from "./days.js";

export const MOST_ASKED = 500; // lines of a list
const PERSON = "22"; // who runs a business alone is no legal person (Registraire des entreprises)
const AMOUNT = /-?\$?\s?\d{1,3}(?:[ \u00a0\u202f.,]?\d{3})*(?:[.,]\d{2})?\s*\$|-?\$\s?\d[\d \u00a0\u202f.,]*|-?\b\d{1,3}(?:[ \u00a0\u202f]?\d{3})*[.,]\d{2}(?!\d)/g;
const DAY = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\/\d{1,2}\/\d{4}\b/g;
const TITLE = /^(?:(?:noms? (?:du |des )?)?(?:fournisseurs?|adjudicataires?|entreprises?|contractants?|suppliers?|vendors?)|noms?|neq|numero d.entreprise(?: du quebec)?|montants?(?: .*)?|amount|dates?(?: .*)?|objets?(?: du contrat)?|descriptions?|(?:sous[ -]?|grand )?tota(?:l|ux)(?: general)?)\s*:?$/;
const NUMBER = /(?:^|[^\d])((?:\d[ \u00a0-]?){9}\d)(?![\d])/;

// Give [{asked, kind, neq, firms: [{rank, score}]}], one for each line that says something: a row of a sheet is one line. `kind`:
// inscrite (the NEQ is of the directory), nom (the same name), semblable (a name like it), personne (the NEQ of a person alone),
// absente, rien (neither a name nor a NEQ: a title, a total, an amount, a day).
export function verdicts(text, matcher, isNeq) {
  const asked = text.split(/[\n\r]+/).flatMap(rowsOf);
  return asked.slice(0, MOST_ASKED).map((cells) => verdict(cells, matcher, isNeq));
}

// The cells of a line, one row or several: names may follow one another on a line.
function rowsOf(line) {
  const cells = (mark) => line.split(mark).map((cell) => cell.replace(/\s+/g, " ").trim()).filter(Boolean);
  const tabbed = cells("\t");
  if (tabbed.length > 1) return [tabbed];
  const own = cells(/[;\t]/);
  return own.length > 1 && !own.some(isFigure) ? own.map((cell) => [cell]) : own.length > 0 ? [own] : [];
}

function isFigure(cell) {
  return !/\p{L}{2}/u.test(cell.replace(/cad|can/gi, "")) || readDay(cell) !== "";
}

function verdict(cells, matcher, isNeq) {
  const asked = cells.join(", ");
  const numbers = cells.map((cell) => NUMBER.exec(cell)?.[1].replace(/\D/g, "") ?? "");
  const neq = numbers.find(isNeq) ?? "";
  const rank = neq ? matcher.byNeq(neq) : -1;
  if (rank >= 0) return { asked, kind: "inscrite", neq, firms: [{ rank, score: 1 }] };
  const bare = (cell) => (neq ? cell.replace(NUMBER, " ").replace(/\bneq\b|[:,|]/gi, " ") : cell).replace(AMOUNT, " ").replace(DAY, " ").trim();
  const names = cells.map(bare).filter((name) => /\p{L}{2}/u.test(name) && !isTitle(name) && !isFigure(name));
  if (names.length === 0 && neq === "") return { asked, kind: "rien", neq, firms: [] };
  // The cell that names an enterprise best: the others are objects, towns.
  const [firms = []] = names.map((name) => matcher.byName(name)).filter(({ length }) => length > 0).sort(([one], [other]) => other.score - one.score);
  if (firms.length > 0) return { asked, kind: firms[0].score === 1 ? "nom" : "semblable", neq, firms };
  return { asked, kind: neq.startsWith(PERSON) ? "personne" : "absente", neq, firms };
}

function isTitle(name) {
  return TITLE.test(fold(name));
}

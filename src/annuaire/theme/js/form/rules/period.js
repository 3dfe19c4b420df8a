// Dates that may be known to the month or the year alone: days of the calendar, in order.
import { textAt } from "../lay.js";
import { spanOf } from "../../common/days.js";

// Other writings, a thirteenth month among them, are the cell's own fault.
const WRITTEN = /^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/;

export function check({ values }) {
  const [debut, fin, opens, closes] = ["debut", "fin", "heure_debut", "heure_fin"].map((key) => textAt(values, key));
  const [start, end] = [debut, fin].map(spanOf);
  const findings = Object.entries({ debut, fin })
    .filter(([, text]) => WRITTEN.test(text) && !spanOf(text))
    .map(([key, valeur]) => ({ code: "jour-inexistant", path: [key], values: { valeur } }));
  if (start && end) {
    const isSame = start.first === end.first && start.last === end.last;
    if (end.last < start.first || (isSame && opens && closes && closes <= opens)) {
      findings.push({ code: "fin-avant-debut", path: ["fin"], values: { valeur: fin, debut } });
    }
  } else if (start && start.first === start.last && !fin && closes && closes <= opens) {
    findings.push({ code: "fin-avant-debut", path: ["heure_fin"], values: { valeur: closes, debut: opens } });
  }
  return findings;
}

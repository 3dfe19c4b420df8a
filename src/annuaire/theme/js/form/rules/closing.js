// Status and closing day together: one without the other contradicts itself or leaves readers wondering.
// Nothing closes before it was founded.
import { textAt } from "../lay.js";
import { spanOf } from "../../common/days.js";

export function check({ values }, { rules }) {
  const [status, day, founded] = ["statut", "date_fermeture", "annee_fondation"].map((key) => textAt(values, key));
  const isDay = day.length === 10 && Boolean(spanOf(day));
  const findings = [];
  if (status === "fermee" && !day) findings.push({ code: "fermee-sans-date", path: ["statut"], values: {} });
  else if (isDay && rules.closing.nonFermes.includes(status)) {
    findings.push({ code: "date-sans-fermeture", path: ["date_fermeture"], values: { valeur: day, statut: status } });
  }
  if (isDay && rules.closing.annee.whole.test(founded) && day.slice(0, 4) < founded) {
    findings.push({ code: "fermee-avant-fondation", path: ["date_fermeture"], values: { valeur: day, annee: founded } });
  }
  return findings;
}

// Status and closing day together: one without the other contradicts itself or leaves readers wondering.
import { textAt } from "../lay.js";

export function check({ values }, { rules }) {
  const [status, day] = [textAt(values, "statut"), textAt(values, "date_fermeture")];
  if (status === "fermee" && !day) return [{ code: "fermee-sans-date", path: ["statut"], values: {} }];
  if (day && rules.closing.nonFermes.includes(status)) {
    return [{ code: "date-sans-fermeture", path: ["date_fermeture"], values: { valeur: day, statut: status } }];
  }
  return [];
}

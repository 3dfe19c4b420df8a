// The day on which a person last checked what helps enterprises: in a year, programmes close and offices move.
import { textAt } from "../lay.js";
import { dayIn, monthsBefore } from "../../common/days.js";

export function check({ values, today }, { rules }) {
  const { mois, acheves } = rules.checked;
  const day = dayIn(textAt(values, "verifie_le"));
  if (!day || day >= monthsBefore(today, mois) || acheves.includes(textAt(values, "statut"))) return [];
  return [{ code: "verifie-il-y-a-longtemps", path: ["verifie_le"], values: { valeur: day, mois: String(mois) } }];
}

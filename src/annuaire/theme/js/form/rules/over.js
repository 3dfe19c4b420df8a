// What is said to be open after its last day.
import { textAt } from "../lay.js";
import { spanOf } from "../../common/days.js";

export function check({ values, today }) {
  const valeur = textAt(values, "fin");
  const known = spanOf(valeur);
  return textAt(values, "statut") === "ouvert" && known && known.last < today ? [{ code: "ouvert-apres-fin", path: ["statut"], values: { valeur } }] : [];
}

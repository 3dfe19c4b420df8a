// Events whose last day is over: somebody must say whether they were held.
import { textAt } from "../lay.js";
import { spanOf } from "../../common/days.js";

export function check({ values, today }) {
  const valeur = textAt(values, "fin") || textAt(values, "debut");
  const known = spanOf(valeur);
  return textAt(values, "statut") === "prevu" && known && known.last < today ? [{ code: "evenement-passe", path: ["statut"], values: { valeur } }] : [];
}

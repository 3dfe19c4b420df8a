// A NEQ that begins with 22 belongs to a natural person who runs a business alone.
import { textAt } from "../lay.js";

export function check({ values }, { rules }) {
  const valeur = textAt(values, "neq");
  return valeur.startsWith(rules.neq.personne) ? [{ code: "neq-personne-physique", path: ["neq"], values: { valeur } }] : [];
}

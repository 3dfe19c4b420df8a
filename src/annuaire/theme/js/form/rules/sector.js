// A secondary sector equal to the main one.
import { listAt, textAt } from "../lay.js";

export function check({ values }) {
  const valeur = textAt(values, "secteur");
  return listAt(values, "secteurs_secondaires").flatMap((sector, index) =>
    sector === valeur ? [{ code: "secteur-repete", path: ["secteurs_secondaires", index], values: { valeur } }] : [],
  );
}

// A postal code beside its municipality: its first letter tells the part of Québec.
import { listAt, textAt } from "../lay.js";
import { masked } from "./cells.js";

export function check(record, knowledge) {
  const { values } = record;
  return listAt(values, "etablissements").flatMap((_, index) => {
    const here = ["etablissements", index];
    const valeur = textAt(values, ...here, "code_postal");
    const town = valeur && knowledge.municipality(textAt(values, ...here, "municipalite"), textAt(values, ...here, "municipalite_code"));
    if (!town || !knowledge.rules.postal_code.ecrit.whole.test(valeur)) return [];
    const { letters, de } = knowledge.regions.get(knowledge.mrcs.get(town.mrc).region);
    if (!letters || letters.includes(valeur[0])) return [];
    const finding = { code: "code-postal-region", path: [...here, "code_postal"], values: { valeur, region: de, lettres: [...letters].join(" ou ") } };
    return [masked(finding, record, knowledge)];
  });
}

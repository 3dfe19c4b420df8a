// A person, a telephone number or a personal address that a field tells.
import { listAt, textAt } from "../lay.js";
import { ownOf, suspectsIn } from "../persons.js";

export function check({ values, cells }, { rules, free }) {
  let own;
  return cells.flatMap(({ field, path, value }) => {
    const kind = kindOf(field, free);
    if (!kind) return [];
    own ??= ownWords(values, rules.person);
    return suspectsIn(value, kind, own, rules.person).map(({ code, words }) => ({ code, path, values: { champ: field.name, valeur: words } }));
  });
}

// What a field's text is meant to hold, by the traits of the schema; nothing for what is not judged.
function kindOf(field, free) {
  if (field.code === "courriel-invalide") return "courriel";
  if (field.type !== "string" || field.vocabulary || field.code !== free || field.constraints.enum || field.nature === "enseigne") return "";
  return field.nature || "texte";
}

function ownWords(values, known) {
  const places = listAt(values, "etablissements").map((_, index) => index);
  const texts = (key) => places.map((index) => textAt(values, "etablissements", index, key));
  const name = textAt(values, "nom") || textAt(values, "titre");
  return ownOf([name, textAt(values, "municipalite"), ...texts("municipalite")], texts("nom"), known);
}

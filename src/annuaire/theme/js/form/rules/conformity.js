// An expired authorisation must be renewed or taken out.
import { listAt, textAt } from "../lay.js";
import { dayIn } from "../../common/days.js";

export function check({ values, today }, { children }) {
  const labels = children.get("conformite").byPath.get("type").labels;
  return listAt(values, "conformite").flatMap((_, index) => {
    const day = dayIn(textAt(values, "conformite", index, "valide_jusqua"));
    if (!day || day >= today) return [];
    const type = textAt(values, "conformite", index, "type");
    return [{ code: "conformite-expiree", path: ["conformite", index, "valide_jusqua"], values: { document: labels.get(type) ?? type, valeur: day } }];
  });
}

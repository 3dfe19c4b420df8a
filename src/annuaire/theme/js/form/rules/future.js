// Days and years that must be past: a verification, a closing, a foundation, a measure.
import { dayIn } from "../../common/days.js";

export function check({ cells, today }, { rules }) {
  const { aVenir, annee } = rules.future;
  return cells.flatMap(({ field, path, value }) => {
    const values = { valeur: value, champ: field.title };
    if (field.type === "date" && field.nature !== aVenir) return dayIn(value) > today ? [{ code: "date-future", path, values }] : [];
    const isYear = field.code === "annee-invalide" && annee.whole.test(value);
    return isYear && Number(value) > Number(today.slice(0, 4)) ? [{ code: "annee-future", path, values }] : [];
  });
}

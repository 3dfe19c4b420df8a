// What nobody vouched for in two years may no longer be true; a closed enterprise stays as it is.
import { listAt, textAt } from "../lay.js";
import { dayIn, monthsBefore } from "../../common/days.js";

export function check({ values, today }, { rules }) {
  if (textAt(values, "statut") === "fermee") return [];
  const { mois } = rules.freshness;
  const limit = monthsBefore(today, mois);
  const paths = [["verification", "date"], ...listAt(values, "offres").map((_, index) => ["offres", index, "verification", "date"])];
  return paths.flatMap((path) => {
    const day = dayIn(textAt(values, ...path));
    return day && day < limit ? [{ code: "verification-ancienne", path, values: { valeur: day, mois: String(mois) } }] : [];
  });
}

// « Confirmée » means a person, on a known day.
import { listAt, textAt } from "../lay.js";

export function check({ values }) {
  const paths = [["verification"], ...listAt(values, "offres").map((_, index) => ["offres", index, "verification"])];
  return paths.flatMap((path) => {
    if (textAt(values, ...path, "statut") !== "confirmee") return [];
    const findings = [];
    if (!textAt(values, ...path, "date")) findings.push({ code: "confirmee-sans-date", path: [...path, "statut"], values: {} });
    if (textAt(values, ...path, "par") === "import") findings.push({ code: "confirmee-par-import", path: [...path, "par"], values: {} });
    return findings;
  });
}

// The same offer, place or document written twice.
import { listAt, textAt } from "../lay.js";
import { fold } from "../../common/names.js";

export function check({ values }, { children }) {
  const findings = [];
  for (const key of children.keys()) {
    const items = listAt(values, key);
    const names = new Set();
    const written = items.map(canonical);
    items.forEach((item, index) => {
      if (key === "offres") {
        const name = fold(textAt(values, key, index, "nom"));
        const both = JSON.stringify([name, textAt(values, key, index, "categorie")]);
        if (name && names.has(both)) findings.push({ code: "offre-en-double", path: [key, index], values: { valeur: textAt(values, key, index, "nom") } });
        names.add(both);
      } else if (written[index].startsWith("{") && written.indexOf(written[index]) < index) {
        findings.push({ code: "ligne-en-double", path: [key, index], values: { champ: key, numero: String(written.indexOf(written[index]) + 1) } });
      }
    });
  }
  return findings;
}

// One text for one content, whatever the order of its keys.
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(",")}}`;
}

// The slug of a record becomes the address of its page.
import { pattern } from "../knowledge.js";
import { listAt, textAt } from "../lay.js";
import { slugify } from "../../common/names.js";

export function check({ slug, values }, { root, data }) {
  const isRefused = (name) => data.reserves.includes(name) || pattern(data.reservesMotif).test(name);
  const findings = [];
  const key = root.fields[0];
  if (!key.pattern.test(slug) || slug.length > key.constraints.maxLength) {
    const suggestion = slugify(textAt(values, "nom")) || "nom-de-l-entreprise";
    findings.push({ code: "fichier-nom", path: [], values: { valeur: slug, suggestion } });
  } else if (isRefused(slug)) {
    findings.push({ code: "nom-reserve", path: [], values: { valeur: slug } });
  }
  listAt(values, "anciens_slugs").forEach((item, index) => {
    if (typeof item === "string" && isRefused(item)) findings.push({ code: "nom-reserve", path: ["anciens_slugs", index], values: { valeur: item } });
  });
  return findings;
}

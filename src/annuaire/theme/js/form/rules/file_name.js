// The slug of a record becomes the address of its page.
import { listAt, textAt } from "../lay.js";
import { slugify } from "../../common/names.js";

export function check({ slug, values }, { root, rules }) {
  const { reserves, pages, exemple } = rules.file_name;
  const isRefused = (name) => reserves.includes(name) || pages.whole.test(name);
  const findings = [];
  const key = root.fields[0];
  if (!key.pattern.test(slug) || slug.length > key.constraints.maxLength) {
    const suggestion = slugify(textAt(values, "nom")) || exemple;
    findings.push({ code: "fichier-nom", path: [], values: { valeur: slug, suggestion } });
  } else if (isRefused(slug)) {
    findings.push({ code: "nom-reserve", path: [], values: { valeur: slug } });
  }
  listAt(values, "anciens_slugs").forEach((item, index) => {
    if (typeof item === "string" && isRefused(item)) findings.push({ code: "nom-reserve", path: ["anciens_slugs", index], values: { valeur: item } });
  });
  return findings;
}

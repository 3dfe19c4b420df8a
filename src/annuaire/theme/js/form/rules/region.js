// An enterprise none of whose places is in the site's regions: no listing by territory shows it.
import { listAt, textAt } from "../lay.js";

export function check({ values }, knowledge) {
  const wanted = knowledge.data.regionsDuSite;
  const found = listAt(values, "etablissements").map((_, index) =>
    knowledge.municipality(textAt(values, "etablissements", index, "municipalite"), textAt(values, "etablissements", index, "municipalite_code")),
  );
  if (wanted.length === 0 || found.length === 0 || found.includes(null)) return [];
  const regions = found.map(({ mrc }) => knowledge.mrcs.get(mrc).region);
  if (regions.some((region) => wanted.includes(region))) return [];
  return [{ code: "municipalite-hors-region", path: ["etablissements", 0, "municipalite"], values: { valeur: found[0].nom, region: knowledge.regions.get(regions[0]).nom } }];
}

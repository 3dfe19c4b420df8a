// Each value that must stand in a vocabulary: sectors, forms, categories, territories, municipalities.
import { textAt } from "../lay.js";
import { closest as closestOf, ratio, weightedRatio } from "../likeness.js";
import { fold } from "../../common/names.js";

const CODES = {
  secteurs: "secteur-inconnu",
  formes: "forme-inconnue",
  categories: "categorie-inconnue",
  certifications: "certification-inconnue",
  territoires: "territoire-inconnu",
  champs: "champ-deduit-inconnu",
};
// What people write before or after the name of a municipality, once folded: « Ville de », « (secteur Grand-Mère) ».
const DESIGNATION = /^(?:la )?(?:municipalite |ville )?(?:de la |du |des )?(?:ville|cite|municipalite|paroisse|village|cantons?)(?: unis)?(?: de | du | des | d')/;
const ASIDE = /\s*(?:\([^)]*\)|,\s*(?:quebec|qc|p\.?q\.?|canada)\b\.?)/g;
const SEVERAL = /\s*[,;/&+]\s*|\s+(?:et|ou)\s+/i;

export function check({ values, cells }, knowledge) {
  return cells.flatMap(({ field, path, value }) => {
    if (field.vocabulary === "municipalites") return municipality(values, path, value, knowledge);
    const known = CODES[field.vocabulary] && knowledge.words[field.vocabulary];
    if (!known) return [];
    const items = field.isList ? value.map((item, index) => [[...path, index], item]) : [[path, value]];
    return items
      .filter(([, item]) => known.get(item) !== item)
      .map(([where, item]) => ({ code: CODES[field.vocabulary], path: where, values: { valeur: item, suggestion: closest(item, known) } }));
  });
}

// The code of the entry closest to what was written, or nothing if none is close.
export function closest(value, known) {
  const folded = new Map();
  for (const [word, code] of known) folded.set(fold(word), code);
  const exact = folded.get(fold(value));
  if (exact) return exact;
  const found = closestOf(fold(value), folded.keys(), 75, weightedRatio);
  return found ? folded.get(found.choice) : "";
}

function municipality(values, path, name, knowledge) {
  const code = textAt(values, ...path.slice(0, -1), "municipalite_code");
  const homonyms = knowledge.byName.get(name) ?? [];
  if (homonyms.length === 0) {
    const several = severalIn(name, knowledge);
    if (several.length > 1) return [{ code: "municipalite-multiple", path, values: { valeur: name, premiere: several[0], seconde: several[1] } }];
    return [{ code: "municipalite-inconnue", path, values: { valeur: name, suggestion: official(name, knowledge) } }];
  }
  if (code && !/^[0-9]{5}$/.test(code)) return []; // the cell's own fault
  const liste = homonyms.map((town) => `"${town.code}" (${knowledge.mrcs.get(town.mrc).titre})`).join(", ");
  if (code && homonyms.every((town) => town.code !== code)) {
    return [{ code: "municipalite-code-discordant", path: [...path.slice(0, -1), "municipalite_code"], values: { valeur: code, municipalite: name, liste } }];
  }
  if (!code && homonyms.length > 1) return [{ code: "municipalite-homonyme", path, values: { valeur: name, liste } }];
  return [];
}

// The official names of the municipalities that one value names together.
function severalIn(name, { byFoldedName }) {
  const parts = fold(name).replace(ASIDE, "").split(SEVERAL);
  return [...new Set(parts.map((part) => byFoldedName.get(bare(part))?.[0].nom).filter(Boolean))];
}

// What is not the name itself is taken away: the designation, what stands between brackets, the province.
function bare(folded) {
  const name = folded.replace(ASIDE, "").trim();
  const designation = DESIGNATION.exec(name);
  return designation && designation[0].length < name.length ? name.slice(designation[0].length) : name;
}

export function official(name, { byFoldedName }) {
  const short = bare(fold(name));
  const same = byFoldedName.get(fold(name)) ?? byFoldedName.get(short);
  if (same) return same[0].nom;
  const expanded = short.replaceAll("ste-", "sainte-").replaceAll("st-", "saint-").replaceAll(" ", "-");
  const found = closestOf(expanded, byFoldedName.keys(), 80, ratio);
  return found ? byFoldedName.get(found.choice)[0].nom : "";
}

// Each value that must stand in a vocabulary: sectors, forms, categories, territories, municipalities.
import { textAt } from "../lay.js";
import { closest as closestOf, ratio, weightedRatio } from "../likeness.js";
import { fold } from "../../common/names.js";

export function check({ values, cells }, knowledge) {
  const { codes } = knowledge.rules.vocabulary;
  return cells.flatMap(({ field, path, value }) => {
    if (field.vocabulary === "municipalites") return municipality(values, path, value, knowledge);
    const known = codes[field.vocabulary] && knowledge.words[field.vocabulary];
    if (!known) return [];
    const items = field.isList ? value.map((item, index) => [[...path, index], item]) : [[path, value]];
    return items
      .filter(([, item]) => known.get(item) !== item)
      .map(([where, item]) => ({ code: codes[field.vocabulary], path: where, values: { valeur: item, suggestion: closest(item, known, knowledge) } }));
  });
}

// The code of the entry closest to what was written, or nothing if none is close.
function closest(value, known, { rules }) {
  const folded = new Map();
  for (const [word, code] of known) folded.set(fold(word), code);
  const exact = folded.get(fold(value));
  if (exact) return exact;
  const found = closestOf(fold(value), folded.keys(), rules.vocabulary.proche, weightedRatio);
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
  if (code && !knowledge.rules.vocabulary.codeMunicipal.whole.test(code)) return []; // the cell's own fault
  const liste = homonyms.map((town) => `"${town.code}" (${knowledge.mrcs.get(town.mrc).titre})`).join(", ");
  if (code && homonyms.every((town) => town.code !== code)) {
    return [{ code: "municipalite-code-discordant", path: [...path.slice(0, -1), "municipalite_code"], values: { valeur: code, municipalite: name, liste } }];
  }
  if (!code && homonyms.length > 1) return [{ code: "municipalite-homonyme", path, values: { valeur: name, liste } }];
  return [];
}

// The official names of the municipalities that one value names together.
function severalIn(name, { byFoldedName, rules }) {
  const { apart, plusieurs } = rules.vocabulary;
  const parts = fold(name).replace(apart.all, "").split(plusieurs.one);
  return [...new Set(parts.map((part) => byFoldedName.get(bare(part, rules.vocabulary))?.[0].nom).filter(Boolean))];
}

// What is not the name itself is taken away: the designation, what stands between brackets, the province.
function bare(folded, { apart, designation }, aside = apart) {
  const name = folded.replace(aside.all, "").trim();
  const found = designation.one.exec(name);
  return found && found[0].length < name.length ? name.slice(found[0].length) : name;
}

// Whether what is written means a municipality for sure: its name, with what people write around it (« Ville de »),
// and nothing that may say that it is elsewhere (« (Michigan) »).
export function isSameTown(name, official, { rules: { vocabulary: own } }) {
  const key = (text) => own.abreges.reduce((found, [cut, whole]) => found.replaceAll(cut, whole), bare(fold(text), own, own.apartSur).replace(/[ .]+/g, "-"));
  return key(name) === key(official);
}

function official(name, { byFoldedName, rules }) {
  const { abreges, procheMunicipalite } = rules.vocabulary;
  const short = bare(fold(name), rules.vocabulary);
  const same = byFoldedName.get(fold(name)) ?? byFoldedName.get(short);
  if (same) return same[0].nom;
  const expanded = abreges.reduce((text, [cut, whole]) => text.replaceAll(cut, whole), short);
  const found = closestOf(expanded, byFoldedName.keys(), procheMunicipalite, ratio);
  return found ? byFoldedName.get(found.choice)[0].nom : "";
}

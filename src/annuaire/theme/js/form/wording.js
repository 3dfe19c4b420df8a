// Values as people read them: labels for codes, a list in one line.
import { inWords } from "../common/today.js";
import { partout } from "../../../data/communs.json";

const YES = { oui: "Oui", non: "Non" };

export function labelOf(field, value, knowledge) {
  if (Array.isArray(value)) return value.map((item) => one(field, item, knowledge)).join(", ");
  return one(field, value, knowledge);
}

// The same where it is read rather than chosen: a day in words.
export function told(field, value, knowledge) {
  return field.type === "date" ? inWords(value) : labelOf(field, value, knowledge);
}

// The choices of a field: pairs of a code and its label; nothing where any text may be written.
export function choicesOf(field, knowledge) {
  const { data } = knowledge;
  if (field.constraints.enum) return field.constraints.enum.map((code) => [code, field.labels.get(code) ?? code]);
  if (field.isList && field.labels.size > 0) return [...field.labels];
  if (field.type === "boolean") return Object.entries(YES);
  if (["secteurs", "formes", "certifications"].includes(field.vocabulary)) return data[field.vocabulary].map(([slug, label]) => [slug, label]);
  if (field.vocabulary === "regions") return data.regions.map(([code, nom]) => [code, nom]);
  if (["territoires", "mrc"].includes(field.vocabulary)) {
    const own = [...knowledge.mrcs.values()].filter(({ region }) => data.regionsDuSite.length === 0 || data.regionsDuSite.includes(region));
    const places = own.sort((a, b) => a.nom.localeCompare(b.nom, "fr")).map(({ code, titre }) => [code, titre]);
    return field.vocabulary === "mrc" ? places : [...Object.entries(partout), ...places];
  }
  return [];
}

function one(field, code, knowledge) {
  if (field.vocabulary === "categories") return categoryLabel(code, knowledge);
  if (["territoires", "mrc"].includes(field.vocabulary) && knowledge.mrcs.has(code)) return knowledge.mrcs.get(code).titre;
  return new Map(choicesOf(field, knowledge)).get(code) ?? code;
}

export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

// A title inside a sentence: « NEQ » keeps its capitals.
export function lower(text) {
  return /^\p{Lu}{2}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

export function categoryLabel(slug, knowledge) {
  return knowledge.data.categories.find(([known]) => known === slug)?.[1] ?? slug;
}

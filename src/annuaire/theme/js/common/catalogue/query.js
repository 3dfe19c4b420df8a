// A search of the catalogue as a plain object, and its one way of being written in an address: the same search always
// gives the same text, so that two links can be compared. The selection of the visitor is never part of it.
import { dayIn } from "../days.js";

// Facets that take several values, in the order of the address.
export const MULTIPLE = ["categorie", "secteur", "mrc", "dessert", "forme", "adhesion", "certification", "conformite", "confirme"];
export const SORTS = ["pertinence", "distance", "nom", "fraicheur"];
export const VIEWS = ["cartes", "tableau", "carte"];
export const RADIUS = "25"; // km
export const RADII = ["10", "25", "50", "100", "200"];
export const KIND = "genre"; // of results: of the search page alone, which finds other records than enterprises
const LONGEST = 200; // characters of a question
const MOST = 200; // values of one facet

export function empty() {
  const search = { q: "" };
  for (const key of [...MULTIPLE, KIND]) search[key] = [];
  return { ...search, depuis: "", pres: "", rayon: RADIUS, tri: SORTS[0], vue: VIEWS[0] };
}

// Read an address (URLSearchParams); what it cannot mean is left out, unknown codes are kept for the reader to judge.
// `hasKinds`: the kind of results is read too.
export function parse(parameters, hasKinds = false) {
  const search = empty();
  search.q = (parameters.get("q") ?? "").replace(/\s+/gu, " ").trim().slice(0, LONGEST);
  for (const key of [...MULTIPLE, ...(hasKinds ? [KIND] : [])]) search[key] = unique(parameters.getAll(key));
  const date = parameters.get("depuis") ?? "";
  search.depuis = dayIn(date);
  search.pres = (parameters.get("pres") ?? "").trim();
  const radius = Number(parameters.get("rayon") ?? RADIUS);
  search.rayon = search.pres && Number.isInteger(radius) && radius >= 1 && radius <= 2000 ? String(radius) : RADIUS;
  search.tri = among(SORTS, parameters.get("tri"));
  search.vue = among(VIEWS, parameters.get("vue"));
  return search;
}

// Write a search as the text of an address, without its question mark: fixed order, sorted values, defaults left out.
export function format(search) {
  const parameters = new URLSearchParams();
  if (search.q) parameters.set("q", search.q);
  for (const key of [...MULTIPLE, KIND]) for (const value of unique(search[key] ?? [])) parameters.append(key, value);
  if (search.depuis) parameters.set("depuis", search.depuis);
  if (search.pres) parameters.set("pres", search.pres);
  if (search.pres && search.rayon !== RADIUS) parameters.set("rayon", search.rayon);
  if (search.tri !== SORTS[0]) parameters.set("tri", search.tri);
  if (search.vue !== VIEWS[0]) parameters.set("vue", search.vue);
  return parameters.toString();
}

// The same search without one value of a filter, or without the whole filter when no value is given.
export function without(search, key, value) {
  if (key === "rayon") return { ...search, rayon: RADIUS };
  if (!Array.isArray(search[key])) return { ...search, [key]: "" };
  return { ...search, [key]: value === undefined ? [] : search[key].filter((other) => other !== value) };
}

// Whether the search asks for something: a question or a filter, whatever the order and the view.
export function asks(search) {
  return Boolean(search.q || search.depuis || search.pres || [...MULTIPLE, KIND].some((key) => search[key].length > 0));
}

function unique(values) {
  const kept = new Set(values.map((value) => value.trim()).filter(Boolean));
  return [...kept].sort().slice(0, MOST);
}

function among(values, value) {
  return values.includes(value) ? value : values[0];
}

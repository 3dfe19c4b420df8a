// What a record tells of a place that must not be found: shelters, transition houses, homes.
import { listAt, textAt } from "../lay.js";
import { fold } from "../../common/names.js";

export const SECRET = ["adresse", "code_postal", "latitude", "longitude"];
const MASKED = "(masqué)";

export function check({ values }, { data }) {
  const stated = textAt(values, "adresse_confidentielle");
  const places = listAt(values, "etablissements");
  const shown = places.flatMap((_, index) => SECRET.map((key) => ["etablissements", index, key]).filter((path) => textAt(values, ...path)));
  if (stated === "oui") return shown.map((path) => ({ code: "adresse-confidentielle", path, values: { champ: path[2] } }));
  if (stated === "non" || shown.length === 0) return [];
  const names = [textAt(values, "nom"), ...places.map((_, index) => textAt(values, "etablissements", index, "nom"))];
  const raison = names.map((name) => reasonToHide(name, data.lieux)).find(Boolean);
  return raison ? [{ code: "adresse-a-proteger", path: shown[0], values: { champ: shown[0][2], raison } }] : [];
}

export function reasonToHide(name, places) {
  const words = ` ${reduced(name)} `;
  const holds = (some) => some.some((phrase) => words.includes(` ${phrase} `));
  const found = places.find(([contains, begins, excepted]) => !holds(excepted) && (holds(contains) || begins.some((phrase) => words.startsWith(` ${phrase} `))));
  return found ? found[3] : "";
}

// What a finding quotes of a place to hide is dropped: its words go to screens.
export function masked(finding, { values }, { data }) {
  const { path } = finding;
  if (path[0] !== "etablissements" || !SECRET.includes(path.at(-1)) || !hides(values, data)) return finding;
  const hidden = { valeur: MASKED, suggestion: "" };
  return { ...finding, values: Object.fromEntries(Object.entries(finding.values).map(([key, text]) => [key, hidden[key] ?? text])) };
}

function hides(values, data) {
  const stated = yesNo(textAt(values, "adresse_confidentielle").slice(0, 100).trim());
  return stated === "oui" || (stated !== "non" && reasonToHide(textAt(values, "nom"), data.lieux) !== "");
}

export function yesNo(value) {
  const word = fold(value);
  if (["oui", "o", "yes", "y", "true", "vrai", "1"].includes(word)) return "oui";
  return ["non", "n", "no", "false", "faux", "0"].includes(word) ? "non" : "";
}

// Words without case, accent or punctuation; « coop » is read « coopérative ».
function reduced(text) {
  return fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bcoops?\b/g, "cooperative");
}

// What a record tells of a place that must not be found: shelters, transition houses, homes.
import { listAt, textAt } from "../lay.js";
import { fold } from "../../common/names.js";

export function check({ values, cells }, { free, rules }) {
  const own = rules.confidentiality;
  const stated = textAt(values, "adresse_confidentielle");
  const places = listAt(values, "etablissements");
  const shown = places.flatMap((_, index) => own.secrets.map((key) => ["etablissements", index, key]).filter((path) => textAt(values, ...path)));
  if (stated === "oui") {
    const roofs = own.toit.filter((key) => listAt(values, key).length > 0).map((key) => [key]);
    const photos = listAt(values, own.images).flatMap((_, index) => (textAt(values, own.images, index, "genre") === own.photo ? [[own.images, index, "genre"]] : []));
    const named = [...[...shown, ...roofs].map((path) => [path, path.at(-1)]), ...photos.map((path) => [path, own.images])];
    return [...named.map(([path, champ]) => ({ code: "adresse-confidentielle", path, values: { champ } })), ...told(cells, free, own)];
  }
  if (stated === "non" || shown.length === 0) return [];
  const names = [textAt(values, "nom"), ...places.map((_, index) => textAt(values, "etablissements", index, "nom"))];
  const raison = names.map((name) => reasonToHide(name, own)).find(Boolean);
  return raison ? [{ code: "adresse-a-proteger", path: shown[0], values: { champ: shown[0][2], raison } }] : [];
}

// The texts that say where the places are.
function told(cells, free, own) {
  const isFree = (field) => field.type === "string" && !field.vocabulary && field.code === free && !field.constraints.enum;
  const says = ({ field, path, value }) => isFree(field) && !own.secrets.includes(path.at(-1)) && own.dit.one.test(` ${reduced(value, own)} `);
  return cells.filter(says).map(({ field, path }) => ({ code: "adresse-dans-texte", path, values: { champ: field.name } }));
}

export function reasonToHide(name, own) {
  const words = ` ${reduced(name, own)} `;
  const holds = (some) => some.some((phrase) => words.includes(` ${phrase} `));
  const found = own.lieux.find(([contains, begins, excepted]) => !holds(excepted) && (holds(contains) || begins.some((phrase) => words.startsWith(` ${phrase} `))));
  return found ? found[3] : "";
}

// Words without case, accent or punctuation; « coop » is read « coopérative ».
function reduced(text, { horsMot, coop, cooperative }) {
  return fold(text).replace(horsMot.all, " ").trim().replace(coop.all, cooperative);
}

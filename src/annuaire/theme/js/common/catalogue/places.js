// The municipalities that « près de » may name: as a visitor types them, accents, case and hyphens aside.
import { fold } from "../names.js";
import { distance } from "../words/words.js";

const flat = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim();

function entries(catalogue) {
  if (!catalogue.memo.has("places")) {
    const { municipalites, mrc } = catalogue.json;
    const names = new Map();
    for (const [, nom] of municipalites) names.set(flat(nom), (names.get(flat(nom)) ?? 0) + 1);
    const located = municipalites.filter(([, , , lat]) => typeof lat === "number");
    // Two towns of one name are told apart by their territory.
    const list = located.map(([code, nom, place]) => {
      const label = names.get(flat(nom)) > 1 ? `${nom} (${mrc[place][3]})` : nom;
      return { code, label, key: flat(label), name: flat(nom) };
    });
    catalogue.memo.set("places", list);
  }
  return catalogue.memo.get("places");
}

// Every town that can be asked for: {code, label}, each label once.
export function towns(catalogue) {
  return entries(catalogue);
}

export function townLabel(catalogue, code) {
  return entries(catalogue).find((town) => town.code === code)?.label ?? code;
}

// The code of the town that a text names, or empty; a name begun is enough when one town alone begins so.
export function findTown(catalogue, text) {
  const wanted = flat(text);
  if (!wanted) return "";
  const list = entries(catalogue);
  const exact = list.find(({ key }) => key === wanted) ?? list.find(({ name }) => name === wanted);
  if (exact) return exact.code;
  const begun = list.filter(({ key }) => key.startsWith(wanted));
  return begun.length === 1 ? begun[0].code : "";
}

// The towns whose name is nearest to a text that names none.
export function nearTowns(catalogue, text) {
  const wanted = flat(text);
  const most = wanted.length < 6 ? 1 : 3;
  const begun = entries(catalogue).filter(({ key }) => key.startsWith(wanted));
  if (begun.length > 0) return begun.slice(0, 3);
  return entries(catalogue)
    .map((town) => ({ town, steps: distance(wanted, town.name, most) }))
    .filter(({ steps }) => steps <= most)
    .sort((one, other) => one.steps - other.steps)
    .slice(0, 3)
    .map(({ town }) => town);
}

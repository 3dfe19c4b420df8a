// A source gives nothing that the record does not hold.
import { at, listAt } from "../lay.js";

export function check({ values, cells }, knowledge) {
  return cells
    .filter(({ path }) => path[0] === "provenances" && path.at(-1) === "champs")
    .flatMap(({ path, value }) =>
      value.flatMap((name, index) => {
        const held = heldIn(values, name, knowledge);
        return held === null || held.some(isSaid) ? [] : [{ code: "provenance-sans-valeur", path: [...path, index], values: { valeur: name } }];
      }),
    );
}

// What a record holds under the name of a field, or of a field of a list (« etablissements.telephone »); null for no name.
function heldIn(values, name, { root, children }) {
  const [key, inner] = name.split(".");
  const field = root.own.find((own) => own.name === name);
  if (field) return [at(values, field.path)];
  const table = children.get(key);
  if (table && inner === undefined) return listAt(values, key);
  const within = table?.own.find((own) => own.name === inner && name === `${key}.${inner}`);
  if (within) return listAt(values, key).map((item) => at(item, within.path));
  return root.own.some(({ path }) => path[0] === name) ? [values[name]] : null;
}

function isSaid(value) {
  return value !== undefined && value !== null && (typeof value === "string" || Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

// A well-written number that cannot exist in Canada.
import { pattern } from "../knowledge.js";

const WRITTEN = /^([0-9]{3}) ([0-9]{3})-([0-9]{4})(?: poste [0-9]{1,6})?$/;
const kept = new WeakMap();

export function check({ cells }, { data }) {
  if (!kept.has(data)) kept.set(data, data.telephones.map(pattern));
  return cells.flatMap(({ field, path, value }) => {
    const written = field.code === "telephone-invalide" && WRITTEN.exec(value);
    if (!written) return [];
    const number = written.slice(1).join("");
    return kept.get(data).some((kind) => kind.test(number)) ? [] : [{ code: "telephone-douteux", path, values: { valeur: value } }];
  });
}

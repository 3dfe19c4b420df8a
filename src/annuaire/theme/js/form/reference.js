// Which record is meant, among those of all collections, as annuaire.records.collections writes it: an enterprise goes by
// its slug alone.
import { correction } from "../../../data/communs.json";

export const NEW = correction.nouvelle; // the base of a record that does not exist yet
export const ENTERPRISES = "enterprises";

export function referenceOf(collection, slug) {
  return collection === ENTERPRISES ? slug : `${collection}/${slug}`;
}

export function parted(reference) {
  const at = reference.lastIndexOf("/");
  return at < 0 ? { collection: ENTERPRISES, slug: reference } : { collection: reference.slice(0, at), slug: reference.slice(at + 1) };
}

// What the kind of a record is called in a message; nothing for an enterprise, which goes without saying.
export function kindOf({ name, one }) {
  return name === ENTERPRISES ? "" : one;
}

// The name under which a new record is kept while it is written.
export function newName(collection) {
  return collection === ENTERPRISES ? NEW : referenceOf(collection, "");
}

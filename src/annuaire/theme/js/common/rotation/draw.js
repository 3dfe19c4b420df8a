// Whose turn it is: least recently invited first, and a draw that anyone can do again breaks ties. Pure.
//
// The bytes hashed are, in UTF-8: reference of the need | SHA-256 of the dataset | number of the draw | slug
// (« besoin-2026-04|0a1b…|1|coop-exemple »). Among suppliers invited on the same last day, the smaller hash comes first.
import { sha256 } from "../sha256.js";

export function seed(reference, dataset, number) {
  return `${reference}|${dataset}|${number}`;
}

export function fingerprint(ownSeed, slug) {
  return sha256(`${ownSeed}|${slug}`);
}

// Order candidates ({slug, nom, confirmee, derniere}; `derniere` is « AAAA-MM-JJ », or empty when never invited).
// Unconfirmed ones are left out. Give them with `rang`, `empreinte` and `egalite` (the draw decided).
export function order(candidates, ownSeed) {
  const drawn = candidates
    .filter(({ confirmee }) => confirmee)
    .map(({ slug, nom, derniere }) => ({ slug, nom, derniere, empreinte: fingerprint(ownSeed, slug) }))
    .sort((a, b) => compare(a.derniere, b.derniere) || compare(a.empreinte, b.empreinte) || compare(a.slug, b.slug));
  const alike = (day) => drawn.filter(({ derniere }) => derniere === day).length;
  return drawn.map((item, rank) => ({ rang: rank + 1, ...item, egalite: alike(item.derniere) > 1 }));
}

const judged = new WeakMap(); // a draw never changes once made

// Tell whether a draw as it was kept ({besoin, jeu, numero, ordre}) is what its own recipe gives.
export function agrees(draw) {
  if (!judged.has(draw)) {
    const { besoin, jeu, numero, ordre } = draw;
    const again = order(ordre.map((line) => ({ ...line, confirmee: true })), seed(besoin, jeu, numero));
    const isSame = again.every(({ slug, empreinte, egalite }, rank) => {
      const line = ordre[rank];
      return line.slug === slug && line.empreinte === empreinte && line.egalite === egalite;
    });
    judged.set(draw, isSame);
  }
  return judged.get(draw);
}

// The last day a supplier was invited according to the register ([{slug, date}…]), or an empty text.
export function lastInvited(register, slug) {
  return register.reduce((last, entry) => (entry.slug === slug && entry.date > last ? entry.date : last), "");
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

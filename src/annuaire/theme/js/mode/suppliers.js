// Who could be invited: who has a confirmed offer that answers the need, by the one judge of answers (`evaluate`). Around a
// municipality: suppliers of its MRC, of the neighbours (shared borders), and those from elsewhere who serve it; the others are
// listed apart and never counted. Pure.
import { empty } from "../common/catalogue/query.js";
import { evaluate } from "../common/catalogue/facets.js";
import { answersHow } from "../common/results/wording.js";

export const PLACES = ["ici", "voisins", "ailleurs"];

// Tell whether an enterprise may be invited: it offers what is asked, and an offer that answers is confirmed. `answer` is what
// `evaluate` gives, or null where nothing is asked; `rank` is below zero for who is not in the catalogue.
export function mayBeInvited(answer, rank) {
  return answer !== null && rank >= 0 && answer.levelOf(rank) === "offre" && answer.isSure(rank);
}

// Say in words why one may not be.
export function refusal(answer, rank) {
  if (rank < 0) return "hors répertoire";
  return answer === null ? "ce qui est acheté n’est pas précisé" : answersHow(answer.levelOf(rank), answer.isSure(rank));
}

// Give {total, dessert, muets, ici, voisins, ailleurs}: how many may be invited, and serve the place; how many from elsewhere do
// not say where they serve, and are in no list; for each place {confirmes, autres}, lists
// of {index, slug, nom, municipalite, offres, dessert, forme, forme_confirmee}, in the order of the catalogue.
export function around(catalogue, category, mrcCode) {
  const home = catalogue.mrc(mrcCode);
  const found = { total: 0, dessert: 0, muets: 0, ...Object.fromEntries(PLACES.map((place) => [place, { confirmes: [], autres: [] }])) };
  if (catalogue.category(category) < 0 || home < 0) return found;
  const neighbours = new Set(catalogue.json.mrc[home][7]);
  const answer = evaluate(catalogue, { ...empty(), categorie: [category] });
  for (const rank of [...answer.found].sort((one, other) => one - other)) {
    const offers = answer.offersOf(rank).map(catalogue.offer);
    const isSure = mayBeInvited(answer, rank);
    const near = placeOf(catalogue.json.entreprises.mrc[rank], home, neighbours);
    const serving = (own) => own.some((offer) => catalogue.serves(offer.index, rank, home));
    const confirmed = offers.filter(({ confirmee }) => confirmee);
    // From elsewhere, who serves the place by an offer that nobody confirmed is told among those to confirm.
    const counts = isSure && (near !== null || serving(confirmed));
    const shown = counts ? confirmed : offers.filter(({ confirmee }) => !isSure || !confirmee);
    const serves = serving(shown);
    const place = near ?? (serves ? "ailleurs" : null);
    if (place === null) {
      if (offers.every(({ index }) => catalogue.areaOf(index) < 0)) found.muets += 1;
      continue;
    }
    found[place][counts ? "confirmes" : "autres"].push(supplier(catalogue, rank, shown, serves));
    if (counts) {
      found.total += 1;
      if (serves) found.dessert += 1;
    }
  }
  return found;
}

function placeOf(own, home, neighbours) {
  if (own.includes(home)) return "ici";
  return own.some((mrc) => neighbours.has(mrc)) ? "voisins" : null;
}

function supplier(catalogue, rank, offers, dessert) {
  const { slug, nom, municipalite, forme, forme_confirmee } = catalogue.enterprise(rank);
  return {
    index: rank,
    slug,
    nom,
    municipalite: municipalite?.nom ?? "",
    offres: offers.map(({ nom: name }) => name),
    dessert,
    forme: forme?.slug ?? "",
    forme_confirmee,
  };
}

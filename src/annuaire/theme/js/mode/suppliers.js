// Who could be invited around a municipality: suppliers of its MRC, of the neighbours (shared borders), and those from
// elsewhere who serve it. Confirmed offers count; the others are listed apart and never counted. Pure.

export const PLACES = ["ici", "voisins", "ailleurs"];

// Give {mrc, voisins, ici, voisins, ailleurs}: for each place {confirmes, autres}, lists of
// {index, slug, nom, municipalite, offres, dessert, forme, forme_confirmee}, in the order of the catalogue.
export function around(catalogue, category, mrcCode) {
  const wanted = catalogue.category(category);
  const home = catalogue.mrc(mrcCode);
  const found = { total: 0, dessert: 0, ...Object.fromEntries(PLACES.map((place) => [place, { confirmes: [], autres: [] }])) };
  if (wanted < 0 || home < 0) return found;
  const neighbours = new Set(catalogue.json.mrc[home][7]);
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    const offers = catalogue.offersOf(rank).map(catalogue.offer).filter(({ categorie }) => categorie?.index === wanted);
    if (offers.length === 0) continue;
    const confirmed = offers.filter(({ confirmee }) => confirmee);
    const shown = confirmed.length > 0 ? confirmed : offers;
    const serves = shown.some((offer) => catalogue.serves(offer.index, rank, home));
    const place = placeOf(catalogue.json.entreprises.mrc[rank], home, neighbours) ?? (serves ? "ailleurs" : null);
    if (place === null) continue;
    found[place][confirmed.length > 0 ? "confirmes" : "autres"].push(supplier(catalogue, rank, shown, serves));
    if (confirmed.length > 0) {
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
  const { slug, nom, municipalite, forme, forme_confirmee, confirmee, date } = catalogue.enterprise(rank);
  return {
    index: rank,
    slug,
    nom,
    municipalite: municipalite?.nom ?? "",
    offres: offers.map(({ nom: name }) => name),
    dessert,
    forme: forme?.slug ?? "",
    forme_confirmee,
    confirmee,
    date,
  };
}

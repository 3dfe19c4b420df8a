// The enterprises that a ledger may name, by one rank: those of the catalogue by theirs, then those that closed or merged since
// (`carnet.json`). Pure.
import { formLabel } from "../common/catalogue/wording.js";

export function createFirms(catalogue, extra) {
  if (extra.format !== 1) throw new Error(`carnet : format ${extra.format}`);
  const { entreprises, offres, mrc, municipalites, formes, anciennes } = catalogue.json;
  const { autres } = extra;
  const gone = new Set(autres.slug);

  // One enterprise: {rank, slug, name, neq, town, mrc (rank, -1 when unknown), form, since (what became of it, in words)}.
  function firm(rank) {
    const at = rank - catalogue.size;
    if (at >= 0) {
      const next = catalogue.indexOf(autres.suite[at]);
      const since = next >= 0 ? `fait maintenant partie de ${entreprises.nom[next]}` : "fermée depuis";
      return { rank, slug: next >= 0 ? entreprises.slug[next] : autres.slug[at], name: autres.nom[at], neq: autres.neq[at], town: autres.municipalite[at], mrc: catalogue.mrc(autres.mrc[at]), form: "", since };
    }
    const [town, place] = [entreprises.municipalite[rank], municipalites[entreprises.municipalite[rank]]];
    const form = formes[entreprises.forme[rank]];
    return {
      rank,
      slug: entreprises.slug[rank],
      name: entreprises.nom[rank],
      neq: entreprises.neq[rank],
      town: town >= 0 ? place[1] : "",
      mrc: town >= 0 ? place[2] : -1,
      form: formLabel({ forme: form && { libelle: form[1] }, forme_confirmee: entreprises.forme_confirmee[rank] === 1 }),
      since: "",
    };
  }

  // What it offers: ranks of categories, each once.
  function categories(rank) {
    return rank < catalogue.size ? [...new Set(catalogue.offersOf(rank).map((offer) => offres.categorie[offer]))] : [];
  }

  // All names under which one may stand in a ledger: its own, and those that its former addresses were made of.
  function named() {
    return [
      ...entreprises.nom.map((name, rank) => ({ rank, name, neq: entreprises.neq[rank] })),
      ...autres.nom.map((name, at) => ({ rank: catalogue.size + at, name, neq: autres.neq[at] })),
      ...Object.entries(anciennes ?? {}).filter(([slug]) => !gone.has(slug)).map(([slug, rank]) => ({ rank, name: slug.replaceAll("-", " "), neq: "" })),
    ];
  }

  return { firm, categories, named, mrcTitle: (rank) => (rank < 0 ? "" : mrc[rank][3]) };
}

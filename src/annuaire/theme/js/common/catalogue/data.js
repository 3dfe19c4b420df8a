// The data of the catalogue (/acheter/catalogue.json, then details.json beside it: columns of equal length) and how to read
// them. Nothing here touches the page: the same code runs in a test.

import { isParted, joining, unpack, unpacking } from "./packing.js";
import { sharedHosts, siteText } from "./sites.js";
import { finishSlowly, pause } from "../steps.js";
import { today } from "../today.js";
import { partout } from "../../../../data/communs.json";
import { owns } from "../plain.js";
import * as adresses from "../../../../data/adresses.json";

export const PROVINCE = Object.keys(partout).at(-1); // what is served instead of MRCs
const waiting = new Map(); // address -> promise, so that one page reads the file once

// The catalogue whole.
export async function loadCatalogue(url) {
  const catalogue = await loadCore(url);
  await catalogue.details();
  return catalogue;
}

// The catalogue as soon as a search may be judged: `details()` fetches the columns that are shown or asked for afterwards.
export function loadCore(url) {
  return loadOnce(url, async (json) => {
    await finishSlowly(unpacking(json));
    const catalogue = readCatalogue(json, today());
    const rest = new URL(adresses.detailsDuCatalogue.split("/").at(-1), url);
    catalogue.details = () => (isParted(json) ? loadOnce(rest, (own) => finishSlowly(joining(json, own))) : Promise.resolve());
    return catalogue;
  });
}

// The texts in which words are looked for, fetched at the first question; they join the catalogue.
export function loadTexts(catalogue, url) {
  return loadOnce(url, (json) => readTexts(catalogue, json));
}

// What `read` makes of a JSON file.
export function loadOnce(url, read) {
  const address = String(url);
  if (!waiting.has(address)) {
    const early = globalThis.annuaire ?? {}; // what the head of the page fetches (partials/head.html)
    const reading = (early[address] ?? fetch(address)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${address} ${answer.status}`);
      const json = await answer.json();
      await pause(); // to read so much is a task of its own
      return read(json);
    });
    delete early[address];
    reading.catch(() => waiting.delete(address)); // the next call tries again
    waiting.set(address, reading);
  }
  return waiting.get(address);
}

export function readTexts(catalogue, json) {
  if (json.format !== 1 || json.textes.length !== catalogue.size) throw new Error(`textes : format ${json.format}`);
  catalogue.texts = json;
  return catalogue;
}

// `now` is the reader's day: a document that expired since the data were published is no longer valid. The data know
// no later day than their own, whatever the clock says.
export function readCatalogue(json, now = "") {
  if (unpack(json).format !== 2) throw new Error(`catalogue : format ${json.format}`);
  const { entreprises, offres, mrc, dessertes } = json;
  const size = entreprises.nom.length;
  const first = firstOffers(offres.entreprise, size); // offers of i are first[i] to first[i + 1] - 1
  const areas = dessertes.map((area) => (area === PROVINCE ? null : new Set(area))); // null: all of Québec
  const indexes = {};
  const index = (name, keys) => {
    indexes[name] ??= new Map(keys().map((key, rank) => [key, rank]));
    return indexes[name];
  };
  let hosts;
  const slugOf = json.slugOf ?? ((rank) => entreprises.slug[rank]);
  const shared = () => (hosts ??= sharedHosts(entreprises.site_web));
  const table = (name) => (key) => index(name, () => json[name].map((row) => row[0])).get(key) ?? -1;

  const areaOf = (offer) => {
    const own = offres.desserte?.[offer];
    return own >= 0 ? own : entreprises.desserte?.[offres.entreprise[offer]];
  };

  function serves(offer, enterprise, place) {
    const area = offer === null ? entreprises.desserte[enterprise] : areaOf(offer);
    return area >= 0 && (areas[area] === null || areas[area].has(place));
  }

  const territory = (rank) => {
    const [code, slug, nom, titre, dans, de, region] = mrc[rank];
    return { index: rank, code, slug, nom, titre, dans, de, region };
  };
  const area = (rank) => (rank === undefined || rank < 0 ? null : areas[rank] === null ? PROVINCE : [...areas[rank]].map(territory));
  const labelled = (name, rank) => (rank < 0 ? null : { index: rank, slug: json[name][rank][0], libelle: json[name][rank][1] });

  function offer(rank) {
    return {
      index: rank,
      nom: offres.nom[rank],
      categorie: labelled("categories", offres.categorie[rank]),
      confirmee: offres.confirmee[rank] === 1,
      desserte: area(areaOf(rank)),
      description: offres.description[rank],
      prix: offres.prix?.[rank],
      delai: offres.delai?.[rank],
      capacite: offres.capacite?.[rank],
      date: offres.date?.[rank] || (offres.confirmee[rank] === 1 ? entreprises.date?.[offres.entreprise[rank]] : ""),
    };
  }

  function offersOf(rank) {
    return Array.from({ length: first[rank + 1] - first[rank] }, (_, step) => first[rank] + step);
  }

  function municipality(rank) {
    if (rank === null || rank < 0) return null;
    const [code, nom, place, lat, lon] = json.municipalites[rank];
    return { index: rank, code, nom, mrc: territory(place), lat, lon };
  }

  // One enterprise with its labels, made when it is asked for.
  function enterprise(rank) {
    const column = (name) => entreprises[name]?.[rank];
    const form = column("forme");
    const membership = column("adhesion") ?? -1;
    return {
      index: rank,
      slug: slugOf(rank),
      nom: column("nom"),
      secteur: labelled("secteurs", column("secteur")),
      autres_secteurs: (column("autres_secteurs") || []).map((other) => labelled("secteurs", other)),
      forme: form < 0 ? null : { ...labelled("formes", form), famille: json.formes[form][2] },
      forme_confirmee: column("forme_confirmee") === 1,
      adhesion: labelled("adhesions", membership),
      mrc: column("mrc").map(territory),
      municipalite: municipality(column("municipalite")),
      lat: column("lat"),
      lon: column("lon"),
      point: column("point") === 1,
      desserte: area(column("desserte")),
      certifications: (column("certifications") || []).map((other) => labelled("certifications", other)),
      conformite: (column("conformite") || []).map(([type, until, numero, source]) => ({
        ...labelled("conformites", type),
        valide_jusqua: until,
        numero,
        source,
        valeur: isCurrent(until) ? "oui" : "non",
      })),
      confirmee: column("confirmee") === 1,
      date: column("date"),
      jachete: column("jachete"),
      neq: column("neq"),
      fonction: column("fonction"),
      telephone: column("telephone"),
      courriel: column("courriel"),
      site_web: column("site_web"),
      get site() {
        return column("site_web") === undefined ? "" : siteText(column("site_web"), shared());
      },
      adresse: column("adresse"),
      code_postal: column("code_postal"),
      activite: column("activite"), // or its mission, shortened
      image: json.images?.[rank] ?? null, // address, width, height: most have none
      get offres() {
        return offersOf(rank).map(offer);
      },
    };
  }

  const day = json.version.date.slice(0, 10);
  const judged = now > day ? now : day;
  // A document without a date of expiry holds; one that expired is the only « no » that a record can say.
  function isCurrent(until) {
    return !until || until >= judged;
  }

  const catalogue = {
    json,
    get isWhole() {
      return !isParted(json);
    },
    size,
    version: json.version,
    day,
    first,
    areas,
    areaOf,
    isCurrent,
    serves,
    slugOf,
    offersOf,
    offer,
    enterprise,
    municipality,
    territory,
    indexOf: (slug) => index("slugs", () => entreprises.slug).get(slug) ?? -1,
    // The slug of today of an old one, of a record renamed or merged since; an empty text for any other.
    presentOf: (slug) => (owns(json.anciennes ?? {}, slug) ? entreprises.slug[json.anciennes[slug]] : ""),
    category: table("categories"),
    sector: table("secteurs"),
    form: table("formes"),
    certification: table("certifications"),
    conformity: table("conformites"),
    adhesion: table("adhesions"),
    region: table("regions"),
    mrc: table("mrc"),
    town: table("municipalites"),
    // Place of work for facets.js, which computes once what does not depend on the search.
    memo: new Map(),
  };
  return catalogue;
}

function firstOffers(owners, size) {
  const first = new Int32Array(size + 1);
  for (const owner of owners) first[owner + 1] += 1;
  for (let rank = 0; rank < size; rank += 1) first[rank + 1] += first[rank];
  return first;
}

// The data of the catalogue as they travel, in two files of fewer bytes (`annuaire.exports.packing` writes them, and says how):
// most searches are judged with the first; the second has what is shown or asked for afterwards.
import { slugify } from "../names.js";
import { finish } from "../steps.js";

const FORMAT = 4;
const WHOLE = 2; // what the two hold together
const SIGNS = Array.from({ length: 92 }, (_, rank) => String.fromCharCode(35 + rank)).filter((sign) => sign !== "\\");
const RANKS = new Int32Array(128);
for (const [rank, sign] of SIGNS.entries()) RANKS[sign.charCodeAt(0)] = rank;

// Undo what `pack` does to the columns of the first file, in place; data that are whole already stay as they are.
export function unpack(json) {
  return finish(unpacking(json));
}

// The same in short steps.
export function* unpacking(json) {
  if (json.format !== FORMAT) return json;
  const { entreprises, offres, municipalites } = json;
  yield* unrankAll(entreprises);
  yield* unrankAll(offres);
  const { municipalite: towns, mrc, nom } = entreprises;
  for (let rank = 0; rank < towns.length; rank += 1) if (mrc[rank] === 0) mrc[rank] = [municipalites[towns[rank]][2]];
  offres.entreprise = offres.entreprise.flatMap((count, rank) => new Array(count).fill(rank));
  [offres.nom, offres.categorie] = [0, 1].map((part) => offres.quoi.map((both) => both[part]));
  delete offres.quoi;
  yield;
  const ends = entreprises.slug;
  let slugs;
  // Of so many names, the slugs are made for who needs them all.
  Object.defineProperty(entreprises, "slug", { enumerable: true, get: () => (slugs ??= ends.map((end, rank) => slugOf(end, nom[rank]))) });
  json.slugOf = (rank) => slugs?.[rank] ?? slugOf(ends[rank], nom[rank]);
  json.format = WHOLE;
  return json;
}

function slugOf(end, name) {
  return end === "" || end.startsWith("-") ? slugify(name) + end : end;
}

// Add the columns of the second file, which must have been made with the first.
export function join(json, details) {
  finish(joining(json, details));
}

// The same in short steps: all that they bring is there at the last one.
export function* joining(json, details) {
  if (details.format !== FORMAT || details.empreinte !== json.empreinte) throw new Error("détails : une autre version");
  const { entreprises, offres, municipalites } = json;
  yield* unrankAll(details.entreprises);
  yield* unrankAll(details.offres);
  for (const [rank, row] of details.municipalites.entries()) municipalites[rank].push(...row);
  const { lat, lon } = details.entreprises;
  for (const [rank, town] of entreprises.municipalite.entries()) {
    const [, , , townLat, townLon] = municipalites[town];
    if (lat[rank] !== null) lat[rank] += townLat ?? 0;
    if (lon[rank] !== null) lon[rank] += townLon ?? 0;
  }
  Object.assign(entreprises, details.entreprises);
  Object.assign(offres, details.offres);
}

// Whether the second file is still to come.
export function isParted(json) {
  return json.empreinte !== undefined && json.entreprises.neq === undefined;
}

// Each column that is written by the ranks of its values, as a list.
function* unrankAll(columns) {
  for (const [name, column] of Object.entries(columns)) {
    if (!Array.isArray(column)) columns[name] = unranked(column);
    yield;
  }
}

function unranked({ valeurs: values, rangs: text }) {
  const alone = SIGNS.length - Math.max(0, Math.ceil((values.length - SIGNS.length) / (SIGNS.length - 1)));
  const found = [];
  for (let at = 0; at < text.length; at += 1) {
    let rank = RANKS[text.charCodeAt(at)];
    if (rank >= alone) rank = alone + (rank - alone) * SIGNS.length + RANKS[text.charCodeAt((at += 1))];
    found.push(values[rank]);
  }
  return found;
}

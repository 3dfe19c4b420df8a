// The data of the catalogue as they travel, in two files of fewer bytes (`annuaire.exports.packing` writes them): a search is
// judged with the first; the second has what is shown or asked for afterwards.
const FORMAT = 3;
const WHOLE = 2; // what the two hold together

// Undo what `pack` does to the columns of the first file, in place; data that are whole already stay as they are.
export function unpack(json) {
  if (json.format !== FORMAT) return json;
  const { entreprises, offres, municipalites } = json;
  const { municipalite: towns, lat, lon, mrc } = entreprises;
  for (let rank = 0; rank < towns.length; rank += 1) {
    const [, , place, townLat, townLon] = municipalites[towns[rank]];
    if (lat[rank] !== null) lat[rank] += townLat ?? 0;
    if (lon[rank] !== null) lon[rank] += townLon ?? 0;
    if (mrc[rank] === 0) mrc[rank] = [place];
  }
  offres.entreprise = offres.entreprise.flatMap((count, rank) => new Array(count).fill(rank));
  json.format = WHOLE;
  return json;
}

// Add the columns of the second file, which must have been made with the first.
export function join(json, details) {
  if (details.format !== FORMAT || details.empreinte !== json.empreinte) throw new Error("détails : une autre version");
  Object.assign(json.entreprises, details.entreprises);
  Object.assign(json.offres, details.offres);
}

// Whether the second file is still to come.
export function isParted(json) {
  return json.empreinte !== undefined && json.entreprises.neq === undefined;
}

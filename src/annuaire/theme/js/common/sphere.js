// Distances on the earth.
import { degre, rayonDeLaTerre } from "../../../data/communs.json";

// Kilometres between two points, in degrees.
export function kilometres(lat, lon, otherLat, otherLon) {
  const unit = Math.PI / 180;
  const north = Math.sin(((otherLat - lat) * unit) / 2);
  const east = Math.sin(((otherLon - lon) * unit) / 2);
  const half = north * north + Math.cos(lat * unit) * Math.cos(otherLat * unit) * east * east;
  return 2 * rayonDeLaTerre * Math.asin(Math.min(1, Math.sqrt(half)));
}

// The same where degrees are whole numbers, as the data of the catalogue write them.
export function kilometresOf(lat, lon, otherLat, otherLon) {
  return kilometres(lat / degre, lon / degre, otherLat / degre, otherLon / degre);
}

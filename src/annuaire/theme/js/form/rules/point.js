// The point of a place: both coordinates, and inside the MRC of its municipality, once its polygon was fetched.
import { kilometres } from "../../common/sphere.js";
import { listAt, textAt } from "../lay.js";
import { isReadable } from "./cells.js";

export function check({ values }, knowledge) {
  return listAt(values, "etablissements").flatMap((_, index) => {
    const here = ["etablissements", index];
    const texts = { latitude: textAt(values, ...here, "latitude"), longitude: textAt(values, ...here, "longitude") };
    const missing = Object.keys(texts).filter((key) => !texts[key]);
    if (missing.length === 1) {
      const champ = missing[0] === "latitude" ? "longitude" : "latitude";
      return [{ code: "point-incomplet", path: [...here, champ], values: { champ, manque: missing[0] } }];
    }
    return missing.length === 0 ? far(values, here, texts, knowledge) : [];
  });
}

// The codes of the MRCs whose polygon is needed to judge the places of a record, and is not there yet.
export function polygonsToFetch({ values }, knowledge) {
  const codes = listAt(values, "etablissements").map((place, index) =>
    textAt(place, "latitude") && textAt(place, "longitude") ? townOf(values, ["etablissements", index], knowledge)?.mrc : undefined,
  );
  return [...new Set(codes)].filter((code) => knowledge.data.polygones.includes(code) && !knowledge.polygons.has(code));
}

function townOf(values, here, knowledge) {
  return knowledge.municipality(textAt(values, ...here, "municipalite"), textAt(values, ...here, "municipalite_code"));
}

function far(values, here, texts, knowledge) {
  const fields = knowledge.children.get("etablissements").byPath;
  const town = townOf(values, here, knowledge);
  const polygons = town && knowledge.polygons.get(town.mrc);
  if (!polygons || Object.entries(texts).some(([key, text]) => !isReadable(fields.get(key), text, knowledge))) return [];
  const distance = kmFrom([Number(texts.latitude), Number(texts.longitude)], polygons);
  if (distance <= knowledge.rules.point.ecartKm) return [];
  const named = { municipalite: town.nom, mrc: knowledge.mrcs.get(town.mrc).de, distance: distance.toFixed(0) };
  return [{ code: "point-hors-mrc", path: [...here, "latitude"], values: named }];
}

// How far a position (latitude, longitude) lies from polygons written (longitude, latitude): 0 inside.
function kmFrom([north, east], polygons) {
  let best = { square: Infinity, point: [0, 0] };
  for (const rings of polygons) {
    if (rings.filter((ring) => isInside(east, north, ring)).length % 2 === 1) return 0;
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 1) {
        const found = nearestOn(east, north, ring[i - 1], ring[i]);
        if (found.square < best.square) best = found;
      }
    }
  }
  return kilometres(north, east, best.point[1], best.point[0]);
}

function isInside(x, y, ring) {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

function nearestOn(x, y, [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  const point = [x1 + t * dx, y1 + t * dy];
  return { point, square: (x - point[0]) ** 2 + (y - point[1]) ** 2 };
}

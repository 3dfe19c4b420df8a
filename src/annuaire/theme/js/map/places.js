// Where the enterprises found are: points, and clusters of them. Pure: the same code runs in a test.
//
// A point stands for one place of an enterprise. Who has no point of its own stands at the middle of its municipality and
// is approximate; who has a confidential address has no point at all.
import Supercluster from "supercluster";
import { degre as DEGREE } from "../../../data/communs.json";

export const NEAREST = 17; // zoom: about a metre a pixel; nothing here is known better than that
const RADIUS = 56; // pixels between two marks: a finger needs 44
const TILE = 256; // pixels, as Leaflet counts

// Read the file of the map (/carte/carte.json), which speaks of the enterprises of the catalogue by their rank.
export function readMap(json, catalogue) {
  if (json.format !== 1 || json.taille !== catalogue.size) throw new Error(`carte : format ${json.format}`);
  return { ...json, places: placesOf(json, catalogue) };
}

// Every place, by the rank of its enterprise: [latitude, longitude, isApproximate] in degrees.
function placesOf({ discretes, approximatives, autres }, { json, size }) {
  const { lat, lon, point } = json.entreprises;
  const [hidden, rough] = [new Set(discretes), new Set(approximatives)];
  const places = Array.from({ length: size }, () => []);
  for (let rank = 0; rank < size; rank += 1) {
    if (hidden.has(rank) || lat[rank] === null || lon[rank] === null) continue;
    places[rank].push([lat[rank] / DEGREE, lon[rank] / DEGREE, point[rank] !== 1 || rough.has(rank)]);
  }
  for (const [rank, north, east, isRough] of autres) if (!hidden.has(rank)) places[rank].push([north / DEGREE, east / DEGREE, isRough === 1]);
  return places;
}

// Gather the places of the enterprises found. `ranks` are theirs, in order.
export function gather(places, ranks) {
  const points = ranks.flatMap((rank) => places[rank].map(([lat, lon, isRough]) => ({ rank, lat, lon, isRough })));
  const index = new Supercluster({
    radius: RADIUS,
    extent: TILE,
    minZoom: 0,
    maxZoom: NEAREST,
    map: ({ isRough }) => ({ rough: isRough ? 1 : 0 }),
    reduce: (sum, { rough }) => {
      sum.rough += rough;
    },
  });
  index.load(points.map((point) => ({ type: "Feature", properties: point, geometry: { type: "Point", coordinates: [point.lon, point.lat] } })));

  function mark(feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const { properties } = feature;
    if (!properties.cluster) return { key: `p${lat},${lon},${properties.rank}`, lat, lon, ranks: [properties.rank], rough: properties.isRough ? 1 : 0, count: 1 };
    return { key: `c${feature.id}`, id: feature.id, lat, lon, count: properties.point_count, rough: properties.rough };
  }

  return {
    points,
    // The enterprises that have no point at all, in order.
    absent: ranks.filter((rank) => places[rank].length === 0),
    // The marks of a part of the world, [west, south, east, north] in degrees, at a zoom.
    marks: (box, zoom) => index.getClusters(box, Math.min(zoom, NEAREST)).map(mark),
    // The enterprises in a part of the world: Map of rank -> whether all that stands there is approximate.
    within([west, south, east, north]) {
      const found = new Map();
      for (const { rank, lat, lon, isRough } of points) {
        if (lat >= south && lat <= north && lon >= west && lon <= east) found.set(rank, isRough && (found.get(rank) ?? true));
      }
      return found;
    },
    // The zoom at which a cluster parts; beyond `NEAREST` when it never does.
    partsAt: ({ id }) => index.getClusterExpansionZoom(id),
    // The enterprises of a cluster: Map of rank -> whether it is approximate.
    held: ({ id }) => new Map(index.getLeaves(id, Infinity).map(({ properties: { rank, isRough } }) => [rank, isRough])),
  };
}

// Where positions are, [[south, west], [north, east]]; each has `lat` and `lon`, or is the two. Nothing without any.
export function around(positions) {
  if (positions.length === 0) return null;
  let [south, west, north, east] = [90, 180, -90, -180];
  for (const position of positions) {
    const [lat, lon] = Array.isArray(position) ? position : [position.lat, position.lon];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  }
  return [
    [south, west],
    [north, east],
  ];
}

// A ring as it is published: whole numbers, each the step from the one before; [latitude, longitude] in degrees.
export function ring(steps, scale) {
  const found = [];
  let [east, north] = [0, 0];
  for (let place = 0; place < steps.length; place += 2) {
    east += steps[place];
    north += steps[place + 1];
    found.push([north / scale, east / scale]);
  }
  return found;
}

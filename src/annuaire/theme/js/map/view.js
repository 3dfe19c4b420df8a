// The map itself: the land, then the marks of what is found. It says what is in view; it judges nothing.
import { element } from "../common/element.js";
import { NBSP, figure, plural } from "../common/french.js";
import { DivIcon, LayerGroup, LeafletMap, Marker, Polygon, SVG, TileLayer } from "./leaflet.js";
import { NEAREST, around, ring } from "./places.js";

const MARK = 44; // pixels
const [NAME_WIDTH, NAME_HEIGHT] = [120, 28]; // pixels kept for the name of a town
const FACE = 19; // half of the widest mark: a name stands above it, on two lines too
const MOST_NAMES = 24;
const QUEBEC = [
  [45, -80],
  [62, -57],
]; // where nothing is known
const ALONE = 13; // zoom at which one enterprise is shown

// `known` is what `readMap` gives. `moved()`: the part in view is another one. `opened(ranks, text)`: marks that part no
// further were chosen, a Map of rank -> whether it is approximate.
export function createView(node, known, nameOf, moved, opened) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LeafletMap(node, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false, // until the map has the focus: it would hold who only scrolls the page
    minZoom: 4,
    maxZoom: NEAREST,
    zoomAnimation: !isStill,
    fadeAnimation: !isStill,
    markerZoomAnimation: !isStill,
    inertia: !isStill,
  });
  const land = known.territoires.map(({ dansLeSite, contours }) => ({ isOwn: dansLeSite, rings: contours.map((outline) => [ring(outline, known.echelle)]) }));
  const home = around(land.filter(({ isOwn }) => isOwn).flatMap(({ rings }) => rings.flat(2))) ?? QUEBEC;
  map.fitBounds(home, { animate: false }); // before anything is laid on it
  drawLand();
  const names = new LayerGroup().addTo(map);
  const marks = new LayerGroup().addTo(map);
  let shown = new Map(); // key -> marker
  let gathered = null;
  let tiles = null;

  function drawLand() {
    const renderer = new SVG({ padding: 0.5 }).addTo(map);
    for (const { isOwn, rings } of land) new Polygon(rings, { renderer, interactive: false, className: `land${isOwn ? " land--own" : ""}`, color: null, fillColor: null }).addTo(map);
  }

  function box(pad = 0) {
    const bounds = map.getBounds().pad(pad);
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  // The largest towns first, as many as stand apart.
  function drawNames() {
    names.clearLayers();
    const [west, south, east, north] = box();
    const taken = [];
    for (const [name, lat, lon] of known.lieux) {
      if (taken.length >= MOST_NAMES) break;
      const [y, x] = [lat / known.degre, lon / known.degre];
      if (y < south || y > north || x < west || x > east) continue;
      const at = map.latLngToContainerPoint([y, x]);
      if (taken.some((other) => Math.abs(other.x - at.x) < NAME_WIDTH && Math.abs(other.y - at.y) < NAME_HEIGHT)) continue;
      taken.push(at);
      const icon = new DivIcon({ className: "town", html: element("span", "", name), iconSize: [NAME_WIDTH, NAME_HEIGHT], iconAnchor: [NAME_WIDTH / 2, NAME_HEIGHT + FACE] });
      const label = new Marker([y, x], { icon, interactive: false, keyboard: false, zIndexOffset: -10_000 });
      names.addLayer(label);
      label.getElement().setAttribute("aria-hidden", "true");
    }
  }

  function said(mark) {
    const rough = mark.rough === mark.count ? ", position approximative" : "";
    if (mark.count === 1) return `${nameOf(mark.ranks[0])}${rough}`;
    const several = mark.rough > 0 && !rough ? `, dont ${figure(mark.rough)}${NBSP}à une position approximative` : rough;
    return `${plural(mark.count, "entreprise")}${several}`;
  }

  function choose(mark) {
    if (mark.count === 1) return opened(new Map([[mark.ranks[0], mark.rough === 1]]), said(mark));
    const zoom = gathered.partsAt(mark);
    if (zoom > NEAREST) return opened(gathered.held(mark), said(mark));
    map.setView([mark.lat, mark.lon], zoom);
    node.focus({ preventScroll: true }); // the mark goes away with the zoom
    return undefined;
  }

  function markerOf(mark) {
    const size = mark.count === 1 ? "one" : mark.count < 10 ? "few" : mark.count < 100 ? "some" : "many";
    const face = element("span", `mark__face mark__face--${size}${mark.rough === mark.count ? " mark__face--rough" : ""}`, mark.count === 1 ? "" : figure(mark.count));
    const icon = new DivIcon({ className: "mark", html: face, iconSize: [MARK, MARK] });
    const marker = new Marker([mark.lat, mark.lon], { icon, riseOnHover: true });
    marker.on("click", () => choose(mark));
    // Leaflet calls it a button, and lets no key press it.
    marker.on("keydown", ({ originalEvent: event }) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(mark);
    });
    return marker;
  }

  // What is still there stays: what has the focus keeps it.
  function drawMarks() {
    const next = new Map();
    for (const mark of gathered?.marks(box(0.1), Math.round(map.getZoom())) ?? []) {
      const known = shown.get(mark.key);
      const marker = known ?? markerOf(mark);
      next.set(mark.key, marker);
      if (known) continue;
      marks.addLayer(marker);
      marker.getElement().setAttribute("aria-label", said(mark));
      marker.getElement().title = said(mark);
    }
    for (const [key, marker] of shown) if (!next.has(key)) marks.removeLayer(marker);
    shown = next;
  }

  function draw() {
    drawMarks();
    drawNames();
    moved();
  }

  map.on("moveend", draw);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  new ResizeObserver(() => map.invalidateSize()).observe(node);

  return {
    node,
    // Show what was gathered (`gather`); `isFar`: move to where it is.
    show(found, isFar) {
      gathered = found;
      for (const marker of shown.values()) marks.removeLayer(marker);
      shown = new Map();
      const bounds = isFar ? (around(gathered.points) ?? home) : null;
      if (bounds) map.fitBounds(bounds, { padding: [MARK, MARK], maxZoom: ALONE, animate: false }); // draws, once it has moved
      draw();
    },
    within: () => gathered.within(box()),
    goTo([lat, lon]) {
      map.setView([lat, lon], Math.max(map.getZoom(), ALONE));
    },
    zoom(step) {
      map.setZoom(map.getZoom() + step);
    },
    goHome() {
      map.fitBounds(around(gathered?.points ?? []) ?? home, { padding: [MARK, MARK], maxZoom: ALONE });
    },
    // Ask a server for the pictures of a detailed map, or put them away.
    toggleTiles(address) {
      if (tiles) map.removeLayer(tiles);
      tiles = tiles ? null : new TileLayer(address, { maxZoom: NEAREST }).addTo(map);
      node.classList.toggle("has-tiles", tiles !== null);
      return tiles !== null;
    },
  };
}

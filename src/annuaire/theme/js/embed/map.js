// The map in a frame of another site, with the list of what it shows.
import { loadOnce } from "../common/catalogue/data.js";
import { NBSP, figure, plural } from "../common/french.js";
import { fetchBundle } from "../common/selection/bundle.js";
import { firstTouch } from "../common/touched.js";
import { embeddedRows, openEmbedded } from "./framed.js";

const MOST = 10; // rows: the directory shows the rest
const PAUSE = 120; // milliseconds

// The map and its data come at the first sign of the visitor, as everywhere.
export async function openEmbeddedMap(root) {
  await firstTouch();
  root.querySelector("[data-embedded-start]").disabled = true;
  const drawing = fetchBundle("map");
  return openEmbedded(root, async ({ catalogue, site, found, part }) => {
    const [{ createView, gather, readMap }] = await Promise.all([drawing, catalogue.details()]);
    root.querySelector("[data-map-view]").replaceChildren();
    const known = await loadOnce(new URL(root.dataset.embeddedMap, document.baseURI), (json) => readMap(json, catalogue));
    let pause;
    const view = createView(root.querySelector("[data-map-view]"), known, (rank) => catalogue.json.entreprises.nom[rank], moved, opened);

    function moved() {
      clearTimeout(pause);
      pause = setTimeout(() => list(view.within(), "dans la partie affichée"), PAUSE);
    }

    function opened(ranks) {
      list(ranks, "au même endroit");
      part("said").focus();
    }

    function list(ranks, where) {
      const shown = found.filter((rank) => ranks.has(rank));
      const rough = shown.filter((rank) => ranks.get(rank)).length;
      const about = rough > 0 ? `, dont ${figure(rough)}${NBSP}à une position approximative` : "";
      const more = shown.length > MOST ? `; voici les ${MOST} premières` : "";
      part("said").textContent = `${plural(shown.length, "entreprise")} ${where}${about}${more}.`;
      part("rows").replaceChildren(...embeddedRows(catalogue, shown.slice(0, MOST), site));
    }

    const acts = { nearer: () => view.zoom(1), farther: () => view.zoom(-1), home: () => view.goHome() };
    for (const [name, act] of Object.entries(acts)) root.querySelector(`[data-map-${name}]`).addEventListener("click", act);
    view.show(gather(known.places, found), true);
  });
}

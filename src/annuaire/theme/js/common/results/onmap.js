// Results on a map: the groups of the catalogue, of which the list holds what the map shows.
import { loadOnce } from "../catalogue/data.js";
import { element } from "../element.js";
import { NBSP, figure, plural } from "../french.js";
import { button, enterpriseLink } from "../pieces.js";
import { fetchBundle } from "../selection/bundle.js";
import { createGroups } from "./groups.js";

const PAUSE = 120; // milliseconds: a map that moves again tells its list nothing
const MOST_ABSENT = 50; // names
const ROUGH = "Position approximative\u00a0: sa municipalité, non son adresse.";

// Give what makes, as `createGroups` does, what shows an answer; the map is fetched at once, while the data come.
export function mapOf(root) {
  const drawing = fetchBundle("map");
  drawing.catch(() => {}); // told once the data are there
  return (catalogue, rows, more, site) => createOnMap(root, drawing, catalogue, rows, more, site);
}

function createOnMap(root, drawing, catalogue, rows, more, site) {
  const part = (name) => root.querySelector(`[data-map-${name}]`);
  const groups = createGroups(catalogue, rows, more, site, about);
  const nameOf = (rank) => catalogue.json.entreprises.nom[rank];
  let [answer, asked, from] = [null, "", ""]; // the answer, its search, and the places it was about
  let [known, view, found, gather] = [null, null, null, null];
  let chosen = null; // what stands at one place, opened by the visitor
  let rough = new Map(); // rank -> whether it is approximate, of those listed
  let laid = null; // what the list holds, of which answer
  let [pause, filling, placing] = [0, 0, 0];

  async function start() {
    const pieces = await drawing;
    await catalogue.details(); // where they are
    known = await loadOnce(new URL(root.dataset.map, document.baseURI), (json) => pieces.readMap(json, catalogue));
    ({ gather } = pieces);
    view = pieces.createView(part("view"), known, nameOf, moved, opened);
    if (answer) place(true);
  }
  start().catch((error) => {
    part("frame").hidden = true;
    part("failed").hidden = false;
    console.error(error); // the visitor has been told; the list stays
  });

  // What the row of an enterprise says of its place.
  function about(rank) {
    if (!known || known.places[rank].length === 0) return [];
    const [lat, lon, isRough] = known.places[rank][0];
    const see = button("Voir sur la carte", "link-button", () => {
      view.goTo([lat, lon]);
      view.node.focus();
    });
    see.setAttribute("aria-label", `Voir sur la carte${NBSP}: ${nameOf(rank)}`);
    return [element("p", "row__text small quiet", ...(isRough ? [ROUGH, " "] : []), see)];
  }

  function moved() {
    clearTimeout(pause);
    pause = setTimeout(list, PAUSE);
  }

  function opened(ranks, text) {
    chosen = { ranks, text };
    list();
    part("said").scrollIntoView({ block: "nearest" });
    part("said").focus({ preventScroll: true });
  }

  function place(isFar) {
    found = gather(known.places, answer.found);
    chosen = null;
    absent();
    clearTimeout(pause);
    view.show(found, isFar);
    clearTimeout(pause);
    list();
  }

  // Same groups, fewer enterprises.
  function only(ranks) {
    const kept = answer.groups.map((group) => ({ ...group, ranks: group.ranks.filter((rank) => ranks.has(rank)) })).filter((group) => group.ranks.length > 0);
    return Object.create(answer, { groups: { value: kept }, found: { value: kept.flatMap((group) => group.ranks) }, sector: { value: [] } });
  }

  function list() {
    rough = chosen?.ranks ?? view.within();
    const shown = only(rough);
    const approximate = shown.found.filter((rank) => rough.get(rank)).length;
    const ofThem = approximate > 0 ? `, dont ${figure(approximate)}${NBSP}à une position approximative` : "";
    const all = answer.found.length;
    part("said").textContent = chosen
      ? `Au même endroit${NBSP}: ${plural(shown.found.length, "entreprise")}${ofThem}.`
      : `${plural(shown.found.length, "entreprise")} dans la partie affichée${all > shown.found.length ? `, sur ${figure(all)}${NBSP}trouvées` : ""}${ofThem}.`;
    part("back").hidden = !chosen;
    part("empty").hidden = shown.found.length > 0 || all === 0;
    if (laid?.answer === answer && isSame(laid.ranks, shown.found)) return;
    laid = { answer, ranks: shown.found };
    // The first rows at once, the others in a task of their own, once nothing moves any more.
    groups.show(shown, asked, undefined, true);
    clearTimeout(filling);
    filling = setTimeout(() => groups.fill(), PAUSE);
  }

  // Who is found and has no point: said, never placed.
  function absent() {
    const names = found.absent.slice(0, MOST_ABSENT).map((rank) => element("li", "", enterpriseLink(site, catalogue.slugOf(rank), nameOf(rank))));
    const rest = found.absent.length - names.length;
    if (rest > 0) names.push(element("li", "quiet", `et ${plural(rest, "autre")}`));
    part("absent-names").replaceChildren(...names);
    part("absent-count").textContent = plural(found.absent.length, "entreprise trouvée n’est pas sur la carte", "entreprises trouvées ne sont pas sur la carte");
    part("absent").hidden = names.length === 0;
  }

  part("back").addEventListener("click", () => {
    chosen = null;
    list();
    part("said").focus();
  });
  part("nearer").addEventListener("click", () => view.zoom(1));
  part("farther").addEventListener("click", () => view.zoom(-1));
  part("home").addEventListener("click", () => view.goHome());
  part("tiles")?.addEventListener("click", (event) => {
    const isOn = view.toggleTiles(event.target.dataset.mapTiles);
    event.target.setAttribute("aria-pressed", String(isOn));
    part("mention").hidden = !isOn;
  });

  return {
    show(next, search, count, isFirst) {
      const where = JSON.stringify([search.q, search.mrc, search.dessert, search.pres]);
      [answer, asked] = [next, { ...search, vue: "cartes" }];
      // Points are gathered in a task of their own: the numbers of the filters, in this one, take as long.
      clearTimeout(placing);
      const isFar = where !== from;
      if (view) placing = setTimeout(() => place(isFar));
      else {
        groups.show(answer, asked, count, isFirst);
        part("said").textContent = "Lecture de la carte…";
      }
      from = where;
    },
    fill() {
      groups.fill();
    },
  };
}

function isSame(ranks, others) {
  return ranks.length === others.length && ranks.every((rank, place) => rank === others[place]);
}

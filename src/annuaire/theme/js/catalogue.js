// The buyer's catalogue: one data file, filtered in the browser. The address always says what is shown, never what the
// visitor has selected.
import { loadCatalogue } from "./common/catalogue/data.js";
import { evaluate } from "./common/catalogue/facets.js";
import { createGroups } from "./catalogue/groups.js";
import { createOutline } from "./catalogue/outline.js";
import { createPanel } from "./catalogue/panel.js";
import { asks, empty, format, parse, without } from "./common/catalogue/query.js";
import { sentence } from "./common/catalogue/sentence.js";
import { createSummary } from "./catalogue/summary.js";
import { createTextSearch } from "./common/catalogue/text.js";
import { NBSP, plural, quote } from "./common/french.js";
import { createNote } from "./common/words/note.js";
import { createColumnChoice } from "./common/selection/columnchoice.js";
import { exportRows, saveExport } from "./common/selection/export.js";
import * as adresses from "../../data/adresses.json";

const TYPING_PAUSE = 200; // milliseconds
const WIDE = "(min-width: 60rem)";

const root = document.querySelector("[data-catalogue]");
const part = (name) => root.querySelector(`[data-catalogue-${name}]`);

if (root) open();

async function open() {
  part("wait").hidden = false;
  part("rest").hidden = true;
  try {
    start(await loadCatalogue(new URL(root.dataset.catalogue, document.baseURI)));
  } catch (error) {
    part("found").hidden = true;
    part("failed").hidden = false;
    part("rest").hidden = false;
    throw error; // for the console: the visitor has been told
  } finally {
    part("wait").hidden = true;
  }
}

function start(catalogue) {
  const site = new URL(root.dataset.root, document.baseURI);
  const input = part("form").elements.namedItem("q");
  const text = createTextSearch(catalogue, new URL(adresses.index, site));
  const note = createNote(part("note"), site, (words) => change({ q: words }));
  const summary = createSummary(catalogue, part("active"), part("none"), remove, clear);
  const outline = createOutline(catalogue, part("map"), toggleTerritory);
  const groups = createGroups(catalogue, part("rows"), part("more"), site);
  const [sort, views, sheet] = ["sort", "views", "sheet"].map(part);
  let search = parse(new URLSearchParams(location.search));
  let said = null; // what the words found, of `heard`
  let heard = "";
  let answer;
  let turn = 0;
  let left = history.state?.left ?? 0; // pixels
  let pause;
  let panel;

  function change(changes, remember = "push") {
    search = { ...search, ...changes };
    if (!search.pres && search.tri === "distance") search.tri = empty().tri;
    write(remember);
    show(remember === "replace");
  }

  function write(remember) {
    const query = format(search);
    const address = query ? `?${query}` : location.pathname;
    if (query === location.search.replace(/^\?/, "")) return;
    if (remember === "replace") history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }

  function remove(pairs) {
    let next = search;
    for (const [key, value] of pairs) next = without(next, key, Array.isArray(next[key]) ? value : undefined);
    change(next);
  }

  function clear() {
    change({ ...empty(), q: search.q, tri: search.tri, vue: search.vue });
  }

  function toggleTerritory(code) {
    const isOn = search.mrc.includes(code);
    change({ mrc: isOn ? search.mrc.filter((other) => other !== code) : [...search.mrc, code].sort() });
  }

  // Facets answer at once; words are asked once, and wait for their own answer.
  async function show(isTyping = false) {
    restoreControls();
    if (search.q === heard) {
      draw();
      return;
    }
    const mine = ++turn;
    const words = search.q;
    let found = null;
    if (words) {
      part("rows").setAttribute("aria-busy", "true");
      try {
        found = await text.find(words, isTyping);
      } catch (error) {
        if (mine === turn) fail();
        throw error; // for the console: the visitor is told
      } finally {
        if (mine === turn) part("rows").removeAttribute("aria-busy");
      }
    } else {
      await null; // the same order of things with and without words
    }
    if (mine !== turn || (words && found === null)) return; // another question meanwhile, or a word hardly begun
    [said, heard] = [found, words];
    draw();
  }

  function fail() {
    [said, heard] = [null, search.q];
    draw();
    part("note").replaceChildren("La recherche par mots n’a pas pu démarrer. Les filtres, eux, fonctionnent.");
    part("note").hidden = false;
  }

  function draw() {
    answer = evaluate(catalogue, search, said?.ranked ?? null, said?.categories);
    answer.kinds = new Set(search.conformite.map((value) => value.split(":")[0]));
    const { found, confirmed, drop } = answer;
    const about = search.q ? ` pour ${quote(search.q)}` : "";
    const total = found.length === 0 ? `Aucune entreprise${about}` : `${plural(found.length, "entreprise")}${about}`;
    part("count").textContent = total;
    const parts = confirmed > 0 && confirmed < found.length ? `${NBSP}: ${confirmed} avec une offre ou une fiche confirmée` : "";
    part("said").textContent = `${total}${parts}`;
    part("sentence").textContent = asks(search) ? `${sentence(catalogue, search)}.` : "";
    if (said) note.show({ ...said, results: found, unfiltered: said.ranked.length });
    else note.hide();
    const filters = summary.show(search);
    summary.showNone(search, drop, Boolean(said));
    part("open").textContent = filters > 0 ? `Filtrer (${filters})` : "Filtrer";
    sheet.querySelector("[data-catalogue-show]").textContent = found.length > 0 ? `Voir ${plural(found.length, "entreprise")}` : "Fermer";
    part("map").hidden = search.vue !== "carte";
    if (search.vue === "carte") outline.show(search, answer.counts);
    groups.show(answer, search.vue, history.state?.shown, !panel);
    part("file").hidden = found.length === 0;
    part("record").href = new URL(`${adresses.releve}?${format({ ...search, vue: empty().vue })}`, site).href;
    part("found").hidden = false;
    // The first rows are on the screen, a whole frame, before the filters, which take as long to lay out.
    if (panel) panel.show(search, answer);
    else requestAnimationFrame(() => requestAnimationFrame(layFilters));
  }

  function layFilters() {
    if (!panel) {
      panel = createPanel(catalogue, () => search, change);
      place();
    }
    groups.fill();
    panel.show(search, answer);
    if (left > 0) scrollTo(0, left); // back from a profile: at the row that the visitor left
    left = 0;
  }

  function restoreControls() {
    if (input.value.trim() !== search.q) input.value = search.q;
    // Without words nothing is more relevant: the nearest come first, else the alphabet.
    sort.value = search.tri === "pertinence" && !search.q ? (search.pres ? "distance" : "nom") : search.tri;
    for (const option of sort.options) {
      option.hidden = option.disabled = { pertinence: !search.q, distance: !search.pres }[option.value] ?? false;
    }
    for (const view of views.querySelectorAll("input")) view.checked = view.value === search.vue;
  }

  // One panel of filters: beside the results where there is room, else in a sheet.
  const wide = matchMedia(WIDE);
  function place() {
    if (panel) (wide.matches ? part("side") : part("sheet-body")).append(panel.node);
    if (wide.matches && sheet.open) sheet.close();
  }
  wide.addEventListener("change", place);

  part("open").addEventListener("click", () => sheet.showModal());
  for (const button of sheet.querySelectorAll("[data-catalogue-close]")) button.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close(); // beside the sheet
  });

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    change({ q: readWords() });
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => change({ q: readWords() }, "replace"), TYPING_PAUSE);
  });
  function readWords() {
    return input.value.replace(/\s+/gu, " ").trim();
  }

  sort.addEventListener("change", () => change({ tri: sort.value }));
  views.addEventListener("change", (event) => change({ vue: event.target.value }));
  const columns = createColumnChoice(part("columns"));
  for (const button of root.querySelectorAll("[data-catalogue-export]")) {
    button.addEventListener("click", async () => {
      const keys = columns.columns().map(({ key }) => key);
      const name = await saveExport(button.dataset.catalogueExport, exportRows(catalogue, answer.found, keys), "catalogue");
      part("file-said").textContent = `Fichier enregistré${NBSP}: ${name} (${plural(answer.found.length, "entreprise")}).`;
    });
  }
  addEventListener("pagehide", () => history.replaceState({ ...history.state, left: scrollY }, ""));
  addEventListener("popstate", () => {
    clearTimeout(pause);
    search = parse(new URLSearchParams(location.search));
    show();
  });
  show();
}

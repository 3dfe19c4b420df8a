// The page of results: one data file, filtered in the browser. The address always says what is shown, never what the
// visitor has selected. The catalogue has views, orders and files; the search page shows lists until something is asked, and
// finds other records than enterprises where the site has some (`data-kinds`).
import { loadCore, loadOnce } from "../catalogue/data.js";
import { evaluate } from "../catalogue/facets.js";
import { prepareGround } from "../catalogue/ground.js";
import { KIND, asks, empty, format, parse, without } from "../catalogue/query.js";
import { NBSP, quote } from "../french.js";
import { createFile } from "./file.js";
import { helpAsked, readKinds } from "./kinds.js";
import { announced, headline, mix, mixedSentence, shownText } from "./mixed.js";
import { createNote } from "./note.js";
import { createOthers } from "./others.js";
import { createOutline } from "./outline.js";
import { createPanel } from "./panel.js";
import { createPlaces } from "./chips.js";
import { answerWords } from "./run.js";
import { finishSlowly, pause } from "../steps.js";
import { createSummary } from "./summary.js";
import * as adresses from "../../../../data/adresses.json";

const TYPING_PAUSE = 200; // milliseconds
const WIDE = "(min-width: 60rem)";

// `prepare(root)` gives a function of (catalogue, rows, more, site) that gives what shows an answer: `show` and `fill`, as
// `createGroups` does. `acts`: what the visitor did meanwhile. Raises what the data could not be read for.
export async function openResults(root, acts, prepare) {
  const part = (name) => root.querySelector(`[data-catalogue-${name}]`);
  const isResting = "resting" in root.dataset; // until something is asked, lists to browse
  const hasFirst = !part("found").hidden; // the page came with the first rows
  part("rest").hidden = !hasFirst && (!isResting || asks(readSearch(root)));
  part("wait").hidden = !part("rest").hidden;
  const createShown = prepare(root);
  const catalogue = await loadCore(new URL(root.dataset.catalogue, document.baseURI));
  start(root, part, catalogue, isResting, createShown, acts);
}

// What is asked that the first part of the data does not say.
function needsDetails({ adhesion, certification, conformite, dessert, depuis, pres, tri, vue }) {
  return [adhesion, certification, conformite, dessert, depuis, pres].some(({ length }) => length > 0) || tri === "fraicheur" || vue !== empty().vue;
}

// The results, and the link that leads to them.
function setFound(part, isFound) {
  part("found").hidden = part("skip").hidden = !isFound;
}

function readSearch(root) {
  return parse(new URLSearchParams(location.search), "kinds" in root.dataset);
}

function start(root, part, catalogue, isResting, createShown, acts) {
  const site = new URL(root.dataset.root, document.baseURI);
  const input = part("form").elements.namedItem("q");
  const again = (words) => change({ q: words });
  const note = createNote(part("note"), site, again);
  const summary = createSummary(catalogue, part("active"), part("none"), remove, clear, (key) => `Genre${NBSP}: ${answer.genres?.get(key) ?? key}`);
  const places = createPlaces(catalogue, part("places-asked"), again);
  const outline = part("map") && createOutline(catalogue, part("map"), toggleTerritory);
  const groups = createShown(catalogue, part("rows"), part("more"), site);
  const others = root.dataset.kinds && createOthers(part("kinds"), part("rows"), site);
  const [sort, views, sheet] = ["sort", "views", "sheet"].map(part);
  let search = readSearch(root);
  let said = null; // what answers the words `heard`
  let heard = "";
  let isDeaf = false; // words cannot be looked for
  let known = null; // the records of other kinds than enterprises, once they are read
  let isPartial = false; // they cannot be
  let answer;
  let turn = 0;
  let left = history.state?.left ?? 0; // pixels
  let typing; // a timer
  let panel;
  let isBegun = false; // rows stand without what the second part of the data says
  let isThere = part("found").matches(".catalogue--first:not([hidden])"); // the page came with the first rows

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

  // Facets answer at once; words wait for the texts, which are fetched once.
  async function show(isTyping = false) {
    restoreControls();
    if (isResting && !asks(search)) {
      turn += 1;
      part("rows").removeAttribute("aria-busy");
      setFound(part, false);
      part("wait").hidden = true;
      part("rest").hidden = false;
      return;
    }
    const mine = ++turn;
    const words = search.q;
    let found = null;
    const reading = others && readOthers();
    if (words && (words !== heard || isDeaf)) {
      part("wait").hidden = !part("found").hidden; // nothing is shown yet: what is waited for stays said
      part("rest").hidden = true;
      part("rows").setAttribute("aria-busy", "true");
      try {
        found = await answerWords(catalogue, words, site, isTyping, () => mine !== turn);
      } catch (error) {
        if (mine === turn) fail(words);
        throw error; // for the console: the visitor is told
      }
      if (mine !== turn) return; // another question meanwhile
      if (found === null) {
        part("rows").removeAttribute("aria-busy"); // a word hardly begun
        return;
      }
      [said, heard, isDeaf] = [found, words, false];
    } else if (!words) {
      [said, heard, isDeaf] = [null, "", false];
    }
    if (reading) await reading; // without other kinds, facets answer at once
    if (!catalogue.isWhole && needsDetails(search)) await detailed();
    if (mine !== turn) return;
    const evaluated = evaluate(catalogue, shownSearch(), said);
    if (found !== null) await pause(); // a task of its own, where words were waited for anyway
    if (mine === turn) draw(isTyping, evaluated);
  }

  // The records of other kinds, at the first question: without them, enterprises answer.
  async function readOthers() {
    if (known || !(search.q || search[KIND].length > 0)) return;
    try {
      [known, isPartial] = [await loadOnce(new URL(root.dataset.kinds, document.baseURI), readKinds), false];
    } catch (error) {
      isPartial = true;
      console.error(error); // the visitor is told
    }
  }

  function fail(words) {
    [said, heard, isDeaf] = [null, words, true];
    draw();
  }

  // Where words cannot be looked for, nothing says that they were.
  function shownSearch() {
    return isDeaf ? { ...search, q: "" } : search;
  }

  // While one types, the rows come first and the numbers of the filters in a task of their own.
  function draw(isTyping = false, evaluated = evaluate(catalogue, shownSearch(), said)) {
    const own = shownSearch();
    const mixed = mix(catalogue, known, own, said, evaluated);
    answer = mixed.answer;
    part("rows").removeAttribute("aria-busy");
    answer.asked = asks(search) ? format({ ...search, vue: empty().vue }) : "";
    answer.kinds = new Set(own.conformite.map((value) => value.split(":")[0]));
    const { found, drop } = answer;
    const about = own.q ? ` pour ${quote(own.q)}` : "";
    part("count").textContent = headline(mixed, about);
    part("said").textContent = announced(mixed, about);
    part("sentence").textContent = asks(own) ? mixedSentence(catalogue, own, mixed) : "";
    const help = known && said?.question ? helpAsked(catalogue, known, said.question) : { needs: [] };
    note.show(catalogue, mixed.noted, isDeaf, isPartial, shownSearch(), help);
    places.show(said);
    const filters = summary.show(own);
    summary.showNone(own, drop, Boolean(said));
    part("open").textContent = filters > 0 ? `Filtrer (${filters})` : "Filtrer";
    sheet.querySelector("[data-catalogue-show]").textContent = shownText(mixed);
    if (outline) part("map").hidden = search.vue !== "carte";
    if (outline && search.vue === "carte") outline.show(search, answer.counts);
    groups.show(answer, search, history.state?.shown, !panel, isThere && format(search) === "");
    isBegun = !panel && !catalogue.isWhole && !isThere;
    isThere = false;
    others?.show(known, mixed);
    if (catalogue.isWhole) file?.show(answer, search);
    part("wait").hidden = true;
    part("found").classList.remove("catalogue--first");
    setFound(part, true);
    part("rest").hidden = found.length + answer.sector.length + mixed.groups.length > 0 || !isResting;
    // The first rows are on the screen, a whole frame, before the filters, which take as long to lay out.
    if (panel && isTyping) setTimeout(() => panel.show(search, answer));
    else if (panel) panel.show(search, answer);
    else requestAnimationFrame(() => requestAnimationFrame(() => detailed().then(layFilters)));
  }

  // The rest of the data; without them the page is not one to search in.
  function detailed() {
    return catalogue.details().catch((error) => {
      setFound(part, false);
      part("failed").hidden = part("rest").hidden = false;
      throw error; // for the console: the visitor has been told
    });
  }

  // In tasks of their own: the boxes, made apart; the rows that the second part of the data fills; the boxes and their numbers.
  async function layFilters() {
    await pause();
    const made = panel ?? createPanel(catalogue, () => search, change, root.dataset.facets?.split(" "));
    await pause();
    if (isBegun && !part("rows").contains(document.activeElement)) groups.show(answer, search, history.state?.shown, true);
    isBegun = false;
    await pause();
    groups.fill();
    file?.show(answer, search);
    await finishSlowly(prepareGround(catalogue));
    await pause();
    if (!panel) {
      panel = made;
      place(); // in the task of its numbers: nothing moves after
    }
    panel.show(search, answer);
    acts.replay();
    if (left > 0) scrollTo(0, left); // back from a profile: at the row that the visitor left
    left = 0;
  }

  function restoreControls() {
    if (input.value.trim() !== search.q) input.value = search.q;
    if (!sort) return;
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
    const isBeside = wide.matches && !("sheet" in root.dataset); // beside a map there is no room
    if (panel) (isBeside ? part("side") : part("sheet-body")).replaceChildren(panel.node);
    if (isBeside && sheet.open) sheet.close();
  }
  wide.addEventListener("change", place);

  part("open").addEventListener("click", () => sheet.showModal());
  for (const button of sheet.querySelectorAll("[data-catalogue-close]")) button.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close(); // beside the sheet
  });

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    change({ q: readWords() });
  });
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: readWords() }, "replace"), TYPING_PAUSE);
  });
  function readWords() {
    return input.value.replace(/\s+/gu, " ").trim();
  }

  sort?.addEventListener("change", () => change({ tri: sort.value }));
  views?.addEventListener("change", (event) => change({ vue: event.target.value }));
  const file = part("file") && createFile(catalogue, part("file"), site);
  addEventListener("pagehide", () => history.replaceState({ ...history.state, left: scrollY }, ""));
  addEventListener("popstate", () => {
    clearTimeout(typing);
    const asked = readSearch(root);
    if (format(asked) === format(search)) return; // another part of the page, by the skip link
    search = asked;
    show();
  });
  // Chosen or typed while the data were coming.
  const begun = search.q ? {} : { q: readWords() };
  for (const act of acts.kept()) if (act.name === "vue" && act.checked) begun.vue = act.value;
  if (acts.kept().includes(sort) && !sort.selectedOptions[0].defaultSelected) begun.tri = sort.value;
  const isSubmitted = acts.submitted();
  if (isSubmitted) begun.q = readWords(); // even none, where the address has some
  if (isSubmitted || Object.values(begun).some(Boolean)) change(begun, isSubmitted ? "push" : "replace");
  else show();
}

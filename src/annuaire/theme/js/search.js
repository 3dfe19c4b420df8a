// The search page: Pagefind finds, this module asks and shows. The address of the page always says what is shown.
import { createEngine } from "./common/words/engine.js";
import { createFacets } from "./search/facets.js";
import { createResults } from "./search/results.js";
import { readState, writeState } from "./search/state.js";

const TYPING_PAUSE = 250; // milliseconds

const root = document.querySelector("[data-search]");
const form = root?.querySelector("form");
const input = form?.elements.namedItem("q");

if (root && input) start();

function start() {
  const folder = new URL(root.dataset.search, document.baseURI); // of the index, at the root of the site
  const engine = createEngine(folder);
  const facets = createFacets(root.querySelector("[data-search-facets]"), () => ask("push"));
  const results = createResults(root, new URL("..", folder), remove, again);
  let turn = 0;
  let pause;

  async function ask(remember) {
    const state = { words: input.value.trim(), chosen: facets.chosen() };
    writeState(state, remember);
    const mine = ++turn;
    if (!state.words && state.chosen.size === 0) {
      results.rest();
      return;
    }
    try {
      const found = await engine.find(state, remember === "replace");
      if (mine !== turn) return; // another question was asked meanwhile
      if (found === null) {
        results.rest();
        return;
      }
      facets.show(found.counts, state.chosen);
      await results.show(found, state);
    } catch (error) {
      if (mine === turn) results.fail();
      throw error; // for the console: the visitor has been told
    }
  }

  function remove(facet, value) {
    if (facet) facets.remove(facet, value);
    else {
      facets.clear();
      input.value = "";
    }
    ask("push");
    input.focus();
  }

  function again(words) {
    input.value = words;
    ask("push");
    input.focus();
  }

  function restore() {
    const state = readState();
    input.value = state.words;
    facets.choose(state.chosen);
    ask("none");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    ask("push");
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => ask("replace"), TYPING_PAUSE);
  });
  window.addEventListener("popstate", restore);
  restore();
}

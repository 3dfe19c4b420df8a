// What the catalogue, the search page and the map begin with: their results, and the data, are fetched once the visitor asks for
// something or touches the page. Until then what the page came with is enough.
import { fetchBundle } from "../common/selection/bundle.js";
import { firstTouch } from "../common/touched.js";
import * as adresses from "../../../data/adresses.json";

const KEPT = "[data-catalogue-open], [data-catalogue-more], [data-catalogue-sort], [data-catalogue-views] input";

export async function open(root) {
  const part = (name) => root.querySelector(`[data-catalogue-${name}]`);
  if (location.search.length > 1) {
    part("found").hidden = true; // what the page came with does not answer its address
    part("wait").hidden = false;
    part("wait").removeAttribute("data-early");
  } else if (!isAwaited(part)) await (part("start") ? pressed(part) : firstTouch());
  const acts = keepActs(root);
  prefetch(new URL(root.dataset.catalogue, document.baseURI));
  // Who begins by typing will need the texts.
  if (document.activeElement === part("form").elements.namedItem("q")) prefetch(new URL(adresses.textesDuCatalogue, new URL(root.dataset.root, document.baseURI)));
  try {
    const { openResults } = await fetchBundle("results");
    await openResults(root, acts);
  } catch (error) {
    part("wait").hidden = part("found").hidden = part("skip").hidden = true;
    part("failed").hidden = part("rest").hidden = false;
    throw error; // for the console: the visitor has been told
  }
}

// The data come with the script that reads them (`loadOnce`), not after it.
function prefetch({ href }) {
  const early = (window.annuaire ??= {});
  early[href] ??= fetch(href);
  early[href].catch(() => {}); // told by who reads it
}

// Words were typed before this script ran, or the visitor comes back to a row.
function isAwaited(part) {
  return part("form").elements.namedItem("q").value.trim() !== "" || Boolean(history.state?.left);
}

// The visitor opens what is in place of the results, or begins a search.
function pressed(part) {
  return Promise.race([new Promise((resolve) => part("start").addEventListener("click", resolve, { once: true })), firstTouch(part("form"))]);
}

// What the visitor does meanwhile: `replay` does it again, once it can be done. Words that are submitted wait here: another page,
// fetched while this one answers them, would leave two steps to come back from.
function keepActs(root) {
  const waiting = new Set();
  let isSubmitted = false;
  const submit = (event) => {
    event.preventDefault();
    isSubmitted = true;
  };
  root.addEventListener("submit", submit);
  const keep = ({ target }) => {
    const act = target.closest(KEPT);
    if (act) waiting.add(act);
  };
  for (const type of ["click", "change"]) root.addEventListener(type, keep);
  return {
    kept: () => [...waiting],
    submitted() {
      root.removeEventListener("submit", submit);
      return isSubmitted;
    },
    replay() {
      for (const type of ["click", "change"]) root.removeEventListener(type, keep);
      for (const act of waiting) if (act.matches("button")) act.click();
      waiting.clear();
    },
  };
}

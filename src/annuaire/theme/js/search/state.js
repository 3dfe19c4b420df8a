// What is asked, in the address of the page: ?q=traiteur&territoire=Shawinigan&secteur=… (a facet may come twice).
import { FACETS } from "../common/words/filters.js";

export function readState() {
  const query = new URLSearchParams(location.search);
  const chosen = new Map();
  for (const facet of FACETS) {
    const values = query.getAll(facet.key);
    if (values.length > 0) chosen.set(facet.key, new Set(values));
  }
  return { words: (query.get("q") ?? "").trim(), chosen };
}

// `how`: "push" leaves a step to come back to, "replace" does not (typing), "none" leaves the address alone.
export function writeState({ words, chosen }, how) {
  if (how === "none") return;
  const query = new URLSearchParams();
  if (words) query.set("q", words);
  for (const [key, values] of chosen) for (const value of values) query.append(key, value);
  const text = query.toString();
  const address = text ? `?${text}` : location.pathname;
  if (address === (location.search || location.pathname)) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

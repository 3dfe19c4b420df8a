// The searches that the enterprises of a selection were kept by: what its record, its files and its Word document tell again.
import { empty, format, parse } from "../common/catalogue/query.js";
import { sentence } from "../common/catalogue/sentence.js";
import { element } from "../common/element.js";
import { runSearch } from "../common/results/run.js";
import * as adresses from "../../../data/adresses.json";

// Each search once, in the order kept: {address, search}. An enterprise kept before searches were has its need alone.
export function questionsOf(fiches) {
  const addresses = fiches.map(({ recherche, besoin }) => recherche || (besoin ? format({ ...empty(), q: besoin }) : "")).filter(Boolean);
  return [...new Set(addresses)].map((address) => ({ address, search: parse(new URLSearchParams(address)) }));
}

// The same with what answers each, as `evaluate` gives it.
export async function answered(catalogue, fiches, site) {
  const asked = [];
  for (const { address, search } of questionsOf(fiches)) asked.push({ address, search, answer: await runSearch(catalogue, search, site) });
  return asked;
}

// What leads to the record of a search, in the words of the search.
export function recordLink(catalogue, address, search, site) {
  const link = element("a", "", sentence(catalogue, search));
  link.href = new URL(`${adresses.releve}?${address}`, site).href;
  return link;
}

// What a file of a selection is called by: the name that the buyer gave it, and its need where it has one only.
export function titleOf({ nom, fiches }) {
  const needs = [...new Set(fiches.map(({ besoin }) => besoin).filter(Boolean))];
  return [nom, needs.length === 1 ? needs[0] : ""].filter(Boolean).join(" ");
}

// Who could answer a need together when nobody does alone. The same as annuaire.catalogue.together, which says the rules (a
// test compares both). Pure: members come in, combinations go out.
import { fold } from "./names.js";
import { capacite } from "../../../data/communs.json";

const CAPACITY = new RegExp(capacite.ecriture);
const { parCombinaison: LARGEST, combinaisons: MOST } = capacite;
const STARTS = 4 * MOST;
const SINGULAR = 3;

// Read a capacity as records write it: {amount, unit}, or null when it is not a quantity of a unit.
export function capacity(text) {
  const found = CAPACITY.exec(fold(text).split(/\s+/).filter(Boolean).join(" "));
  return found ? { amount: Number(found[1].replaceAll(" ", "")), unit: unit(found[2]) } : null;
}

export function unit(text) {
  const words = fold(text).replaceAll("/", " par ").replace(/[.,;]/g, " ").split(/\s+/).filter(Boolean);
  return words.map((word) => (word.length > SINGULAR ? word.replace(/[sx]$/, "") : word)).join(" ");
}

// Who offers a category and serves one of the places asked (ranks of MRCs): {rank, isConfirmed, mrcs (Set), amount, said}.
export function members(catalogue, category, wanted, measure = "") {
  const asked = unit(measure);
  const found = [];
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    const offers = catalogue.offersOf(rank).filter((offer) => catalogue.json.offres.categorie[offer] === category);
    const mrcs = new Set(wanted.filter((place) => offers.some((offer) => catalogue.serves(offer, rank, place))));
    if (mrcs.size === 0) continue;
    const said = offers.map((offer) => catalogue.json.offres.capacite[offer]).filter(Boolean);
    const read = said.map(capacity).filter((one) => one && one.unit === asked);
    found.push({
      rank,
      isConfirmed: offers.some((offer) => catalogue.json.offres.confirmee[offer] === 1),
      mrcs,
      amount: read.length > 0 ? Math.max(...read.map(({ amount }) => amount)) : null,
      said,
    });
  }
  return found;
}

// Who offers a category and is in one of the places asked, without a word on where it serves: ranks, none of them counted.
export function unplaced(catalogue, category, wanted) {
  const found = [];
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    const offers = catalogue.offersOf(rank).filter((offer) => catalogue.json.offres.categorie[offer] === category);
    const isThere = catalogue.json.entreprises.mrc[rank].some((place) => wanted.includes(place));
    if (offers.length > 0 && isThere && offers.every((offer) => catalogue.areaOf(offer) < 0)) found.push(rank);
  }
  return found;
}

// {alone, combinations ({members, amount, missing, gap}), uncounted}. `quantity` is null when none is asked.
export function together(found, wanted, quantity) {
  const alone = found.filter((one) => wanted.every((place) => one.mrcs.has(place)) && (quantity === null || (one.amount ?? -1) >= quantity));
  const uncounted = quantity === null ? [] : found.filter(({ amount }) => amount === null);
  return { alone, combinations: alone.length > 0 ? [] : combinations(found, wanted, quantity), uncounted };
}

function combinations(found, wanted, quantity) {
  const made = [];
  for (const first of ranked(found, new Set(), 0, quantity).slice(0, STARTS)) {
    const one = combination(found, first, wanted, quantity);
    if (!made.some(({ members: others }) => others.length === one.members.length && others.every((other) => one.members.includes(other)))) made.push(one);
  }
  made.sort((one, other) => one.missing.length - other.missing.length || one.gap - other.gap || one.members.length - other.members.length);
  const several = made.filter(({ members: own }) => own.length > 1);
  return several.length > 0 ? several.slice(0, MOST) : made.slice(0, 1);
}

// Who adds something to what is covered, who adds most first: MRCs, then quantity, then confirmed.
function ranked(found, covered, amount, quantity) {
  return found
    .map((one) => ({ one, places: [...one.mrcs].filter((place) => !covered.has(place)).length, more: Math.min(one.amount ?? 0, (quantity ?? 0) - amount) }))
    .filter(({ places, more }) => places > 0 || more > 0)
    .sort((a, b) => b.places - a.places || b.more - a.more || Number(b.one.isConfirmed) - Number(a.one.isConfirmed))
    .map(({ one }) => one);
}

function combination(found, first, wanted, quantity) {
  let chosen = [first];
  while (chosen.length < LARGEST) {
    const { covered, amount } = brought(chosen, quantity);
    const [best] = ranked(found.filter((one) => !chosen.includes(one)), covered, amount, quantity);
    if (!best) break;
    chosen.push(best);
  }
  const whole = brought(chosen, quantity);
  for (const one of [...chosen].reverse()) {
    const rest = chosen.filter((other) => other !== one);
    const left = brought(rest, quantity);
    if (left.covered.size === whole.covered.size && left.amount === whole.amount) chosen = rest;
  }
  return { members: chosen, amount: sum(chosen), missing: wanted.filter((place) => !whole.covered.has(place)), gap: (quantity ?? 0) - whole.amount };
}

function brought(chosen, quantity) {
  return { covered: new Set(chosen.flatMap(({ mrcs }) => [...mrcs])), amount: Math.min(sum(chosen), quantity ?? 0) };
}

function sum(chosen) {
  return chosen.reduce((total, { amount }) => total + (amount ?? 0), 0);
}

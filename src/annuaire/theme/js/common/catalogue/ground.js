// What the catalogue's facets stand on and does not depend on the search, computed once.
import { monthsBefore } from "../days.js";
import { finish } from "../steps.js";
import { aPreciser } from "../../../../data/communs.json";

export const ANSWERS = ["oui", "non", "inconnu"]; // of a document of conformity
export const MONTHS = [6, 12, 24]; // ages of a verification that are proposed
const UNKNOWN = ANSWERS.indexOf("inconnu");
const ENOUGH = 5; // a facet is shown when it is known for one enterprise in five

// Add properties that are computed once, when they are first read.
export function lazy(target, makers) {
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make();
        Object.defineProperty(target, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return target;
}

// What does not depend on the search, computed once. A « unit » is an offer, or an enterprise without offers.
export function groundOf(catalogue) {
  const { memo, json, size } = catalogue;
  if (memo.has("ground")) return memo.get("ground");
  const { entreprises, offres } = json;
  const start = new Int32Array(size + 1);
  const most = offres.entreprise.length + size;
  const [category, confirmed] = [new Int32Array(most), new Uint8Array(most)];
  const unitOf = new Int32Array(offres.entreprise.length);
  let unit = 0;
  for (let rank = 0; rank < size; rank += 1) {
    start[rank] = unit;
    for (let offer = catalogue.first[rank]; offer < catalogue.first[rank + 1]; offer += 1) {
      unitOf[offer] = unit;
      category[unit] = offres.categorie[offer];
      confirmed[unit] = offres.confirmee[offer];
      unit += 1;
    }
    if (unit === start[rank]) {
      category[unit] = -1;
      confirmed[unit] = entreprises.confirmee[rank];
      unit += 1;
    }
  }
  start[size] = unit;
  const kinds = json.conformites.map(([code]) => code);
  const ground = { start, category, confirmed, unitOf, kinds, units: unit };
  ground.fresh = MONTHS.map((months) => monthsBefore(catalogue.day, months));
  // What the second part of the data says is read once it is there.
  lazy(ground, {
    area: () => areasOf(catalogue, ground),
    places: () => {
      const everywhere = json.mrc.map((_, place) => place);
      return catalogue.areas.map((set) => (set === null ? everywhere : [...set]));
    },
    values: () =>
      lazy({}, {
        secteur: () => lists(entreprises.secteur, (main, rank) => [main, ...(entreprises.autres_secteurs[rank] || [])]),
        mrc: () => lists(entreprises.mrc, (all) => all),
        forme: () => lists(entreprises.forme, (value) => [value]),
        adhesion: () => lists(entreprises.adhesion, (value) => [value]),
        certification: () => lists(entreprises.certifications, (all) => all || []),
      }),
    conformity: () => kinds.map((_, kind) => marked(entreprises.conformite, (list) => (list ? answer(catalogue, list, kind) : UNKNOWN))),
    // How many of the dates proposed are no later than that of the verification.
    ages: () => marked(entreprises.date, (date) => (date ? ground.fresh.filter((since) => date >= since).length : 0)),
  });
  memo.set("ground", ground);
  return ground;
}

// All of it, in short steps: what reads it afterwards answers at once.
export function* prepareGround(catalogue) {
  const ground = groundOf(catalogue);
  for (const part of [ground, ground.values]) {
    for (const name of Object.keys(part)) {
      void part[name]; // computed when it is read
      yield;
    }
  }
  yield* findScarce(catalogue, ground);
}

// One number for each enterprise (Uint8Array).
function marked(column, mark) {
  const marks = new Uint8Array(column.length);
  for (let rank = 0; rank < column.length; rank += 1) marks[rank] = mark(column[rank]);
  return marks;
}

// The territory of each unit, -1 where nobody says it.
function areasOf(catalogue, { start, unitOf, units }) {
  const area = new Int32Array(units);
  for (let rank = 0; rank < catalogue.size; rank += 1) area[start[rank]] = catalogue.json.entreprises.desserte[rank];
  for (const [offer, unit] of unitOf.entries()) area[unit] = catalogue.areaOf(offer);
  return area;
}

// A list of known values for each enterprise, end to end: those of i are values[start[i]] to values[start[i + 1] - 1].
function lists(column, own) {
  const start = new Int32Array(column.length + 1);
  const values = [];
  for (let rank = 0; rank < column.length; rank += 1) {
    for (const value of own(column[rank], rank)) {
      let isNew = value >= 0;
      for (let place = start[rank]; place < values.length && isNew; place += 1) isNew = values[place] !== value;
      if (isNew) values.push(value);
    }
    start[rank + 1] = values.length;
  }
  return { start, values: Int32Array.from(values) };
}

function isSome({ start }, rank) {
  return start[rank + 1] > start[rank];
}

// One document in force is enough to say yes, whatever the others.
function answer(catalogue, documents, kind) {
  const own = documents.filter(([type]) => type === kind);
  if (own.length === 0) return UNKNOWN;
  return own.some(([, until]) => catalogue.isCurrent(until)) ? 0 : 1;
}

// The facets that too few enterprises are known for.
export function scarceOf(catalogue, ground) {
  if (!catalogue.memo.has("scarce")) finish(findScarce(catalogue, ground));
  return catalogue.memo.get("scarce");
}

function* findScarce(catalogue, ground) {
  if (catalogue.memo.has("scarce")) return;
  const { size, json } = catalogue;
  const { entreprises } = json;
  const unknownForm = catalogue.form(aPreciser);
  const units = (rank, has) => {
    for (let unit = ground.start[rank]; unit < ground.start[rank + 1]; unit += 1) if (has(unit)) return true;
    return false;
  };
  const isKnown = {
    categorie: (rank) => units(rank, (unit) => ground.category[unit] >= 0),
    dessert: (rank) => units(rank, (unit) => ground.area[unit] >= 0),
    secteur: (rank) => isSome(ground.values.secteur, rank),
    mrc: (rank) => isSome(ground.values.mrc, rank),
    forme: (rank) => entreprises.forme[rank] >= 0 && entreprises.forme[rank] !== unknownForm,
    adhesion: (rank) => entreprises.adhesion[rank] >= 0,
    certification: (rank) => isSome(ground.values.certification, rank),
    conformite: (rank) => Boolean(entreprises.conformite[rank]) && entreprises.conformite[rank].length > 0,
    depuis: (rank) => entreprises.date[rank] !== "",
    pres: (rank) => entreprises.lat[rank] !== null,
  };
  for (const [kind, code] of ground.kinds.entries()) isKnown[`conformite:${code}`] = (rank) => ground.conformity[kind][rank] !== UNKNOWN;
  const few = new Set();
  for (const [key, has] of Object.entries(isKnown)) {
    let count = 0;
    for (let rank = 0; rank < size; rank += 1) if (has(rank)) count += 1;
    if (count * ENOUGH < size) few.add(key);
    yield;
  }
  const sure = ground.confirmed.subarray(0, ground.units).reduce((sum, value) => sum + value, 0);
  if (sure === 0 || sure === ground.units) few.add("confirme");
  catalogue.memo.set("scarce", few);
}

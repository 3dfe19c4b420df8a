// Places as people say them: municipalities and those they were made of, MRCs, regions, postal codes; « St- » and
// « Saint- », « 3-Rivières », « LaTuque », « Ville de Shawinigan », « Trois-Rivières (Québec) ».
import { fold } from "../names.js";
import { kilometresOf } from "../sphere.js";
import { distance, isStop, root, spelled, tokens } from "./words.js";
import { lieux } from "../../../../data/communs.json";

const set = (text) => new Set(text.split(" "));
const [KINDS, LINKS, BEFORE, AFTER, AROUND] = [lieux.genres, lieux.liens, lieux.avant, lieux.apres, lieux.autour].map(set);
const SAID = new Map(Object.entries(lieux.ecritures)); // « 3 »: « trois »
const POSTAL = /^[abceghj-nprstvxy]\d[abceghj-nprstv-z]$/;
const SAINTS = ["saint", "sainte"];
const [CALLED, LONGEST] = [2, 6]; // words by which such a town is called; of a town of elsewhere
const UNIT = /^\d[abceghj-nprstv-z]\d$/;

const flat = (text) => tokens(text).map(said).join(" ");

function said(word) {
  const [, figure, rest] = /^(\d)([a-z]{4,})$/.exec(word) ?? [];
  return figure && SAID.has(figure) ? SAID.get(figure) + rest : (SAID.get(word) ?? word); // « 3rivières »
}

// The towns that « près de » may name, each label once: {code, label}.
export function towns(catalogue) {
  const { memo, json } = catalogue;
  if (memo.has("towns")) return memo.get("towns");
  const keys = json.municipalites.map(([, name]) => flat(name));
  const number = new Map();
  for (const key of keys) number.set(key, (number.get(key) ?? 0) + 1);
  // Two towns of one name are told apart by their territory; nobody knows where some are.
  const list = json.municipalites.flatMap(([code, name, place, lat], rank) => {
    if (typeof lat !== "number") return [];
    const isOne = number.get(keys[rank]) === 1;
    const label = isOne ? name : `${name} (${json.mrc[place][3]})`;
    return [{ code, label, key: isOne ? keys[rank] : flat(label), name: keys[rank] }];
  });
  memo.set("towns", list);
  return list;
}

export function townLabel(catalogue, code) {
  return towns(catalogue).find((town) => town.code === code)?.label ?? code;
}

// The code of the town that a text names, or empty; a name begun is enough when one town alone begins so.
export function findTown(catalogue, text) {
  const { json } = catalogue;
  const wanted = flat(text);
  if (!wanted) return "";
  const exact = towns(catalogue).find(({ key }) => key === wanted);
  if (exact) return exact.code;
  const { places, rest } = readPlaces(catalogue, spelled(text), () => false);
  if (rest.length === 0 && places.length > 0) {
    const code = json.municipalites[busiest(catalogue, places[0])]?.[0];
    return towns(catalogue).some((town) => town.code === code) ? code : ""; // nobody knows where some are
  }
  const begun = towns(catalogue).filter(({ key }) => key.startsWith(wanted));
  return begun.length === 1 ? begun[0].code : "";
}

// The town of a place where most records are: « près de » an MRC or a postal code is near it.
function busiest(catalogue, place) {
  const number = (town) => catalogue.json.entreprises.municipalite.reduce((sum, own) => sum + (own === town), 0);
  return centres(catalogue, place).reduce((best, town) => (number(town) > number(best) ? town : best), centres(catalogue, place)[0]);
}

// The towns whose name is nearest to a text that names none.
export function nearTowns(catalogue, text) {
  const wanted = flat(text);
  const most = wanted.length < 6 ? 1 : 3;
  const begun = towns(catalogue).filter(({ key }) => key.startsWith(wanted));
  if (begun.length > 0) return begun.slice(0, 3);
  return towns(catalogue)
    .map((town) => ({ town, steps: distance(wanted, town.name, most) }))
    .filter(({ steps }) => steps <= most)
    .sort((one, other) => one.steps - other.steps)
    .slice(0, 3)
    .map(({ town }) => town);
}

// Take places out of a question, the longest names first. Give `places` ({label, towns, mrcs: ranks, isAround: « près de »
// it, from, to: where it stands in the text}) and the words that are left. `isNeed(word)`: a word that may as well name a need is a place
// only after « à » or « ville de ».
export function readPlaces(catalogue, words, isNeed) {
  const { byName, longest } = known(catalogue);
  const places = [];
  const rest = [];
  for (let start = 0; start < words.length; ) {
    const found = postal(catalogue, words, start) ?? named(byName, longest, words, start, isNeed);
    if (found === null) {
      rest.push(words[start]);
      start += 1;
      continue;
    }
    let end = start + found.length;
    while (end < words.length && AFTER.has(words[end].word)) end += 1;
    const kinds = kindsBefore(rest);
    rest.length -= kinds;
    let first = start - kinds; // then what leads to it, and to no other place: « près de »
    for (let at = rest.length - 1; first > 0 && words[first - 1] === rest[at] && leads(rest[at].word); at -= 1) first -= 1;
    const isAround = words.slice(first, start - kinds).some(({ word }) => AROUND.has(word));
    places.push({ ...found.place, isAround, from: words[first].start, to: words[end - 1].end });
    start = end;
  }
  return { places, rest };
}

const leads = (word) => isStop(word) || AROUND.has(word);

// « ville de », « MRC des », « municipalité de la paroisse de »: how many words before a name only say what it is.
function kindsBefore(rest) {
  let [kinds, at] = [0, rest.length - 1];
  while (at >= 0) {
    let kind = at;
    while (kind >= 0 && LINKS.has(rest[kind].word)) kind -= 1;
    if (kind < 0 || !KINDS.has(rest[kind].word)) break;
    at = kind - 1;
    kinds = rest.length - kind;
  }
  return kinds;
}

function named(byName, longest, words, start, isNeed) {
  for (let length = Math.min(longest, words.length - start); length > 0; length -= 1) {
    const own = words.slice(start, start + length).map(({ word }) => said(word));
    const place = byName.get(own.join(" ")) ?? byName.get(own.join(""));
    if (!place) continue;
    const before = words[start - 1]?.word;
    if (length === 1 && isNeed(words[start].word) && !BEFORE.has(before) && !isKind(words, start)) continue;
    return { place, length };
  }
  return null;
}

function isKind(words, start) {
  let at = start - 1;
  while (at >= 0 && LINKS.has(words[at].word)) at -= 1;
  return at >= 0 && KINDS.has(words[at].word);
}

// A postal code, or its first three characters: the towns where the official list or a record has it.
function postal(catalogue, words, start) {
  const [one, two] = [words[start].word, words[start + 1]?.word ?? ""];
  const [area, unit] = one.length === 6 ? [one.slice(0, 3), one.slice(3)] : [one, two];
  if (!POSTAL.test(area)) return null;
  const isWhole = UNIT.test(unit);
  if (one.length === 6 && !isWhole) return null;
  const all = byCode(catalogue).get(area) ?? [];
  if (all.length === 0) return null;
  const label = area.toUpperCase() + (isWhole ? ` ${unit.toUpperCase()}` : "");
  const { municipalites } = catalogue.json;
  return {
    place: { label, towns: all, mrcs: [...new Set(all.map((town) => municipalites[town][2]))], isPostal: true, code: area + (isWhole ? unit : "") },
    length: isWhole && one.length === 3 ? 2 : 1,
  };
}

const NEAR = 50; // km: what is « près de » a place

// How near an enterprise is to the places of a question: 3 in the town, 2 in its MRC (or in the MRC asked), 1 when an
// offer given, or else the enterprise, serves it, or when it is near a place asked « près de »; else 0.
export function nearness(catalogue, rank, places, offers) {
  const { municipalite, mrc } = catalogue.json.entreprises;
  let best = 0;
  for (const place of places) {
    const { towns: own, mrcs } = place;
    if (place.isAround && best === 0 && farness(catalogue, rank, [place]) <= NEAR) best = 1;
    if (own.includes(municipalite[rank])) best = 3;
    else if (mrcs.some((other) => mrc[rank].includes(other))) best = Math.max(best, own.length > 0 ? 2 : 3);
    else if (best === 0) {
      const units = offers.length > 0 ? offers : [null];
      if (mrcs.some((mrcRank) => units.some((offer) => catalogue.serves(offer, rank, mrcRank)))) best = 1;
    }
  }
  return best;
}

// Kilometres, to the metre, from the nearest of the places (their towns, or the towns of their MRCs); Infinity where
// nothing is known.
export function farness(catalogue, rank, places) {
  const { municipalites, entreprises } = catalogue.json;
  const [lat, lon] = [entreprises.lat[rank], entreprises.lon[rank]];
  if (lat === null) return Infinity;
  let least = Infinity;
  for (const place of places) {
    if (place.towns.length === 0 && place.mrcs.length > 1) continue; // a region is no point
    for (const town of centres(catalogue, place)) {
      const [, , , otherLat, otherLon] = municipalites[town];
      if (typeof otherLat === "number") least = Math.min(least, kilometresOf(lat, lon, otherLat, otherLon));
    }
  }
  return Math.round(least * 1000) / 1000;
}

const METRE = 0.001; // km

// Who has a postal code asked, or one that starts so, is nearer than anybody else.
export function farnessByCode(catalogue, rank, places, far) {
  const codes = places.flatMap(({ code }) => code ?? []);
  const own = fold(catalogue.json.entreprises.code_postal[rank]).replaceAll(" ", "");
  if (codes.some((code) => own.startsWith(code))) return 0;
  return codes.length > 0 ? Math.max(far, METRE) : far;
}

function centres(catalogue, place) {
  if (place.towns.length > 0) return place.towns;
  place.centres ??= [...catalogue.json.municipalites.keys()].filter((town) => place.mrcs.includes(catalogue.json.municipalites[town][2]));
  return place.centres;
}

// The same question around: of a town, its MRC; of an MRC, its region. Null when nothing is wider.
export function wider(catalogue, { towns: own, mrcs }) {
  const { mrc, regions } = catalogue.json;
  if (mrcs.length !== 1) return null;
  const [, , name, title, , , region] = mrc[mrcs[0]];
  const isWholeMrc = own.length === 0 || title === catalogue.json.municipalites[own[0]][1];
  if (!isWholeMrc) return { label: title, words: title.startsWith("MRC") ? title : name };
  return regions[region] ? { label: regions[region][1], words: regions[region][1] } : null;
}

// Read the names of all places, which the first question needs.
export function known(catalogue) {
  if (!catalogue.memo.has("places")) catalogue.memo.set("places", read(catalogue.json));
  return catalogue.memo.get("places");
}

// The towns of the first three characters of postal codes, read when a question holds one.
function byCode(catalogue) {
  const { memo, json } = catalogue;
  if (memo.has("postal")) return memo.get("postal");
  const found = new Map();
  const code = (text, town) => {
    const area = fold(text).slice(0, 3);
    if (!POSTAL.test(area)) return;
    if (!found.has(area)) found.set(area, []);
    if (!found.get(area).includes(town)) found.get(area).push(town);
  };
  for (const [town, row] of json.municipalites.entries()) code(row[5] ?? "", town);
  for (const [rank, text] of json.entreprises.code_postal.entries()) code(text, json.entreprises.municipalite[rank]);
  memo.set("postal", found);
  return found;
}

function read({ municipalites, mrc, regions, anciens_noms: former }) {
  const byName = new Map();
  let longest = 0;
  const put = (name, place) => {
    const words = tokens(name).map(said);
    if (words.length === 0) return;
    longest = Math.max(longest, words.length + 1); // a name may be typed in more words than it has
    for (const key of words.length > 1 ? [words.join(" "), words.join("")] : [words[0]]) {
      const other = byName.get(key);
      if (!other) byName.set(key, place);
      else byName.set(key, { label: other.label, towns: union(other.towns, place.towns), mrcs: union(other.mrcs, place.mrcs) });
    }
  };
  for (const [rank, [, name, place]] of municipalites.entries()) put(name, { label: name, towns: [rank], mrcs: [place] });
  for (const [rank, [, , name, title]] of mrc.entries()) {
    const bare = tokens(name).filter((word) => word !== "les").join(" ");
    for (const key of new Set([name, bare])) put(key, { label: title, towns: [], mrcs: [rank] });
  }
  for (const [, name, , own] of regions) put(name, { label: name, towns: [], mrcs: own });
  for (const [name, town] of former) {
    if (!byName.has(flat(name))) put(name, { label: `${name} (${municipalites[town][1]})`, towns: [town], mrcs: [municipalites[town][2]] });
  }
  for (const [name, rank] of begun(municipalites, mrc)) {
    if (!byName.has(name)) put(name, { label: municipalites[rank][1], towns: [rank], mrcs: [municipalites[rank][2]] });
  }
  return { byName, longest };
}

// The towns that one calls by their first two words: « St-Élie », where one alone is Saint-Élie-something.
function begun(municipalites, mrc) {
  const found = new Map();
  for (const [rank, [, name, place]] of municipalites.entries()) {
    const words = tokens(name);
    if (mrc[place].at(-1) !== 1) continue; // of the regions of the site
    if (!SAINTS.includes(words[0]) || words.length <= CALLED) continue;
    const key = words.slice(0, CALLED).join(" ");
    found.set(key, found.has(key) ? null : rank);
  }
  return [...found].filter(([, rank]) => rank !== null);
}

// The words that name towns of elsewhere, apart from the others, which they must not cancel: « taxi Bécancour ».
export function leaveElsewhere(catalogue, words, isNeed) {
  const { memo, texts } = catalogue;
  if (!memo.has("elsewhere")) memo.set("elsewhere", new Set((texts.ailleurs ?? []).map((name) => tokens(name).join(" "))));
  const names = memo.get("elsewhere");
  const [kept, left] = [[], []];
  for (let start = 0; start < words.length; ) {
    let length = Math.min(LONGEST, words.length - start);
    while (length > 0 && !names.has(words.slice(start, start + length).map(({ word }) => word).join(" "))) length -= 1;
    if (length === 1 && !BEFORE.has(words[start - 1]?.word) && isNeed(words[start].word)) length = 0;
    if (length > 0) left.push(words.slice(start, start + length));
    else kept.push(words[start]);
    start += Math.max(1, length);
  }
  return kept.some(({ word }) => !isStop(word)) ? [kept, left] : [words, []];
}

function union(one, other) {
  return [...new Set([...one, ...other])];
}

// The root of a place’s name is no word of a need: used to weigh names of enterprises.
export function isPlaceWord(catalogue, key) {
  const found = known(catalogue);
  found.words ??= new Set([...found.byName.keys()].flatMap((name) => name.split(" ")).map(root));
  return found.words.has(key);
}

// How many enterprises each value of each facet would find, the other facets as they are.
import { ANSWERS, MONTHS } from "./ground.js";
import { CATEGORY, CONFIRMED, OF_ENTERPRISES, SERVED } from "./judging.js";

// `isCounted`: a mark for each enterprise that is told (Uint8Array).
export function countsOf(catalogue, ground, { bits }, failures, misses, near, isCounted) {
  const { json } = catalogue;
  const numbers = (rows) => new Int32Array(rows.length);
  const tallies = {
    categorie: numbers(json.categories),
    dessert: numbers(json.mrc),
    confirme: new Int32Array(2),
    secteur: numbers(json.secteurs),
    mrc: numbers(json.mrc),
    forme: numbers(json.formes),
    adhesion: numbers(json.adhesions),
    certification: numbers(json.certifications),
    conformite: ground.kinds.map(() => new Int32Array(ANSWERS.length)),
    depuis: numbers(MONTHS),
  };
  tallyOffers(catalogue, ground, failures, misses, isCounted, tallies);
  tallyEnterprises(ground, Int32Array.from(near.filter((rank) => isCounted[rank] === 1)), failures, bits, tallies);
  return named(catalogue, ground, tallies);
}

// An enterprise counts once for a value, however many of its offers have it: `seen` holds the last one counted.
function tallyOffers(catalogue, ground, failures, misses, isCounted, tallies) {
  const { start, category, area, confirmed, places } = ground;
  const marks = (length) => new Int32Array(length).fill(-1);
  const seenCategory = marks(tallies.categorie.length);
  const seenArea = marks(places.length);
  const seenPlace = marks(tallies.dessert.length);
  const alone = new Int32Array(places.length); // enterprises whose only area is this one
  for (let rank = 0; rank < catalogue.size; rank += 1) {
    if (failures[rank] !== 0 || isCounted[rank] === 0) continue;
    let [sure, unsure] = [false, false];
    let [only, isMany] = [-1, false];
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      const missed = misses[unit];
      const kind = category[unit];
      if ((missed & ~CATEGORY) === 0 && kind >= 0 && seenCategory[kind] !== rank) {
        seenCategory[kind] = rank;
        tallies.categorie[kind] += 1;
      }
      const served = area[unit];
      if ((missed & ~SERVED) === 0 && served >= 0 && seenArea[served] !== rank) {
        seenArea[served] = rank;
        if (only >= 0) isMany = true;
        only = served;
      }
      if ((missed & ~CONFIRMED) === 0) {
        if (confirmed[unit] === 1) sure = true;
        else unsure = true;
      }
    }
    if (unsure) tallies.confirme[0] += 1;
    if (sure) tallies.confirme[1] += 1;
    if (!isMany) {
      if (only >= 0) alone[only] += 1;
      continue;
    }
    for (let unit = start[rank]; unit < start[rank + 1]; unit += 1) {
      if ((misses[unit] & ~SERVED) !== 0 || area[unit] < 0) continue;
      for (const place of places[area[unit]]) {
        if (seenPlace[place] === rank) continue;
        seenPlace[place] = rank;
        tallies.dessert[place] += 1;
      }
    }
  }
  for (const [served, count] of alone.entries()) if (count > 0) for (const place of places[served]) tallies.dessert[place] += count;
}

function tallyEnterprises(ground, ranks, failures, bits, tallies) {
  for (const key of OF_ENTERPRISES) {
    const { start, values } = ground.values[key];
    const others = ~bits.get(key);
    const numbers = tallies[key];
    for (let step = 0; step < ranks.length; step += 1) {
      const rank = ranks[step];
      if ((failures[rank] & others) !== 0) continue;
      for (let place = start[rank]; place < start[rank + 1]; place += 1) numbers[values[place]] += 1;
    }
  }
  for (const [kind, code] of ground.kinds.entries()) {
    const others = ~bits.get(`conformite:${code}`);
    const answers = ground.conformity[kind];
    const numbers = tallies.conformite[kind];
    for (let step = 0; step < ranks.length; step += 1) {
      const rank = ranks[step];
      if ((failures[rank] & others) === 0) numbers[answers[rank]] += 1;
    }
  }
  const others = ~bits.get("depuis");
  const { ages } = ground;
  for (let step = 0; step < ranks.length; step += 1) {
    const rank = ranks[step];
    // The oldest date proposed is the last: a recent verification is later than all.
    if ((failures[rank] & others) === 0) for (let age = 1; age <= ages[rank]; age += 1) tallies.depuis[MONTHS.length - age] += 1;
  }
}

function named(catalogue, ground, tallies) {
  const { json } = catalogue;
  const pairs = (rows, numbers) => new Map(rows.flatMap((row, rank) => (numbers[rank] > 0 ? [[row[0], numbers[rank]]] : [])));
  return {
    categorie: pairs(json.categories, tallies.categorie),
    dessert: pairs(json.mrc, tallies.dessert),
    confirme: pairs([["non"], ["oui"]], tallies.confirme),
    secteur: pairs(json.secteurs, tallies.secteur),
    mrc: pairs(json.mrc, tallies.mrc),
    forme: pairs(json.formes, tallies.forme),
    adhesion: pairs(json.adhesions, tallies.adhesion),
    certification: pairs(json.certifications, tallies.certification),
    conformite: new Map(
      ground.kinds.flatMap((code, kind) => [...pairs(ANSWERS.map((value) => [`${code}:${value}`]), tallies.conformite[kind])]),
    ),
    depuis: pairs(ground.fresh.map((since) => [since]), tallies.depuis),
  };
}

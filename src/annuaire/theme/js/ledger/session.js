// A ledger being read: what the worker keeps from one question of the page to the next. It fetches nothing and keeps nothing
// outside its memory.
import { guessColumns } from "./columns.js";
import { readFile } from "./file.js";
import { createFirms } from "./firms.js";
import { readLines } from "./lines.js";
import { createMatcher } from "./match.js";
import { isOfficial, judgeObject, objectKey, objectsOf, opportunities, toJudge } from "./objects.js";
import { CONFIRMED, OUTSIDE, PENDING, gather, matched, standing } from "./suppliers.js";
import { NO_OFFER, SEVERAL, summarise } from "./summary.js";
import { verdicts } from "./verdicts.js";

const SAMPLE = 5; // rows shown under the titles
const SLICE = 40; // milliseconds between two signs of life
const WITH_WHOM = 5; // enterprises named for one category

const dear = (one, other) => other.cents - one.cents || (one.key < other.key ? -1 : 1);

// `catalogue`: see `readCatalogue`, its texts read; `extra`: `carnet.json`; `pause`: lets other messages in.
export function createSession(catalogue, extra, pause = () => Promise.resolve()) {
  const firms = createFirms(catalogue, extra);
  const pattern = new RegExp(extra.neq);
  const isNeq = (text) => pattern.test(text);
  const matcher = createMatcher(firms.named());
  const judged = new Map(); // key of an object -> who offers it
  let file = null;
  let ledger = null;
  let turn = 0;

  async function read(bytes) {
    turn += 1;
    [file, ledger] = [null, null];
    file = await readFile(bytes);
    return { how: file.how, sheets: file.sheets.map(({ name, rows }) => ({ name, rows: rows.length })), ...sheet(0) };
  }

  function sheet(at) {
    const { rows } = file.sheets[at];
    const guess = guessColumns(rows);
    return { at, ...guess, sample: rows.slice(guess.header + 1, guess.header + 1 + SAMPLE).map((cells) => cells.map(String)) };
  }

  // Read the lines by these columns, and match their suppliers; `tell(part)` hears how far it is (0 to 1). Null once another file
  // or other columns are asked for.
  async function match({ at, header, roles }, tell = () => {}) {
    const mine = ++turn;
    const read = readLines(file.sheets[at].rows, { header, roles }, isNeq);
    tell(0.1);
    await pause();
    const suppliers = [...gather(read.lines).values()];
    let last = Date.now();
    for (const [rank, supplier] of suppliers.entries()) {
      Object.assign(supplier, matched(matcher, supplier));
      if (Date.now() - last < SLICE) continue;
      tell(0.1 + (0.9 * rank) / suppliers.length);
      await pause();
      if (mine !== turn) return null;
      last = Date.now();
    }
    ledger = {
      ...read,
      suppliers,
      stood: suppliers.map((supplier) => stand(supplier)), // each where it stands, made again when a person decides
      places: new Map(suppliers.map(({ key }, place) => [key, place])),
      byAmount: suppliers.map((_, place) => place).sort((one, other) => dear(suppliers[one], suppliers[other])),
      hasObjects: roles.objet >= 0,
      hasDays: roles.date >= 0,
    };
    return result();
  }

  function decide(keys, rank) {
    for (const key of keys) settle(key, rank ?? undefined);
    return result();
  }

  function settle(key, decision) {
    const place = ledger.places.get(key);
    ledger.stood[place] = stand(ledger.suppliers[place], decision);
  }

  // Every name written alike, where one enterprise alone bears it.
  function confirmAlike() {
    for (const { key, status, candidates, neq } of ledger.stood) {
      const same = candidates.filter(({ score }) => score === 1);
      if (status === PENDING && same.length === 1 && !isOther(neq, same[0].rank)) settle(key, same[0].rank);
    }
    return result();
  }

  // The directory knows another NEQ of it: two names may be alike.
  function isOther(neq, rank) {
    const own = firms.firm(rank).neq;
    return neq !== "" && own !== "" && own !== neq;
  }

  function stand(supplier, decision) {
    return { ...supplier, isOfficial: isOfficial(supplier.name), ...standing(supplier, decision) };
  }

  function result() {
    const suppliers = ledger.stood;
    const byAmount = ledger.byAmount.map((place) => suppliers[place]);
    const summary = summarise({ suppliers, lines: ledger.lines, firms, categoryLabel, categoryOf });
    const row = ({ key, name, neq, cents, lines, by }) => ({ key, name, neq, cents, lines: lines.length, by });
    const alike = suppliers.filter(({ status, candidates, neq }) => status === PENDING && candidates.filter(({ score }) => score === 1).length === 1 && !isOther(neq, candidates[0].rank));
    return {
      ...summary,
      rows: ledger.rows,
      apart: ledger.apart,
      credits: ledger.credits,
      badNeq: ledger.badNeq,
      alike: alike.length,
      unsure: unsure(suppliers),
      list: {
        confirmed: byAmount.filter(({ status }) => status === CONFIRMED).map((one) => (one.told ??= { ...row(one), firm: placed(one.rank) })),
        pending: byAmount.filter(({ status }) => status === PENDING).map((one) => (one.told ??= { ...row(one), candidates: proposed(one) })),
        refused: byAmount.filter(({ status, by }) => status === OUTSIDE && by === "personne").map(row),
      },
      else: elsewhere(suppliers).told,
    };
  }

  function proposed({ candidates, neq }) {
    return candidates.map(({ rank, score }) => ({ ...placed(rank), score, isOther: isOther(neq, rank) }));
  }

  function unsure(suppliers) {
    const own = suppliers.filter(({ status, rank }) => status === CONFIRMED && !firms.firm(rank).isSure);
    return { suppliers: own.length, cents: own.reduce((sum, { cents }) => sum + cents, 0) };
  }

  function placed(rank) {
    const found = firms.firm(rank);
    return { ...found, mrc: firms.mrcTitle(found.mrc) };
  }

  function categoryLabel(category) {
    return typeof category === "number" ? catalogue.json.categories[category][1] : category;
  }

  // What a line bought of an enterprise: its only category, else the one that the object of the line asks for, once it is judged.
  function categoryOf({ object }, rank) {
    const own = firms.categories(rank);
    if (own.length < 2) return own[0] ?? NO_OFFER;
    const asked = judged.get(objectKey(object))?.own.get(rank);
    return asked?.size === 1 ? [...asked][0] : SEVERAL;
  }

  // What was bought of enterprises that the directory does not hold, and could be of those that it does.
  function elsewhere(suppliers) {
    const linesOf = (own) => own.flatMap(({ lines }) => lines.map((rank) => ledger.lines[rank]));
    const outside = suppliers.filter(({ status }) => status === OUTSIDE);
    const lines = linesOf(outside.filter((one) => !one.isOfficial));
    const ofState = linesOf(outside.filter((one) => one.isOfficial));
    const official = { cents: ofState.reduce((sum, { cents }) => sum + cents, 0), lines: ofState.length };
    const objects = objectsOf(lines);
    const several = objectsOf(linesOf(suppliers.filter(({ status, rank }) => status === CONFIRMED && firms.categories(rank).length > 1)));
    const waiting = [...toJudge(several), ...toJudge(objects)].filter(({ key }) => !judged.has(key));
    const found = opportunities(lines, objects, judged);
    const named = ({ category, ranks, ...sums }) => ({
      ...sums,
      label: categoryLabel(category),
      slug: catalogue.json.categories[category][0],
      number: ranks.length,
      firms: ranks.slice(0, WITH_WHOM).map((rank) => ({ ...placed(rank), isSure: offersSurely(rank, category) })),
      sure: ranks.filter((rank) => offersSurely(rank, category)).length,
    });
    const told = { hasObjects: ledger.hasObjects, isWhole: waiting.length === 0, official, ...found, categories: found.categories.map(named) };
    return { told, waiting };
  }

  function offersSurely(rank, category) {
    const { categorie, confirmee } = catalogue.json.offres;
    return catalogue.offersOf(rank).some((offer) => categorie[offer] === category && confirmee[offer] === 1);
  }

  // Answer the objects that nobody answered yet, the dearest first; give the result, null once another ledger is there.
  async function judgeObjects(tell = () => {}) {
    const mine = turn;
    const { waiting } = elsewhere(ledger.stood);
    for (const [rank, object] of waiting.entries()) {
      if (!judged.has(object.key)) judged.set(object.key, judgeObject(catalogue, object));
      tell((rank + 1) / waiting.length);
      await pause();
      if (mine !== turn) return null;
    }
    return result();
  }

  function ask(text) {
    return verdicts(text, matcher, isNeq).map((found) => ({ ...found, firms: found.firms.map(({ rank, score }) => ({ ...placed(rank), score })) }));
  }

  return { read, sheet, match, decide, confirmAlike, judgeObjects, ask };
}

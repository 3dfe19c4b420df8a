// Who answers a need, at a stage, in a territory: the same records and the same order as annuaire.catalogue.helping.
// A record that names no stage serves at all of them; `t` is 1 for all of Québec, 0 when nobody said where.
const EVERYWHERE = 1;
const NOWHERE_SAID = 0;

// One that nobody placed may serve the territories around its town (`s`), all of them when its town is not known either.
export function fits({ b, d = [], t, s }, { besoin, stade, mrc }) {
  const isThere = !mrc || t === EVERYWHERE || (t === NOWHERE_SAID ? !s || s.includes(mrc) : t.includes(mrc));
  return (!besoin || b.includes(besoin)) && (!stade || d.length === 0 || d.includes(stade)) && isThere;
}

// The group a record stands in: what is over, then what nobody placed, then what nobody knows how to reach.
export function groupOf({ c, t, e, j }, { mrc }) {
  if (e === "closed") return "finis";
  if (mrc && t === NOWHERE_SAID) return "ailleurs";
  if (j) return c;
  return mrc && t !== EVERYWHERE ? "pres" : "sans-contact";
}

// Of a few territories first, then of many, of all Québec, of nobody knows where.
function distance({ t }, mrc) {
  if (t === NOWHERE_SAID) return 3;
  if (t === EVERYWHERE) return 2;
  return !mrc || t.length > 1 ? 1 : 0;
}

// Give, in the order of `data.groupes`, the groups that hold something: [key, title, note, records].
export function answer(data, question) {
  const found = data.fiches.filter((one) => fits(one, question)).sort((one, other) => distance(one, question.mrc) - distance(other, question.mrc));
  const groups = data.groupes.map((group) => [...group, found.filter((one) => groupOf(one, question) === group[0])]);
  return groups.filter(([, , , records]) => records.length > 0);
}

// Tell whether premises are asked for where no shared place is known.
export function lacksPlace(groups, { besoin, mrc }, { besoin: need }) {
  const isKnown = ([key, , , records]) => key !== "finis" && key !== "ailleurs" && records.some(({ l }) => l);
  return besoin === need && Boolean(mrc) && !groups.some(isKnown);
}

// Four results for five answers (« oui » or « non »), as the text of the page says them.
export function outcome([sells, serves, isDemocratic, keeps, uses]) {
  if (!serves || !isDemocratic) return "ordinaire";
  if (!sells) return "communautaire";
  if (!keeps) return "ordinaire";
  return uses ? "cooperative" : "association";
}

// The suppliers of a ledger: its lines gathered by NEQ, else by name; each with who it is, or may be, in the directory. Pure.
import { fold } from "../common/names.js";
import { keyOf } from "./naming.js";

export const [CONFIRMED, PENDING, OUTSIDE] = ["confirmee", "a-confirmer", "hors"];

// Give the suppliers, as Map: key -> {key, name, neq, lines (their ranks), cents}. A name without a NEQ joins the only NEQ that
// bears it.
export function gather(lines) {
  const keys = new Map(); // writing of a name -> key of the name: names come again
  const nameKey = ({ name }) => {
    if (!keys.has(name)) keys.set(name, keyOf(name) || fold(name));
    return keys.get(name);
  };
  const neqs = new Map(); // key of a name -> the NEQ that bear it
  for (const line of lines) {
    if (line.neq === "" || line.name === "") continue;
    const key = nameKey(line);
    if (!neqs.has(key)) neqs.set(key, new Set());
    neqs.get(key).add(line.neq);
  }
  const suppliers = new Map();
  for (const [rank, line] of lines.entries()) {
    const own = neqs.get(nameKey(line));
    const neq = line.neq || (own?.size === 1 ? [...own][0] : "");
    const key = neq ? `neq ${neq}` : `nom ${nameKey(line)}`;
    if (!suppliers.has(key)) suppliers.set(key, { key, name: line.name, neq, lines: [], cents: 0 });
    const found = suppliers.get(key);
    found.name ||= line.name;
    found.lines.push(rank);
    found.cents += line.cents;
  }
  return suppliers;
}

// Say who a supplier is: {rank (by its NEQ, -1 when nobody bears it), candidates: [{rank, score}] by its name}.
export function matched(matcher, { name, neq }) {
  const rank = neq ? matcher.byNeq(neq) : -1;
  return { rank, candidates: rank >= 0 || name === "" ? [] : matcher.byName(name) };
}

// Where a supplier stands, given what a person decided: a rank, -1 for « nobody of the directory », undefined for nothing yet.
export function standing({ rank, candidates }, decision) {
  if (decision !== undefined) return decision >= 0 ? { status: CONFIRMED, rank: decision, by: "personne" } : { status: OUTSIDE, rank: -1, by: "personne" };
  if (rank >= 0) return { status: CONFIRMED, rank, by: "neq" };
  return { status: candidates.length > 0 ? PENDING : OUTSIDE, rank: -1, by: "" };
}

// Ask the worker, and hear its answer: each question has a number.
import { bundleUrl } from "../common/selection/bundle.js";
import { LedgerError } from "./faults.js";

export function startWorker() {
  const worker = new Worker(bundleUrl("ledger-worker"));
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data: { number, part, answer, fault, detail } }) => {
    const { resolve, reject, tell } = waiting.get(number);
    if (part !== undefined) {
      tell(part);
      return;
    }
    waiting.delete(number);
    if (detail) console.error(detail);
    if (fault) reject(new LedgerError(fault));
    else resolve(answer);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new LedgerError("Le programme qui lit les carnets n’a pas pu démarrer. Rechargez la page."));
    waiting.clear();
  });

  // `tell(part)` hears how far it is, from 0 to 1; `given`, what is handed over rather than copied.
  return (what, question = {}, tell = () => {}, given = []) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject, tell });
      worker.postMessage({ number: last, what, ...question }, given);
    });
}

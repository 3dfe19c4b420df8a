// What the worker answers: one message of the page, one answer of the same number; news of how far it is in between.
import { loadCatalogue, loadOnce, loadTexts } from "../common/catalogue/data.js";
import { LedgerError } from "./faults.js";
import { createSession } from "./session.js";

const BROKEN = "Ce fichier n’a pas pu être lu. Enregistrez-le en CSV, puis recommencez.";

export function serve(scope) {
  let [session, ready] = [null, Promise.resolve()]; // what is asked early waits for the data
  const pause = () => new Promise((resume) => setTimeout(resume, 0));

  const ANSWERS = {
    async load({ catalogue, textes, carnet }) {
      const [known, extra] = await Promise.all([loadCatalogue(catalogue), loadOnce(carnet, (json) => json)]);
      await loadTexts(known, textes);
      session = createSession(known, extra, pause);
      return { size: known.size, version: known.version };
    },
    read: ({ bytes }) => session.read(new Uint8Array(bytes)),
    sheet: ({ at }) => session.sheet(at),
    match: (columns, tell) => session.match(columns, tell),
    decide: ({ keys, rank }) => session.decide(keys, rank),
    alike: () => session.confirmAlike(),
    objects: (_, tell) => session.judgeObjects(tell),
    ask: ({ text }) => session.ask(text),
  };

  scope.addEventListener("message", async ({ data: { number, what, ...question } }) => {
    try {
      const tell = (part) => scope.postMessage({ number, part });
      if (what === "load") ready = ANSWERS.load(question);
      else await ready;
      scope.postMessage({ number, answer: await (what === "load" ? ready : ANSWERS[what](question, tell)) });
    } catch (error) {
      const isTold = error instanceof LedgerError;
      scope.postMessage({ number, fault: isTold ? error.message : BROKEN, detail: isTold ? "" : String(error) });
    }
  });
}

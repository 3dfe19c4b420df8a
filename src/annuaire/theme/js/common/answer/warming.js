// Read in short steps all that a question will need, each thing remembered where it is read: what judges then answers at once,
// and a page may do something else between two steps. Nothing is judged here.
import { known } from "./places.js";
import { SHORTEST, begunBy, cutsOf } from "./question.js";
import { columnsOf, isKnown, prepareVocabulary, vocabularyOf } from "./vocabulary.js";
import { root, telling, tokens } from "./words.js";

export function* warm(catalogue, words, isBegun) {
  const columns = columnsOf(catalogue);
  for (const column of Object.values(columns)) {
    yield* column.prepare();
    yield;
  }
  yield* prepareVocabulary(catalogue);
  known(catalogue);
  yield;
  const all = tokens(words);
  const asked = telling(all);
  if (isBegun && all.length === 1 && all[0].length < SHORTEST) return; // hardly a word yet
  for (const word of asked) yield* seek(catalogue, root(word));
  const strange = asked.filter((word) => word.length >= SHORTEST && !isKnown(catalogue, root(word)));
  for (const part of strange.flatMap(cutsOf).flat()) {
    columns.names.having(root(part));
    yield;
  }
  if (strange.length === 0 || strange.at(-1) !== all.at(-1)) return;
  for (const column of [columns.names, columns.offers]) yield* column.count();
  for (const word of begunBy(catalogue, all.at(-1))) yield* seek(catalogue, root(word));
}

// The same for the phrases of the categories that a question names.
export function* warmNeeds(catalogue, { needs }) {
  const { categories } = vocabularyOf(catalogue);
  const named = new Set(needs.flatMap((need) => [...need.named.keys()]));
  const keys = new Set([...named].flatMap((category) => categories[category].phrases.flat()));
  for (const key of keys) yield* seek(catalogue, key);
}

function* seek(catalogue, key) {
  for (const column of Object.values(columnsOf(catalogue))) {
    column.having(key);
    yield;
  }
}

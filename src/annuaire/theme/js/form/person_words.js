// The words that tell persons, from the data of the form: the twin of annuaire.text.persons.lexicon.
const kept = new WeakMap();

export function lexiconOf({ mots }) {
  if (!kept.has(mots)) kept.set(mots, lexicon(mots));
  return kept.get(mots);
}

function lexicon({ listes, saints, jamaisNoms }) {
  const lists = Object.fromEntries(Object.entries(listes).map(([name, words]) => [name, new Set(words.split(" "))]));
  const singular = (word) => word.replace(/[sx]+$/, "") || word;
  const bearers = new Set([...lists.institutions].map(singular));
  const neverLast = new Set(jamaisNoms.flatMap((name) => [...lists[name]]));
  const gluedLast = new Set([...lists.noms].map((word) => word.replace(/[-']/g, "")));
  const isSaint = (word) => saints.some((start) => word.startsWith(start));
  const isFirst = (word) => lists.prenoms.has(word) || (word.includes("-") && word.split("-").every((part) => lists.prenoms.has(part)));
  const isLast = (word) => lists.noms.has(word) || isSaint(word) || (word.includes("-") && word.split("-").some((part) => lists.noms.has(part)));
  return {
    lists,
    singular,
    neverLast,
    isFirst,
    isLast,
    gluedLast,
    isBearer: (word) => bearers.has(singular(word)),
    isPlainFirst: (word) => isFirst(word) && !lists["prenoms-mots"].has(word),
    isPlainLast: (word) => isLast(word) && !lists["noms-mots"].has(word) && !isSaint(word),
  };
}

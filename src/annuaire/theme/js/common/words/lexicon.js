// What the index knows (recherche/mots.json, made with it): its words, the sectors, the needs that sectors may answer,
// the names of places.
import { fold } from "../names.js";
import { distance, root, singular, terms, tokens } from "./words.js";

export const SHORTEST = 4; // letters of a word begun, or of one worth correcting
const NEEDS = 2;

export function createLexicon({ mots, secteurs, besoins, lieux }) {
  const words = new Map(); // as the index takes it -> as it is written, and in how many records
  const singulars = new Map();
  const roots = new Map();
  for (const [shown, count] of Object.entries(mots)) {
    const word = fold(shown);
    words.set(word, { shown, count });
    gather(singulars, singular(word), word);
    gather(roots, root(word), word);
  }
  const sectorWords = new Map(
    Object.values(secteurs).map((sector) => [sector.libelle, new Set([sector.libelle, ...sector.mots].flatMap(tokens).map(root))]),
  );
  const needs = besoins.map((need) => ({ ...need, phrases: phrases(need.mots), all: new Set(phrases(need.mots).flatMap((phrase) => [...phrase])) }));
  // Where no category names the need, what is said of a sector may.
  const fields = Object.entries(secteurs).map(([slug, { libelle, mots, description }]) => {
    return { libelle, secteurs: [slug], phrases: phrases([...mots, ...tokens(description)]) };
  });
  // Words worth proposing though no record holds them: the visitor is then shown who may answer.
  const proposed = new Map([...words].map(([word, { shown, count }]) => [word, { shown, count }]));
  for (const shown of needs.flatMap((need) => need.mots).flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])) {
    if (!proposed.has(fold(shown))) proposed.set(fold(shown), { shown, count: 1 });
  }
  const needed = new Set(needs.flatMap(({ phrases }) => phrases.flatMap((phrase) => [...phrase])));

  const names = new Set(lieux.map((name) => tokens(name).join(" ")));
  const longest = Math.max(0, ...lieux.map((name) => tokens(name).length));

  function nearest(word) {
    if (word.length < SHORTEST || needed.has(root(word))) return null;
    const most = word.length < 6 ? 1 : 2;
    let best = null;
    for (const [other, { shown, count }] of proposed) {
      const steps = distance(word, other, most);
      if (steps === 0 || steps > most || other.length < SHORTEST) continue;
      if (steps > 1 && word[0] !== other[0]) continue;
      const cost = steps + (word[0] === other[0] ? 0 : 0.75) - Math.min(0.9, Math.log10(count + 1) / 3);
      if (best === null || cost < best.cost) best = { shown, cost };
    }
    return best?.shown ?? null;
  }

  return {
    // The word to ask for a word typed: the index answers it and those that begin like it. Empty when it has none.
    known(word, isLast) {
      const plurals = singulars.get(singular(word));
      if (plurals) return plurals.reduce((one, other) => (other.length < one.length ? other : one));
      const alike = roots.get(root(word));
      if (alike) return alike.reduce((one, other) => (words.get(other).count > words.get(one).count ? other : one));
      if (!isLast || word.length < SHORTEST || needed.has(root(word))) return "";
      return [...words.keys()].some((other) => other.startsWith(word)) ? word : "";
    },
    shown(word) {
      return words.get(word)?.shown ?? word;
    },
    // The whole question, its unknown words replaced by near ones; empty when none is near.
    correct(question, unknown) {
      const better = new Map(unknown.map((word) => [word, nearest(word)]).filter(([, shown]) => shown));
      if (better.size === 0) return "";
      const right = (word) => better.get(word) ?? words.get(word)?.shown ?? word;
      return terms(question).map(right).join(" ");
    },
    // The purchase categories that a question names best, the unknown word being among the words they share.
    needs(asked, unknown) {
      const [keys, missing] = [asked.map(root), new Set(unknown.map(root))];
      const rated = [needs, fields].map((kind) => rate(kind, keys, missing)).find((some) => some.length > 0) ?? [];
      const best = Math.max(...rated.map(({ share }) => share));
      return rated.filter(({ share }) => share >= best - 0.04).slice(0, NEEDS);
    },
    // The words of a question that name places, the longest names first.
    places(question) {
      const all = tokens(question);
      const found = new Set();
      for (let start = 0; start < all.length; ) {
        let length = Math.min(longest, all.length - start);
        while (length > 0 && !names.has(all.slice(start, start + length).join(" "))) length -= 1;
        for (const word of all.slice(start, start + length)) found.add(word);
        start += length || 1;
      }
      return found;
    },
    sectors(slugs) {
      return slugs.map((slug) => secteurs[slug]);
    },
    // The sectors, among those of a record, whose words (not its own text) answer a question.
    whySectors(labels, text, asked) {
      const own = tokens(text);
      const absent = asked.filter((word) => !own.some((other) => other.startsWith(word) || root(other) === root(word)));
      return labels.filter((label) => absent.some((word) => [...(sectorWords.get(label) ?? [])].some((key) => key === root(word) || key.startsWith(word))));
    },
  };
}

function phrases(texts) {
  return texts.map((text) => new Set(terms(text).map(root)));
}

// How much of a question each need names: the words they share, more of them the closer to the whole phrase. It is
// named whole by one phrase of a need, or by several of the same category.
function rate(needs, keys, missing) {
  return needs.flatMap((need) => {
    const shares = need.phrases.map((phrase) => {
      const common = keys.filter((key) => phrase.has(key));
      return common.some((key) => missing.has(key)) ? common.length + common.length / phrase.size / 10 : 0;
    });
    const share = Math.max(...shares);
    return share > 0 && need.secteurs.length > 0 ? [{ ...need, share, isWhole: share >= keys.length || Boolean(need.all && keys.every((key) => need.all.has(key))) }] : [];
  });
}

function gather(map, key, word) {
  if (map.has(key)) map.get(key).push(word);
  else map.set(key, [word]);
}

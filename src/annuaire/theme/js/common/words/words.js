// A question as the index holds words: small letters without accents, no elision, ligatures in two letters.
import { fold } from "../names.js";
import { mots } from "../../../../data/communs.json";

const [STOP, WEAK, NEVER_WEAK] = [mots.vides, mots.faibles, mots.jamaisFaibles].map((text) => new Set(text.split(" ")));
const ELISIONS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${mots.elisions.replaceAll(" ", "|")})'(?=[\\p{L}\\p{N}])`, "gu");

// Words of any question to a directory tell nothing of what is needed, unless they are all there is. « fourniture de
// repas » asks for meals; « fournitures de bureau » are things.
function isWeak(word) {
  return (WEAK.has(word) || WEAK.has(singular(word))) && !NEVER_WEAK.has(word); // « près » is no plural
}

export function tokens(text) {
  return (
    fold(text)
      .replace(ELISIONS, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

// The words of a question that tell something: « traiteur à Shawinigan » asks for two words, not three.
export function terms(text) {
  const all = [...new Set(tokens(text))].slice(0, 12);
  const telling = all.filter((word) => !STOP.has(word) && word.length > 1);
  const strong = telling.filter((word) => !isWeak(word));
  return [strong, telling, all].find((some) => some.length > 0) ?? [];
}

// The words of a question as they were typed, each by its folded form.
export function spellings(text) {
  return new Map((text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [fold(word), word]));
}

// One form for the singular and the plural: « municipaux » and « municipal », « jeux » and « jeu ».
export function singular(word) {
  if (word.length < 4) return word;
  if (word.endsWith("eaux") || word.endsWith("eux")) return word.slice(0, -1);
  if (word.endsWith("aux")) return `${word.slice(0, -3)}al`;
  return /[sx]$/.test(word) ? word.slice(0, -1) : word;
}

// One form for the feminine and the masculine too: « préposée » and « préposé ».
export function root(word) {
  const one = singular(word);
  return one.length > 5 && one.endsWith("e") ? one.slice(0, -1) : one;
}

// How many letters to change, add, take away or swap to go from one word to another (Damerau-Levenshtein).
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, line] = [[], Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(line[j] + 1, next[j - 1] + 1, line[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, line] = [line, next];
    if (Math.min(...line) > most) return most + 1;
  }
  return line[other.length];
}

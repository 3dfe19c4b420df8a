// Names as the rules compare them: the same folding and the same slugs as the command line.
import { lettres, plusLongSlug } from "../../../data/communs.json";

const UNLIKE = new RegExp(`[${Object.keys(lettres).join("")}]`, "g"); // what does not decompose

const STRANGE = /[^\x00-\x5f\x61-\x7f]+/g; // what there is to replace: nothing in most words, one letter in most others
const MOST = 5000; // runs of strange letters whose folding is remembered
const known = new Map();

export function fold(text) {
  return text.toLowerCase().replace(STRANGE, foldRun);
}

function foldRun(run) {
  let folded = known.get(run);
  if (folded === undefined) {
    if (known.size >= MOST) known.clear();
    folded = run
      .replace(UNLIKE, (letter) => lettres[letter])
      .normalize("NFKD")
      .replace(/\p{M}/gu, "");
    known.set(run, folded);
  }
  return folded;
}

// Whether two writings differ by their case, accents, spaces and punctuation alone, « https:// » counting for nothing.
export function isSpelledAlike(one, other) {
  const bare = (text) => fold(text).replace(/^https?:\/\//, "").replace(/[^a-z0-9]/g, "");
  return bare(one) === bare(other);
}

export function slugify(text, longest = plusLongSlug) {
  const bare = (slug) => slug.replace(/^-+|-+$/g, "");
  const slug = bare(fold(text).replace(/[^a-z0-9]+/g, "-"));
  if (slug.length <= longest) return slug;
  const cut = slug.slice(0, longest + 1);
  const at = cut.lastIndexOf("-");
  return bare((at < 0 ? cut : cut.slice(0, at)).slice(0, longest));
}

// Names as the rules compare them: the same folding and the same slugs as the command line.
const ALIKE = new Map([
  ["œ", "oe"],
  ["æ", "ae"],
  ["ø", "o"],
  ["ł", "l"],
  ["ß", "ss"],
  ["’", "'"],
  ["‘", "'"],
  ["ʼ", "'"],
  ["`", "'"],
  ["´", "'"],
]);

export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[œæøłß’‘ʼ`´]/g, (letter) => ALIKE.get(letter))
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}

// Whether two writings differ by their case, accents, spaces and punctuation alone, « https:// » counting for nothing.
export function isSpelledAlike(one, other) {
  const bare = (text) => fold(text).replace(/^https?:\/\//, "").replace(/[^a-z0-9]/g, "");
  return bare(one) === bare(other);
}

export function slugify(text, longest = 60) {
  const bare = (slug) => slug.replace(/^-+|-+$/g, "");
  const slug = bare(fold(text).replace(/[^a-z0-9]+/g, "-"));
  if (slug.length <= longest) return slug;
  const cut = slug.slice(0, longest + 1);
  const at = cut.lastIndexOf("-");
  return bare((at < 0 ? cut : cut.slice(0, at)).slice(0, longest));
}

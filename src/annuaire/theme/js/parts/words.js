// A question as the index understands it: straight apostrophes, no elision, ligatures in two letters.
const ELISIONS = /(^|[\s"(])(?:lorsqu|puisqu|quoiqu|jusqu|qu|[cdjlmnst])'(?=\p{L})/giu;

export function normalise(text) {
  return text
    .normalize("NFC")
    .replace(/[’ʼ‘`´]/g, "'")
    .replace(/œ/g, "oe")
    .replace(/Œ/g, "Oe")
    .replace(/æ/g, "ae")
    .replace(/Æ/g, "Ae")
    .replace(ELISIONS, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

const EMPTY = new Set("a à au aux avec d dans de des du en et l la le les ou par pour sur un une".split(" "));

// The words of a question that tell something: « traiteur à Shawinigan » asks for two words, not three.
export function terms(text) {
  const all = normalise(text).split(" ").filter(Boolean);
  const telling = all.filter((word) => !EMPTY.has(word.toLowerCase()));
  return telling.length > 0 ? telling : all;
}

function letters(text) {
  return normalise(text)
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

// Whether a word of the index may be a form of the word asked: they start with the same letters, most of them.
export function isAlike(word, asked) {
  const [one, other] = [letters(word), letters(asked)];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same >= Math.min(other.length, Math.max(3, Math.ceil(other.length * 0.6)));
}

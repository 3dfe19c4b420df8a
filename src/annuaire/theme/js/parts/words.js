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

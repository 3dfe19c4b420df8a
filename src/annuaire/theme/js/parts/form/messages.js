// A finding in words: the sentences and the remedies of the command line, from the same file.
const LONGEST = 80;
const LONGER = { liste: 400, fiche: 200, suggestion: 400 }; // what a person must be able to copy whole

export function phrase({ code, values }, messages) {
  const { phrase: sentence, remede, suggere } = messages[code];
  const shown = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, short(value, LONGER[key] ?? LONGEST)]));
  return [fill(sentence, shown), fill(shown.suggestion ? (suggere ?? remede) : remede, shown)];
}

function fill(text, values) {
  return text.replace(/\{([a-z_]+)\}/g, (_, key) => values[key]);
}

// Cut what is long; show what is not printed, line breaks too, as spaces.
function short(value, longest) {
  const letters = [...value].slice(0, longest * 4).map((letter) => (letter !== " " && /[\p{C}\p{Z}]/u.test(letter) ? " " : letter));
  const text = [...letters.join("").split(" ").filter(Boolean).join(" ")];
  return text.length <= longest ? text.join("") : `${text.slice(0, longest - 1).join("")}…`;
}

// How alike two words are, from 0 to 100, as RapidFuzz counts it on the command line: the same word is proposed by both.
export function ratio(one, other) {
  const [a, b] = [[...one], [...other]];
  if (a.length + b.length === 0) return 100;
  return (200 * common(a, b)) / (a.length + b.length);
}

// The choice that is most alike, its rank and its score; nothing below the cutoff.
export function closest(word, choices, cutoff, scorer = ratio) {
  let found = null;
  let rank = 0;
  for (const choice of choices) {
    const score = scorer(word, choice);
    if (score >= cutoff && (found === null || score > found.score)) found = { choice, rank, score };
    rank += 1;
  }
  return found;
}

// RapidFuzz's WRatio: whole texts, then their words in order, then the best part of the longer one.
export function weightedRatio(one, other) {
  if (one === "" || other === "") return 0;
  const lengths = [[...one].length, [...other].length];
  const times = Math.max(...lengths) / Math.min(...lengths);
  const whole = ratio(one, other);
  if (times < 1.5) return Math.max(whole, tokenRatio(one, other) * 0.95);
  const scale = times <= 8 ? 0.9 : 0.6;
  return Math.max(whole, partialRatio(one, other) * scale, partialTokenRatio(one, other) * 0.95 * scale);
}

// The length of the longest common subsequence.
function common(a, b) {
  let line = new Array(b.length + 1).fill(0);
  for (const letter of a) {
    const next = [0];
    for (let j = 1; j <= b.length; j += 1) next[j] = letter === b[j - 1] ? line[j - 1] + 1 : Math.max(line[j], next[j - 1]);
    line = next;
  }
  return line[b.length];
}

function words(text) {
  return text.split(/\s+/).filter(Boolean).sort();
}

function sets(one, other) {
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  const both = [...a].filter((word) => b.has(word));
  return { both: both.join(" "), onlyA: [...a].filter((word) => !b.has(word)).join(" "), onlyB: [...b].filter((word) => !a.has(word)).join(" ") };
}

function tokenRatio(one, other) {
  const { both, onlyA, onlyB } = sets(one, other);
  if (both && (!onlyA || !onlyB)) return 100;
  const sorted = ratio(words(one).join(" "), words(other).join(" "));
  const [withA, withB] = [both && onlyA ? `${both} ${onlyA}` : both || onlyA, both && onlyB ? `${both} ${onlyB}` : both || onlyB];
  const scores = [sorted, ratio(withA, withB)];
  if (both) scores.push(ratio(both, withA), ratio(both, withB));
  return Math.max(...scores);
}

function partialTokenRatio(one, other) {
  const { both } = sets(one, other);
  if (both) return 100;
  return partialRatio(words(one).join(" "), words(other).join(" "));
}

// The best likeness of the shorter text with a part of the longer one, parts cut by its ends included.
function partialRatio(one, other) {
  const [a, b] = [[...one], [...other]];
  if (a.length > b.length) return partialRatio(other, one);
  if (a.length === 0) return 0;
  let best = 0;
  for (let end = 1; end < b.length + a.length; end += 1) {
    const part = b.slice(Math.max(0, end - a.length), Math.min(end, b.length));
    best = Math.max(best, (200 * common(a, part)) / (a.length + part.length));
  }
  if (a.length === b.length) return Math.max(best, swapped(b, a));
  return best;
}

function swapped(a, b) {
  let best = 0;
  for (let end = 1; end < b.length + a.length; end += 1) {
    const part = b.slice(Math.max(0, end - a.length), Math.min(end, b.length));
    best = Math.max(best, (200 * common(a, part)) / (a.length + part.length));
  }
  return best;
}

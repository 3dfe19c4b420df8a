// Persons' names in a text: the twin of annuaire.text.persons.names, held to it by the corpus of the rules.
import { fold } from "../common/names.js";

// Each name of a text (its words, whether it is certain); `own` holds the words that pass, `known` what both twins know.
export function namesIn(text, kind, own, lexicon, known) {
  const { lists, neverLast, isFirst, isLast, isBearer, isPlainFirst, isPlainLast } = lexicon;
  const isShouted = text === text.toUpperCase();
  const isLoose = kind === "fonction";
  const tokens = tokensOf(text, known.mot);
  return spans()
    .filter((span) => !isOwn(span))
    .map((span) => {
      const words = text.slice(tokens[span.first].start, tokens[span.last].end);
      return { words: words.split(/[ \n]+/).filter(Boolean).join(" "), isCertain: (span.isCertain ?? false) || isLoose };
    });

  // In order; one that holds the one before it takes its place.
  function spans() {
    const found = [];
    for (let rank = 0; rank < tokens.length; ) {
      const span = nameAt(rank);
      rank = span ? Math.max(rank, span.last) + 1 : rank + 1;
      if (!span) continue;
      if (found.length > 0 && span.first <= found.at(-1).last) found.pop();
      found.push(span);
    }
    return found;
  }

  function nameAt(rank) {
    const span = civil(rank);
    if (!span && kind === "adresse") return isFirstAt(rank) ? cued(rank) : null;
    return span ?? (kind !== "nom" || starts(rank) ? named(rank) : null);
  }

  function isOwn({ first, last }) {
    const parts = tokens
      .slice(first, last + 1)
      .filter((token) => !token.isInitial && !lists.civilites.has(token.folded))
      .flatMap((token) => token.folded.split(/[-']/));
    return parts.length > 0 && parts.every((part) => !part || own.has(part));
  }

  function civil(rank) {
    const here = tokens[rank];
    const after = tokens[rank + 1];
    const word = undotted(here.folded);
    const isTitle = lists.titres.has(word);
    if (!(isTitle || lists.civilites.has(word)) || !after) return null;
    if ((after.gap && !known.apresCivilite.whole.test(after.gap)) || dots(after) > known.plusInitiales) return null;
    if (here.isInitial && rank && isNear(rank) && isFirstAt(rank - 1)) return null;
    if (isTitle && kind === "adresse") return null;
    if ((isTitle || !known.partout.includes(word)) && isBorne(rank)) return null;
    const isKnown = isFirst(after.folded) || isLast(after.folded) || after.isInitial;
    const isWord = neverLast.has(after.folded) || after.folded.startsWith("tout");
    const isNamed = !isTitle || known.toujoursNommes.includes(word);
    let holds;
    if (isTitle) {
      holds = after.isCapital && (isKnown || (isNamed && !isWord)) && !lists["titres-sans-nom"].has(after.folded);
    } else if (word.length <= 2 && !(isLoose && here.isInitial)) {
      holds = (after.isCapital || (isLoose && isKnown)) && !isWord && isShortCivility(here, word, isKnown);
    } else {
      holds = ((after.isCapital || (isLoose && word === "m")) && !isWord) || (isKnown && !after.isInitial);
    }
    if (!holds && after.isElided && after.isCapital && rank + 2 < tokens.length) holds = tokens[rank + 2].isCapital && isNamed;
    return holds ? { first: rank, last: endOfName(rank + 1), isCertain: !isTitle } : null;
  }

  function isShortCivility(here, word, isKnown) {
    if (word === "me") return isShouted ? isKnown : here.text === "Me";
    if (word === "m") return (here.isInitial && here.isCapital) || isKnown;
    return here.isCapital || isKnown;
  }

  function endOfName(rank) {
    let last = rank;
    while (last + 1 < tokens.length && last - rank < known.nomLePlusLong && isNear(last + 1)) {
      const next = surname(last + 1);
      if (!next && !isFirstAt(last + 1)) break;
      last = next ? next.last : last + 1;
    }
    return last;
  }

  function named(rank) {
    const here = tokens[rank];
    if (here.isInitial) return initialled(rank);
    if (isFirstAt(rank)) return firstNamed(rank);
    const isAfterCue = here.isCapital && isCued(rank);
    const after = isAfterCue ? surnameNear(rank + 1) : null;
    if (after?.isUsual && surname(rank)) return { first: rank, last: after.last };
    return (isLoose || isAfterCue) && here.folded.length > 3 && isPlainLast(here.folded) && !isBorne(rank) ? { first: rank, last: rank } : null;
  }

  function initialled(rank) {
    const here = tokens[rank];
    const after = surnameNear(rank + 1);
    if (!after || isBorne(rank) || dots(here) > known.plusInitiales) return null;
    const isTold = isLoose || isCued(rank) || (here.folded.includes("-") && !isShouted);
    const holds = after.isUsual || (isTold && tokens[after.last].isCapital);
    return holds && (here.isCapital || isLoose) ? { first: rank, last: after.last } : null;
  }

  function firstNamed(rank) {
    const here = tokens[rank];
    if (isBorne(rank)) return null;
    const isPlain = isPlainFirst(here.folded);
    let follower = rank + 1;
    if (follower + 1 < tokens.length && tokens[follower].isInitial && isNear(follower)) follower += 1;
    const after = surnameNear(follower);
    if (after && isPair(rank, after, isPlain)) {
      const last = endOfName(after.last);
      return bearsAfter(last + 1) ? null : { first: rank, last };
    }
    if (follower > rank + 1 || isInitialNear(rank + 1)) {
      return isCued(rank) || (isPlain && (here.isCapital || isLoose)) ? { first: rank, last: rank + 1 } : null;
    }
    const isWhole = isLoose && here.isCapital && starts(rank) && ends(rank);
    return inverted(rank) ?? (isWhole ? { first: rank, last: rank } : cued(rank));
  }

  function isPair(rank, after, isPlain) {
    const here = tokens[rank];
    const last = tokens[after.last];
    if (here.isCapital && last.isCapital) return after.isUsual || (((isLoose && starts(rank)) || isPlain) && last.folded.length > 2);
    return after.isUsual && isPlain && (isLoose || isPlainLast(last.folded));
  }

  function inverted(rank) {
    if (rank === 0) return null;
    const here = tokens[rank];
    const before = tokens[rank - 1];
    const isParted = here.gap.trim() === "," && here.gap.length < 4;
    if (!(isNear(rank) || isParted) || isBorne(rank - 1) || !(here.isCapital || isLoose)) return null;
    if (kind === "nom" && !starts(rank - 1)) return null;
    const isPlain = isPlainFirst(here.folded);
    const first = rank > 1 && tokens[rank - 2].isElided ? rank - 2 : rank - 1;
    const last = tokens
      .slice(first, rank)
      .map((token) => token.folded)
      .join("");
    const isTold = isCued(first);
    let holds;
    if (isLast(last) && (before.isCapital || isLoose)) {
      holds = isPlain || isTold || isPlainLast(last) || (isLoose && isParted);
    } else {
      const isLoud = before.text === before.text.toUpperCase() && before.text.length > 2 && !isShouted;
      const isAlone = (starts(first) || isTold) && ends(rank);
      holds = isParted && (isPlain || isTold) && (isLoud || isAlone) && surname(rank - 1) !== null;
    }
    return holds ? { first, last: rank } : null;
  }

  function cued(rank) {
    const here = tokens[rank];
    if (!isPlainFirst(here.folded) || !(here.isCapital || isLoose)) return null;
    return (isLoose && here.folded.length > 2) || isCued(rank) ? { first: rank, last: rank } : null;
  }

  function isCued(rank) {
    for (let before = rank - 1; before >= Math.max(0, rank - known.amorceLaPlusLoin); before -= 1) {
      if (!known.apresAmorce.whole.test(tokens[before + 1].gap || " ")) return false;
      if (lists.amorces.has(undotted(tokens[before].folded))) return true;
      if (!known.liens.includes(tokens[before].folded)) return false;
    }
    return false;
  }

  function surnameNear(rank) {
    return rank < tokens.length && isNear(rank) ? surname(rank) : null;
  }

  function surname(rank) {
    const here = tokens[rank];
    if (here.isInitial) return null;
    if (here.isElided || known.particules.includes(here.folded)) {
      if (rank + 1 === tokens.length || !(here.isElided || isNear(rank + 1))) return null;
      const last = tokens[rank + 1];
      const isUsual = isLast(here.folded + last.folded) || isLast(last.folded) || known.saints.includes(here.folded);
      const holds = last.isCapital && (isUsual || (here.isCapital && !isShouted));
      return holds || (isLoose && isUsual) ? { last: rank + 1, isUsual } : null;
    }
    if (isLast(here.folded)) return { last: rank, isUsual: true };
    const isWord = neverLast.has(here.folded) || isBearer(here.folded);
    return here.isCapital && here.folded.length > 2 && !isWord && !known.rang.whole.test(here.folded) ? { last: rank, isUsual: false } : null;
  }

  function isBorne(rank) {
    const reaches = kind === "nom" || isShouted;
    for (let before = rank - 1; before >= 0; before -= 1) {
      const here = tokens[before];
      if (known.arrete.one.test(tokens[before + 1].gap)) return false;
      if (isBearer(here.folded)) return true;
      if (["amorces", "civilites", "ruptures"].some((name) => lists[name].has(here.folded))) return false;
      if (!(reaches || lists.liaisons.has(here.folded) || lists.qualificatifs.has(here.folded) || here.isCapital)) return false;
    }
    return false;
  }

  function bearsAfter(rank) {
    return rank < tokens.length && isNear(rank) && kind === "nom" && isBearer(tokens[rank].folded);
  }

  function starts(rank) {
    return rank === 0 || known.separe.one.test(tokens[rank].gap);
  }

  function ends(rank) {
    return rank + 1 === tokens.length || known.separe.one.test(tokens[rank + 1].gap);
  }

  function isFirstAt(rank) {
    return isFirst(tokens[rank].folded);
  }

  function isInitialNear(rank) {
    return rank < tokens.length && tokens[rank].isInitial && isNear(rank);
  }

  function isNear(rank) {
    const { gap } = tokens[rank];
    const before = tokens[rank - 1];
    return known.pres.whole.test(gap) || (gap === "" && Boolean(before) && (before.isInitial || before.isElided));
  }
}

function tokensOf(text, word) {
  let end = 0;
  return [...text.matchAll(word.all)].map((match) => {
    const [word] = match;
    const gap = text.slice(end, match.index);
    end = match.index + word.length;
    const folded = fold(word);
    return { text: word, folded, start: match.index, end, gap, isInitial: word.endsWith("."), isElided: folded.endsWith("'"), isCapital: word[0] !== word[0].toLowerCase() };
  });
}

function undotted(word) {
  return word.replace(/\.+$/, "");
}

function dots({ folded }) {
  return folded.split(".").length - 1;
}

// How the enterprises of a selection answer the needs that they were kept for. It is asked of the engine that gave the
// results, on the data of today: what was written when an enterprise was kept proves nothing of what is confirmed now.
import { NBSP, quote } from "../common/french.js";
import { answerWords } from "../common/results/run.js";
import { answersHow } from "../common/results/wording.js";

// Judge the items of a selection that the catalogue knows; the texts of the records are fetched when one has a need.
// Gives what `evaluate` gives of a search, by the rank of an enterprise: `needOf`, `levelOf` (empty when nothing answers, or
// without a need), `offersOf` (those that answer), `isSure` (confirmed for its need; without one, its record is, and an
// offer of it if it has any), `textOf` (« Pour « traiteur » : offre confirmée »), and `isJudged`: false when the texts could not be
// read; nobody is sure then, and the levels are those of the day they were kept.
export async function judgeKept(catalogue, items, site) {
  const kept = new Map(items.map((item) => [catalogue.indexOf(item.slug), item]).filter(([rank]) => rank >= 0));
  const answers = new Map(); // need -> what answers it
  let isJudged = true;
  try {
    for (const { besoin } of kept.values()) {
      if (besoin && !answers.has(besoin)) answers.set(besoin, (await answerWords(catalogue, besoin, site)).results);
    }
  } catch {
    isJudged = false;
  }
  const needOf = (rank) => kept.get(rank)?.besoin ?? "";
  const result = (rank) => answers.get(needOf(rank))?.get(rank);
  const levelOf = (rank) => (isJudged ? (result(rank)?.level ?? "") : (kept.get(rank)?.niveau ?? ""));
  const isSure = (rank) => isJudged && (needOf(rank) ? (result(rank)?.isSure ?? false) : isVouched(catalogue.enterprise(rank)));
  return {
    needOf,
    levelOf,
    isSure,
    offersOf: (rank) => (isJudged ? (result(rank)?.offers ?? []) : []),
    textOf: (rank) => (needOf(rank) ? `Pour ${quote(needOf(rank))}${NBSP}: ${answersHow(levelOf(rank), isSure(rank))}` : ""),
    isJudged,
  };
}

function isVouched({ confirmee, offres }) {
  return confirmee && (offres.length === 0 || offres.some((offer) => offer.confirmee));
}

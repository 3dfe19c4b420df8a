// How the enterprises of a selection answer the needs that they were kept for. It is asked of the engine that gave the
// results, on the data of today: what was written when an enterprise was kept proves nothing of what is confirmed now.
import { originOfKept } from "../common/catalogue/distance.js";
import { NBSP, quote } from "../common/french.js";
import { answerWords } from "../common/results/run.js";
import { answersHow } from "../common/results/wording.js";

// Judge the items of a selection that the catalogue knows; the texts of the records are fetched when one has a need.
// Gives what `evaluate` gives of a search, by the rank of an enterprise: `needOf`, `levelOf` (empty when nothing answers, or
// without a need), `offersOf` (those that answer), `isSure` (confirmed for its need; without one, its record is, and an
// offer of it if it has any), `originOf` (the municipality that its search was made from, -1 without one), `textOf`
// (« Pour « traiteur » : offre confirmée »), `otherwise` (what is confirmed of who is not sure), and `isJudged`: false when the texts could not be
// read; nobody is sure then, and the levels are those of the day they were kept.
export async function judgeKept(catalogue, items, site) {
  const kept = new Map(items.map((item) => [catalogue.indexOf(item.slug), item]).filter(([rank]) => rank >= 0));
  const answers = new Map(); // need -> what answers it
  let isJudged = true;
  try {
    for (const { besoin } of kept.values()) {
      if (besoin && !answers.has(besoin)) answers.set(besoin, await answerWords(catalogue, besoin, site));
    }
  } catch {
    isJudged = false;
  }
  const needOf = (rank) => kept.get(rank)?.besoin ?? "";
  const result = (rank) => answers.get(needOf(rank))?.results.get(rank);
  const levelOf = (rank) => (isJudged ? (result(rank)?.level ?? "") : (kept.get(rank)?.niveau ?? ""));
  const isSure = (rank) => isJudged && (needOf(rank) ? (result(rank)?.isSure ?? false) : isVouched(catalogue.enterprise(rank)));
  return {
    needOf,
    levelOf,
    isSure,
    offersOf: (rank) => (isJudged ? (result(rank)?.offers ?? []) : []),
    originOf: (rank) => originOfKept(catalogue, kept.get(rank)?.recherche ?? "", answers.get(needOf(rank)) ?? null),
    textOf: (rank) => (needOf(rank) ? `Pour ${quote(needOf(rank))}${NBSP}: ${answersHow(levelOf(rank), isSure(rank))}` : ""),
    otherwise: (rank) => (isJudged && !isSure(rank) ? confirmedOffers(catalogue.enterprise(rank), needOf(rank)) : ""),
    isJudged,
  };
}

function isVouched({ confirmee, offres }) {
  return confirmee && (offres.length === 0 || offres.some((offer) => offer.confirmee));
}

// One may be to confirm for a need, and have confirmed offers, which the comparison shows: which, and what they are worth here.
function confirmedOffers({ offres }, need) {
  const names = offres.filter(({ confirmee }) => confirmee).map(({ nom }) => nom);
  if (names.length === 0) return "";
  const said = names.length > 1 ? `Ses offres confirmées sont${NBSP}: ${names.join(", ")}` : `Son offre confirmée est${NBSP}: ${names[0]}`;
  return need ? `${said}. Cela ne confirme rien pour ce besoin.` : `${said}. Le reste de sa fiche est à confirmer.`;
}

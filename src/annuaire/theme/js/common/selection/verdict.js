// What « Quel mode d’achat? » answered, kept for the purchase file when the buyer asks for it: the words that the page showed, its sources
// among them, and nothing else.
import { element } from "../element.js";
import { NBSP, quote } from "../french.js";
import { button } from "../pieces.js";
import { today } from "../today.js";
import { readDraft, writeDraft } from "./drafts.js";
import { current } from "./store.js";

const PARTS = "h3, h4, summary, p, li, dt, dd";
const HEADS = "h3, h4, summary, dt, .rule__title";
const MOST = 200; // lines

const draft = (id) => `mode:${id}`;

// Offer to keep what a verdict shows, each time it shows one. It is kept with the selection of the moment.
export function offerVerdict(verdict) {
  const said = element("span", "small");
  said.setAttribute("role", "status");
  const keep = button("Verser cette réponse à mon dossier d’achat", "button", () => {
    const { id, nom } = current();
    writeDraft(draft(id), written(verdict));
    said.textContent = `Réponse gardée dans ce navigateur avec la sélection ${quote(nom)}${NBSP}: le document Word la reprendra.`;
  });
  const offer = element("p", "section toolbar no-print", keep, said);
  verdict.after(offer);
  const show = () => {
    said.textContent = "";
    offer.hidden = verdict.hidden;
  };
  new MutationObserver(show).observe(verdict, { attributes: true, attributeFilter: ["hidden"], childList: true });
  show();
}

function written(verdict) {
  const lines = {};
  const parts = [...verdict.querySelectorAll(PARTS)].filter((part) => !part.closest(".no-print") && !part.parentElement.closest(PARTS));
  for (const [rank, part] of parts.slice(0, MOST).entries()) {
    const text = textOf(part);
    if (text) lines[`${part.matches(HEADS) ? "titre" : "texte"}:${String(rank).padStart(3, "0")}`] = text;
  }
  return { jour: today(), adresse: location.href.split("#")[0], reponse: verdict.querySelector("h2")?.textContent ?? "", ...lines };
}

// The words of a part, the address of each of its links after it.
function textOf(part) {
  const copy = part.cloneNode(true);
  for (const badge of copy.querySelectorAll(".badge")) badge.textContent = `(${badge.textContent})`;
  for (const link of copy.querySelectorAll("a[href]")) link.append(` (${link.href})`);
  return copy.textContent.replace(/[^\S\u00a0]+/g, " ").trim();
}

// Give what was kept with a selection, else before there was one: {jour, adresse, reponse, lignes: [{isTitle, text}]}, or null.
export function readVerdict(id) {
  for (const name of [draft(id), draft("")]) {
    const { jour, adresse, reponse, ...rest } = readDraft(name);
    if (!reponse) continue;
    const lines = Object.entries(rest).filter(([key]) => /^(?:titre|texte):\d{3}$/.test(key));
    lines.sort(([one], [other]) => (one.slice(6) < other.slice(6) ? -1 : 1));
    return { jour: jour ?? "", adresse: adresse ?? "", reponse, lignes: lines.map(([key, text]) => ({ isTitle: key.startsWith("titre"), text })) };
  }
  return null;
}

// Which mode of purchase the rules give for a contract, on a day. Pure: rules and question come in, the judgement goes
// out; words belong to the page. `state` says the same as annuaire.catalogue.thresholds (a test compares both).
//
// The order of judgement: the buyer's own by-law; exemptions, for a supplier whose legal form is confirmed; thresholds.
// Where the rules in force do not settle the question, there is no mode: nothing is inferred from what has run out, but
// that a by-law holds below the lowest ceiling ever recorded (`docs/decisions/0052-typed-by-law.md`).
import { etats } from "../../../data/communs.json";

export const [CURRENT, AHEAD, EXPIRED, UNSURE] = etats;
const MODES = ["gre-a-gre", "invitation", "appel-public"];
export const MUNICIPAL = ["municipalite", "mrc"]; // bodies that adopt a by-law on contracts of their own

// What a rule is worth on a day: one of `etats`. Days are "AAAA-MM-JJ"; a rule's may be a year alone.
export function state(rule, day) {
  const { en_vigueur_du: start = "", en_vigueur_au: end = "", verifie_le: checked = "" } = rule;
  if (end && lastDay(end) < day) return EXPIRED;
  if (start && firstDay(start) > day) return AHEAD;
  const begun = Boolean(start) && lastDay(start) <= day;
  const lasts = end ? firstDay(end) >= day : checked >= yearBefore(day);
  const hasAmount = rule.a_partir_de !== undefined || rule.moins_de !== undefined || Boolean(rule.plafond) || rule.genre === "exemption";
  return checked && begun && lasts && hasAmount ? CURRENT : UNSURE;
}

// Judge a question: {organisme, contrat, montant, reglement, plafond, commune, mrc, fournisseur}.
// montant: whole dollars, or null; what is no amount is as good as none. reglement: the amount under which the buyer's by-law
// allows gré à gré, or null; plafond: whether that by-law names the minister's threshold instead of an amount.
// fournisseur: null, or {forme, forme_confirmee}.
// Answer: {mode, par, regle, borne, borne_verifiee, exemptions, seuils, inscrits, invites, etat_fournisseur, plus_severe}
//   mode: one of MODES or null; par: "reglement-saisi", "reglement", "exemption", "seuil" or null; regle: the rule applied;
//   borne: the public-call threshold under which a by-law holds: the one in force, else the lowest ever recorded, else null;
//   borne_verifiee: whether it is in force; exemptions: those in force for this body and contract;
//   seuils: what is known of each mode, latest first; inscrits: the by-laws recorded for this buyer, whatever they are worth;
//   invites: the rule that says how many to invite, or null; etat_fournisseur: what the exemptions make of the supplier: null,
//   "a-confirmer", "sans-exemption", "forme-non-visee", "montant-non-vise" or "vise"; plus_severe: whether the by-law ends gré à gré
//   before the threshold does, so that there is no mode.
export function judge(asked, rules, day) {
  const amount = (value) => (Number.isFinite(value) ? value : null);
  const question = { ...asked, montant: amount(asked.montant), reglement: amount(asked.reglement) };
  const mine = rules.filter((rule) => concerns(rule, question));
  const thresholds = mine.filter(({ genre }) => genre === "seuil");
  const inscribed = mine.filter(({ genre }) => genre === "reglement");
  const inForce = (rule) => state(rule, day) === CURRENT;
  const exemptions = mine.filter((rule) => rule.genre === "exemption" && inForce(rule));
  const answer = {
    mode: null,
    par: null,
    regle: null,
    ...bound(thresholds, inForce),
    exemptions,
    seuils: known(thresholds, day),
    inscrits: inscribed,
    invites: thresholds.filter(({ invites }) => invites).sort(latest(day))[0] ?? null,
    etat_fournisseur: supplierState(question, exemptions),
    plus_severe: false,
  };
  const own = byLaw(question, inscribed.filter(inForce), answer.borne);
  if (own) return { ...answer, ...own };
  const exempt = exemption(question, exemptions);
  if (exempt) return { ...answer, mode: exempt.mode, par: "exemption", regle: exempt };
  const settled = byThreshold(question.montant, thresholds.filter(inForce));
  if (settled?.mode === "gre-a-gre" && isStricter(question, inscribed.filter(inForce))) return { ...answer, plus_severe: true };
  return settled ? { ...answer, mode: settled.mode, par: "seuil", regle: settled.regle } : answer;
}

function concerns(rule, { organisme, contrat, commune, mrc }) {
  if (!rule.organismes.includes(organisme)) return false;
  if (rule.contrats?.length && !rule.contrats.includes(contrat)) return false;
  if (rule.genre !== "reglement") return true;
  return organisme === "mrc" ? Boolean(rule.mrc) && rule.mrc === mrc : Boolean(rule.commune) && rule.commune === commune;
}

// The public-call threshold under which a by-law holds: the one in force, or else the lowest that was ever recorded.
function bound(thresholds, inForce) {
  const calls = thresholds.filter(({ mode, a_partir_de: from }) => mode === "appel-public" && from !== undefined);
  const sure = sole(thresholds.filter((rule) => rule.mode === "appel-public" && inForce(rule)));
  const [lowest] = calls.sort((one, other) => one.a_partir_de - other.a_partir_de);
  return { borne: sure ?? lowest ?? null, borne_verifiee: Boolean(sure) };
}

// A by-law rules below the public-call threshold alone: above it, or where none was ever recorded, it settles nothing. One
// that names that threshold instead of an amount (`plafond`) covers all that is below it, and so never runs out with amounts.
function byLaw({ organisme, montant, reglement, plafond }, records, ceiling) {
  if (!MUNICIPAL.includes(organisme) || montant === null || !ceiling || montant >= ceiling.a_partir_de) return null;
  if (plafond || reglement !== null) {
    return plafond || montant < reglement ? { mode: "gre-a-gre", par: "reglement-saisi" } : null;
  }
  const covering = records.filter((rule) => covers(rule, montant));
  const modes = new Set(covering.map(({ mode }) => mode));
  return modes.size === 1 ? { mode: covering[0].mode, par: "reglement", regle: covering[0] } : null;
}

// A by-law that allows gré à gré only under an amount that this purchase reaches: a threshold above it allows nothing more.
function isStricter({ organisme, montant, reglement, plafond }, records) {
  if (!MUNICIPAL.includes(organisme) || plafond) return false;
  if (reglement !== null) return montant >= reglement;
  return records.some(({ mode, moins_de: under }) => mode === "gre-a-gre" && under !== undefined && montant >= under);
}

const isBounded = (rule) => rule.a_partir_de !== undefined || rule.moins_de !== undefined;
const fits = (rule, montant) => !isBounded(rule) || (montant !== null && covers(rule, montant));

function exemption({ fournisseur, montant }, exemptions) {
  if (!fournisseur?.forme_confirmee) return null;
  return exemptions.find((rule) => rule.formes.includes(fournisseur.forme) && fits(rule, montant)) ?? null;
}

function supplierState(question, exemptions) {
  const { fournisseur } = question;
  if (!fournisseur) return null;
  if (exemptions.length === 0) return "sans-exemption";
  if (!fournisseur.forme_confirmee) return "a-confirmer";
  if (!exemptions.some(({ formes }) => formes.includes(fournisseur.forme))) return "forme-non-visee";
  return exemption(question, exemptions) ? "vise" : "montant-non-vise";
}

// From the strictest mode down: each step needs a rule in force, and one alone.
function byThreshold(montant, rules) {
  if (montant === null) return null;
  const of = (mode) => rules.filter((rule) => rule.mode === mode);
  const [direct, invitation, call] = MODES.map((mode) => sole(of(mode)));
  if (call && montant >= call.a_partir_de) return { mode: "appel-public", regle: call };
  const below = (rule) => rule && rule.moins_de !== undefined && montant < rule.moins_de;
  if (invitation && montant >= invitation.a_partir_de) {
    return call || below(invitation) ? { mode: "invitation", regle: invitation } : null;
  }
  if (invitation) return { mode: "gre-a-gre", regle: invitation };
  return below(direct) && montant >= (direct.a_partir_de ?? 0) ? { mode: "gre-a-gre", regle: direct } : null;
}

// Two rules in force that give different amounts for one mode settle nothing.
function sole(rules) {
  const bounds = new Set(rules.map(({ a_partir_de: from, moins_de: under }) => `${from} ${under}`));
  const rule = bounds.size === 1 ? rules[0] : undefined;
  return rule && (rule.a_partir_de !== undefined || rule.mode === "gre-a-gre") ? rule : undefined;
}

function covers({ a_partir_de: from, moins_de: under }, montant) {
  return (from === undefined || montant >= from) && (under === undefined || montant < under);
}

// For each mode, the last rule whose amount is known, and the later ones whose amount is not.
function known(thresholds, day) {
  return MODES.map((mode) => {
    const own = thresholds.filter((rule) => rule.mode === mode).sort(latest(day));
    const dernier = own.find((rule) => rule.a_partir_de !== undefined || rule.moins_de !== undefined) ?? null;
    return { mode, dernier, sans_montant: dernier ? own.slice(0, own.indexOf(dernier)) : own };
  }).filter(({ dernier, sans_montant: others }) => dernier || others.length > 0);
}

// In force first, then the latest to begin; what begins later than the day comes last.
function latest(day) {
  const rank = (rule) => ({ [CURRENT]: 0, [AHEAD]: 2 })[state(rule, day)] ?? 1;
  const start = (rule) => rule.en_vigueur_du ?? "";
  return (a, b) => rank(a) - rank(b) || (start(a) < start(b) ? 1 : start(a) > start(b) ? -1 : 0);
}

function firstDay(text) {
  return text.length > 4 ? text : `${text}-01-01`;
}

function lastDay(text) {
  return text.length > 4 ? text : `${text}-12-31`;
}

function yearBefore(day) {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

// Read an amount as people write it: « 25 000 $ », « 24999,50 ». Give whole dollars (cents fall: 24 999,99 is under
// 25 000), null when nothing is written, NaN when it is not an amount.
export function dollars(text) {
  const plain = text.replace(/[\s\u00a0\u202f$]/g, "");
  if (!plain) return null;
  return /^\d{1,12}([.,]\d{1,2})?$/.test(plain) ? Math.floor(Number(plain.replace(",", "."))) : NaN;
}

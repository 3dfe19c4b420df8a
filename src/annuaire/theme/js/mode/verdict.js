// Show a judgement in words: a mode with the rule it comes from, or no mode and what was last known. Every amount
// stands with its source, its dates and the day it was checked.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { MUNICIPAL, state } from "./rules.js";
import { inWords } from "../common/today.js";

export function showVerdict(place, answer, question, words, day) {
  const title = element("h2", "");
  title.id = "verdict";
  const lines = [title, element("p", "small quiet", `Jugé au ${inWords(day)}. Une aide, pas un avis juridique.`)];
  if (answer.mode) {
    title.textContent = `Mode d’achat${NBSP}: ${words.modes[answer.mode].toLowerCase()}`;
    lines.push(...reasons(answer, question, words, day));
  } else if (question.montant === null) {
    title.textContent = "Indiquez la dépense prévue";
    lines.push(element("p", "", "Sans montant, aucun mode ne peut être jugé."));
  } else {
    title.textContent = MUNICIPAL.includes(question.organisme) ? "Seuil à vérifier auprès du MAMH" : "Seuil à vérifier";
    lines.push(...unknown(answer, question, words, day));
  }
  if (answer.mode === "invitation" && answer.invites) {
    lines.push(element("p", "", `Au moins ${answer.invites.invites}${NBSP}fournisseurs doivent être invités.`));
    if (answer.invites !== answer.regle) lines.push(card(answer.invites, words, day));
  }
  if (answer.par !== "exemption") lines.push(...exemptions(answer, question, words, day));
  place.replaceChildren(...lines);
  place.className = `section verdict verdict--${answer.mode ? "known" : "unknown"}`;
  place.hidden = false;
}

function reasons(answer, question, words, day) {
  if (answer.par === "reglement-saisi") {
    return [
      element("p", "", `Selon le montant que vous avez indiqué pour votre règlement${NBSP}: gré à gré sous ${money(question.reglement)}.`),
      ...ceiling(answer, words, day),
    ];
  }
  if (answer.par === "reglement") {
    return [element("p", "", "Selon le règlement de gestion contractuelle inscrit ici."), card(answer.regle, words, day), ...ceiling(answer, words, day)];
  }
  if (answer.par === "exemption") {
    const said = `Selon une exemption, pour un fournisseur dont la forme juridique est confirmée (${words.formes[question.fournisseur.forme].toLowerCase()}).`;
    return [element("p", "", said), card(answer.regle, words, day)];
  }
  const below = answer.mode === "gre-a-gre" && answer.regle.mode !== "gre-a-gre";
  return [element("p", "", below ? "La dépense est sous le seuil que voici." : "Selon le seuil en vigueur que voici."), card(answer.regle, words, day)];
}

// A by-law rules only under the public-call threshold: which one.
function ceiling({ plafond }, words, day) {
  return [element("p", "", "Un règlement ne vaut que sous le seuil de l’appel public, que voici."), card(plafond, words, day)];
}

function unknown(answer, question, words, day) {
  const lines = [element("p", "", "Les règles en vigueur aujourd’hui ne suffisent pas à juger cet achat\u00a0: aucun mode n’est affiché.")];
  if (answer.seuils.length === 0) lines.push(element("p", "", "Aucun seuil n’est inscrit ici pour ce genre d’organisme et de contrat."));
  for (const { mode, dernier, sans_montant: others } of answer.seuils) {
    lines.push(element("h3", "", words.modes[mode]));
    if (dernier) lines.push(element("p", "verdict__last", `Dernière valeur connue${NBSP}:`), card(dernier, words, day));
    if (dernier && others.length > 0) lines.push(element("p", "verdict__last", `Révisée depuis${NBSP}:`));
    for (const rule of others) lines.push(card(rule, words, day));
  }
  if (question.reglement !== null) {
    const isCovered = question.montant < question.reglement;
    const why = isCovered ? "ne vaut que sous le seuil de l’appel public, et il faut d’abord connaître celui d’aujourd’hui" : "ne couvre pas cette dépense";
    lines.push(element("p", "verdict__warning", `Votre règlement (gré à gré sous ${money(question.reglement)}) ${why}.`));
  }
  return lines;
}

function exemptions(answer, { fournisseur }, words, day) {
  const lines = [element("h3", "", "Exemptions")];
  if (answer.exemptions.length === 0) {
    return [...lines, element("p", "quiet", "Aucune exemption en vigueur n’est inscrite ici pour ce genre d’organisme et de contrat.")];
  }
  if (answer.forme_a_confirmer) {
    lines.push(element("p", "verdict__warning", `La forme juridique de ${fournisseur.nom} n’est pas confirmée${NBSP}: aucune exemption n’est examinée.`));
  } else {
    lines.push(element("p", "", "Elles permettent un autre mode, seulement avec un fournisseur dont la forme juridique est confirmée."));
  }
  return [...lines, ...answer.exemptions.map((rule) => card(rule, words, day))];
}

// One rule with all that makes it worth something.
export function card(rule, words, day) {
  const [label, kind] = words.etats[state(rule, day)];
  const { montant, periode, verifie, source } = rule.texte;
  const forms = (rule.formes ?? []).map((slug) => words.formes[slug] ?? slug).join(", ");
  const origin = rule.source_url ? link(source, rule.source_url) : source;
  const facts = [
    montant && `${words.modes[rule.mode]}, ${montant}`,
    forms && `Formes juridiques visées${NBSP}: ${forms.toLowerCase()}`,
    `Période${NBSP}: ${periode}`,
    rule.condition,
    rule.reference,
    rule.note,
  ].filter(Boolean);
  return element(
    "article",
    "rule",
    element("p", "rule__title", element("strong", "", rule.titre), " ", element("span", `badge badge--${kind}`, label)),
    ...facts.map((text) => element("p", "", text)),
    element("p", "small quiet", `Source${NBSP}: `, origin, `. ${verifie}.`),
  );
}

export function money(amount) {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, NBSP)}${NBSP}$`;
}

function link(text, href) {
  const node = element("a", "", text);
  node.href = href;
  return node;
}

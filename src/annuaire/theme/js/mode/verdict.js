// Show a judgement in words: the answer first, why, what became of each answer, then, folded, the rules with their source,
// their dates and the day they were checked. Where there is no mode, what was last known.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { inWords } from "../common/today.js";
import { notes } from "./notes.js";
import { MUNICIPAL, state } from "./rules.js";
import { money } from "./words.js";

const UNVERIFIED = "Plafond légal et nouvelle loi non vérifiés ici.";

export function showVerdict(place, answer, question, words, day) {
  const title = element("h2", "", titleOf(answer, question, words));
  title.id = "verdict";
  const lines = [title, element("p", "verdict__asked", asked(question, words))];
  if (answer.mode) lines.push(...reasons(answer, question, words));
  else if (answer.plus_severe) lines.push(element("p", "", "La dépense est sous le seuil de l’invitation, mais votre règlement ne permet pas le gré à gré à ce montant\u00a0: aucun mode n’est affiché."));
  else lines.push(element("p", "", "Les règles en vigueur aujourd’hui ne suffisent pas à juger cet achat\u00a0: aucun mode n’est affiché."));
  if (answer.mode === "invitation" && answer.invites) lines.push(element("p", "", `Au moins ${answer.invites.invites}${NBSP}fournisseurs doivent être invités.`));
  const said = notes(answer, question, day);
  if (said.length > 0) lines.push(element("h3", "", "Ce que deviennent vos réponses"), element("ul", "verdict__notes", ...said.map((text) => element("li", "", text))));
  lines.push(...sources(answer, question, words, day));
  lines.push(element("p", "small quiet", `Jugé au ${inWords(day)}. Une aide, pas un avis juridique.`));
  place.replaceChildren(...lines);
  place.className = `section verdict verdict--${answer.mode ? "known" : "unknown"}`;
  place.hidden = false;
}

function titleOf({ mode, par, plus_severe: isStricter }, { organisme, plafond }, words) {
  if (isStricter) return "Mode à lire dans votre règlement";
  if (!mode) return MUNICIPAL.includes(organisme) ? "Seuil à vérifier auprès du MAMH" : "Seuil à vérifier";
  const said = words.modes[mode].toLowerCase();
  if (par !== "reglement-saisi") return `Mode d’achat${NBSP}: ${said}`;
  return `${plafond ? "Selon le règlement que vous avez indiqué" : "Selon le montant que vous avez saisi"}${NBSP}: ${said}`;
}

// The question in a line, as it was understood.
function asked({ organisme, lieu, contrat, montant, fournisseur }, words) {
  return [words.organismes[organisme], lieu, words.contrats[contrat].toLowerCase(), money(montant), fournisseur?.nom].filter(Boolean).join(", ");
}

function reasons(answer, question, words) {
  const { par, regle } = answer;
  if (par === "exemption") {
    return [element("p", "", `Selon une exemption, pour un fournisseur dont la forme juridique est confirmée (${words.formes[question.fournisseur.forme].toLowerCase()}).`)];
  }
  if (par === "seuil") {
    const below = answer.mode === "gre-a-gre" && regle.mode !== "gre-a-gre";
    return [element("p", "", below ? `La dépense est sous le seuil de l’invitation, ${regle.texte.montant}.` : `Selon le seuil en vigueur${NBSP}: ${regle.texte.montant}.`)];
  }
  const own = question.plafond ? "Votre règlement permet le gré à gré sous le seuil décrété par le ministre." : `Votre règlement permet le gré à gré sous ${money(question.reglement)}.`;
  const first = par === "reglement" ? `Selon le règlement de gestion contractuelle inscrit ici${NBSP}: ${regle.texte.montant}.` : own;
  return [element("p", "", first), ...ceiling(answer)];
}

// A by-law rules only under the public-call threshold: which one, and whether anybody knows that it holds today.
function ceiling({ borne, borne_verifiee: isSure }) {
  if (isSure) return [element("p", "", `Un règlement ne vaut que sous le seuil de l’appel public, ${money(borne.a_partir_de)} aujourd’hui.`)];
  return [
    element("p", "", `La dépense est sous le plus bas seuil d’appel public jamais inscrit ici, ${money(borne.a_partir_de)}.`),
    element("p", "verdict__warning", UNVERIFIED),
  ];
}

// The rules behind the answer, folded: title of the fold, then by kind.
function sources(answer, question, words, day) {
  const shown = new Set();
  const cards = (rules) => rules.filter((rule) => rule && !shown.has(rule.slug) && shown.add(rule.slug)).map((rule) => card(rule, words, day));
  const parts = [];
  const add = (title, ...nodes) => nodes.length > 0 && parts.push(element("h3", "", title), ...nodes);
  if (answer.mode) {
    const isByLaw = answer.par === "reglement" || answer.par === "reglement-saisi";
    add("La règle", ...cards([answer.regle, isByLaw && answer.borne, answer.mode === "invitation" && answer.invites]));
    if (isByLaw && !answer.borne_verifiee) add("Seuils de l’appel public", ...cards(answer.seuils.filter(({ mode }) => mode === "appel-public").flatMap(({ dernier, sans_montant: others }) => [dernier, ...others])));
  } else {
    if (answer.seuils.length === 0) add("Seuils", element("p", "", "Aucun seuil n’est inscrit ici pour ce genre d’organisme et de contrat."));
    for (const { mode, dernier, sans_montant: others } of answer.seuils) {
      const lines = dernier ? [element("p", "verdict__last", `Dernière valeur connue${NBSP}:`), ...cards([dernier])] : [];
      if (dernier && others.length > 0) lines.push(element("p", "verdict__last", `Révisée depuis${NBSP}:`));
      add(words.modes[mode], ...lines, ...cards(others));
    }
  }
  add("Règlement inscrit ici", ...cards(answer.inscrits));
  if (answer.par !== "exemption") add("Exemptions", ...exemptions(answer, cards));
  const summary = answer.mode ? "La règle, sa source et ses dates" : "Dernières valeurs connues, leurs sources et leurs dates";
  return [element("details", "verdict__sources", element("summary", "", summary), ...parts)];
}

function exemptions({ exemptions: found }, cards) {
  if (found.length === 0) return [element("p", "quiet", "Aucune exemption en vigueur n’est inscrite ici pour ce genre d’organisme et de contrat.")];
  return [element("p", "", "Elles permettent un autre mode, seulement avec un fournisseur dont la forme juridique est confirmée."), ...cards(found)];
}

// One rule with all that makes it worth something.
function card(rule, words, day) {
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

function link(text, href) {
  const node = element("a", "", text);
  node.href = href;
  return node;
}

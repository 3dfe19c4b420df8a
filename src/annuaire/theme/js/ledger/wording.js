// Figures and words of a ledger, the same on the screen, on paper and in the workbook. Pure.
import { NBSP, plural } from "../common/french.js";
import { inWords } from "../common/today.js";

const AMOUNT = new Intl.NumberFormat("fr-CA", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SHARE = new Intl.NumberFormat("fr-CA", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const STATES = [
  ["confirmed", "Entreprises collectives confirmées"],
  ["pending", "À confirmer"],
  ["outside", "Ailleurs, ou non reconnues"],
];
// Why a row of the file is no purchase.
export const APART = {
  titre: "Titres, et ce qui les précède",
  vide: "Lignes vides",
  total: "Totaux et sous-totaux",
  "sans-fournisseur": "Sans fournisseur ni NEQ",
  "sans-montant": "Sans montant",
  illisible: "Montant illisible",
};
export const BY = { neq: "NEQ", personne: "Confirmé par vous" };

export function dollars(cents) {
  return `${AMOUNT.format(cents / 100)}${NBSP}$`;
}

export function percent(share) {
  return share === null ? "" : `${SHARE.format(100 * share)}${NBSP}%`;
}

export function shareSentence({ share, confirmed, total, days }) {
  const when = days.length === 0 ? "" : days[0] === days[1] ? `, le ${inWords(days[0])}` : `, du ${inWords(days[0])} au ${inWords(days[1])}`;
  if (share === null) return `La part ne peut pas être dite${NBSP}: les crédits pèsent trop dans ce carnet${when}.`;
  return `${percent(share)} des achats lus viennent d’entreprises collectives${NBSP}: ${dollars(confirmed.cents)} sur ${dollars(total.cents)}${when}.`;
}

export function pendingSentence({ pending }) {
  if (pending.suppliers === 0) return "";
  const isOne = pending.suppliers === 1;
  return `${plural(pending.suppliers, "fournisseur")} (${dollars(pending.cents)}) ${isOne ? "porte un nom" : "portent un nom"} qui ressemble à celui d’une entreprise du répertoire${NBSP}: ${isOne ? "il n’est pas compté" : "ils ne sont pas comptés"} tant que personne ne confirme.`;
}

// What was read of the objects of lines bought elsewhere.
export function elseSentence({ hasObjects, offered, unoffered, unread }) {
  if (!hasObjects) return `Ce carnet n’a pas de colonne d’objet${NBSP}: rien ne dit ce qui a été acheté ailleurs.`;
  const parts = [
    `${dollars(offered.cents)} d’achats faits ailleurs ont un objet que des entreprises du répertoire offrent`,
    `${dollars(unoffered.cents)}, un objet que personne n’y offre`,
  ];
  if (unread.lines > 0) parts.push(`l’objet de ${plural(unread.lines, "ligne")} (${dollars(unread.cents)}) est absent ou n’a pas été lu`);
  return `${parts.join("; ")}. C’est d’après les mots de l’objet${NBSP}: à vérifier avant d’agir.`;
}

export function likeness({ score, isOther, neq }) {
  const said = score === 1 ? "nom identique" : `ressemblance de ${Math.round(100 * score)}${NBSP}%`;
  return isOther ? `${said}, mais son NEQ est ${neq}` : said;
}

// Where an enterprise is and what it is, in a line.
export function placed({ town, form, since }) {
  return [town, form, since].filter(Boolean).join(", ");
}

const VERDICTS = {
  inscrite: ["ok", "Oui, d’après le répertoire", "Ce NEQ est celui d’une entreprise inscrite."],
  nom: ["wait", "Probablement", `Une entreprise inscrite porte ce nom${NBSP}: comparez le NEQ pour en être sûr.`],
  semblable: ["wait", "À confirmer", "Un nom semblable est inscrit."],
  personne: ["closed", "Personne seule", `Un NEQ qui commence par 22 est celui d’une personne qui exploite seule son entreprise${NBSP}: ce n’est pas une personne morale.`],
  absente: ["plain", "Absente du répertoire", `Cela ne veut pas dire qu’elle n’est pas collective${NBSP}: le Registraire des entreprises du Québec dit sa forme juridique.`],
};

// The verdict on one line: {kind of badge, title, text}.
export function verdictText({ kind, neq, firms }) {
  const [badge, title, text] = VERDICTS[kind];
  const isOther = firms.length > 0 && kind !== "inscrite" && neq !== "" && firms[0].neq !== "" && firms[0].neq !== neq;
  if (isOther) return { badge: "plain", title: "Nom semblable, autre NEQ", text: `Ce NEQ est absent du répertoire, ce qui ne veut pas dire que l’entreprise n’est pas collective. Un nom semblable y porte un autre NEQ.` };
  return { badge, title, text };
}

export function verdictsSentence(found) {
  const number = (...kinds) => found.filter(({ kind }) => kinds.includes(kind)).length;
  const parts = [
    [number("inscrite"), "inscrite"],
    [number("nom", "semblable"), "à confirmer", "à confirmer"],
    [number("absente", "personne"), "absente"],
  ];
  return parts.filter(([count]) => count > 0).map(([count, ...words]) => plural(count, ...words)).join(", ");
}

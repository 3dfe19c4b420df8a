// What became of each answer that does not decide: none is left aside without a word. Pure but for the words of the page.
import { NBSP, quote } from "../common/french.js";
import { CURRENT, MUNICIPAL, state } from "./rules.js";
import { money } from "./words.js";

// `question` is what `judge` was asked, with {lieu, categorie, donnees (false when the catalogue could not be read)}.
export function notes(answer, question, day) {
  return [...ofTheByLaw(answer, question), ...ofThePlace(answer, question, day), ...ofTheSupplier(answer, question), ...ofTheData(question)];
}

function ofTheByLaw({ par, borne, borne_verifiee: isSure, inscrits }, { organisme, montant, reglement, plafond }) {
  if (reglement === null && !plafond) return [];
  const own = plafond ? "Votre règlement (gré à gré sous le seuil du ministre)" : `Votre règlement (gré à gré sous ${money(reglement)})`;
  if (!MUNICIPAL.includes(organisme)) return [`${own} n’a pas servi${NBSP}: ici, seules une municipalité et une MRC en ont un.`];
  const replaced = inscrits.length > 0 ? [`Le règlement inscrit ici (${inscrits[0].titre}) n’a pas servi${NBSP}: le vôtre passe avant.`] : [];
  if (par === "reglement-saisi") return replaced;
  if (!plafond && montant >= reglement) return [`${own} ne couvre pas cette dépense${NBSP}: lisez le mode qu’il prévoit à partir de ce montant.`, ...replaced];
  if (!borne) return [`${own} n’a pas servi${NBSP}: aucun seuil de l’appel public n’est inscrit ici, et un règlement ne vaut que sous ce seuil.`, ...replaced];
  const limit = isSure
    ? `un règlement ne vaut que sous le seuil de l’appel public (${money(borne.a_partir_de)})`
    : `la dépense n’est pas sous le plus bas seuil d’appel public inscrit ici (${money(borne.a_partir_de)}), et il faut d’abord connaître celui d’aujourd’hui`;
  return [`${own} n’a pas servi${NBSP}: ${limit}.`, ...replaced];
}

function ofThePlace({ par, inscrits }, { organisme, lieu, commune, categorie, reglement, plafond }, day) {
  const search = categorie && !lieu ? ["Indiquez aussi la municipalité pour voir les fournisseurs proches."] : [];
  if (!lieu) return search;
  if (!MUNICIPAL.includes(organisme)) {
    return categorie ? [] : [`Le lieu (${lieu}) n’a pas servi${NBSP}: avec une catégorie d’achat, il montre les fournisseurs proches.`];
  }
  if (par === "reglement") return [];
  if (reglement !== null || plafond) {
    return categorie || inscrits.length > 0 ? [] : [`Le lieu (${lieu}) n’a pas servi${NBSP}: votre règlement suffit, et avec une catégorie d’achat, il montrerait les fournisseurs proches.`];
  }
  if (organisme === "municipalite" && !commune) return [`${lieu} est une MRC${NBSP}: écrivez la municipalité pour que son règlement soit cherché.`];
  if (inscrits.length === 0) return [`Aucun règlement de gestion contractuelle n’est inscrit ici pour ${lieu}${NBSP}: vous pouvez indiquer le vôtre.`];
  const isInForce = inscrits.some((rule) => state(rule, day) === CURRENT);
  return [`Le règlement inscrit ici pour ${lieu} n’a pas servi${NBSP}: ${isInForce ? "il ne couvre pas cette dépense, ou le seuil de l’appel public n’est pas connu" : "il n’est pas en vigueur, ou personne ne l’a vérifié"}.`];
}

function ofTheSupplier({ etat_fournisseur: found, par }, { fournisseur, donnees }) {
  if (!fournisseur || donnees === false) return [];
  const { nom, connus, forme_en_mots: form } = fournisseur;
  if (connus === 0) return [`${quote(nom)} n’est pas le nom d’une entreprise active du répertoire${NBSP}: aucune exemption n’est examinée.`];
  if (connus > 1) return [`Plusieurs entreprises actives du répertoire s’appellent ${quote(nom)}${NBSP}: aucune exemption n’est examinée.`];
  const said = {
    "sans-exemption": `${nom}${NBSP}: ce choix ne change rien, aucune exemption en vigueur n’est inscrite ici pour ce genre d’organisme et de contrat.`,
    "a-confirmer": `${nom}${NBSP}: sa forme juridique n’est pas confirmée, aucune exemption n’est examinée.`,
    "forme-non-visee": `${nom}${NBSP}: aucune exemption inscrite ici ne vise sa forme juridique (${form}), ce choix ne change pas le mode.`,
    "montant-non-vise": `${nom}${NBSP}: une exemption vise sa forme juridique (${form}), mais pas cette dépense.`,
    vise: par === "exemption" ? "" : `${nom}${NBSP}: une exemption vise aussi sa forme juridique (${form}), mais le règlement passe avant.`,
  }[found];
  return said ? [said] : [];
}

function ofTheData({ donnees }) {
  return donnees === false ? ["Les données du catalogue n’ont pas pu être lues\u00a0: ni le fournisseur ni les fournisseurs proches n’ont été examinés."] : [];
}

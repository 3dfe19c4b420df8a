// The two drafts that end a purchase file: a resolution of council, and a letter of invitation. Only what the file holds is written;
// who proposes, who supports, amounts and dates are blanks.
import { NBSP, plural, quote } from "../common/french.js";
import { inWords } from "../common/today.js";
import { blank, chapter, list, note, or, p, strong } from "./blocks.js";

export function acts(facts) {
  return [...resolution(facts), ...invitation(facts)];
}

function resolution({ asked, catalogue, need, organisation, site, verdict, draw }) {
  const object = () => or(need, "objet de l’achat");
  const found = asked.reduce((sum, { answer }) => sum + answer.headline.sure + answer.headline.others, 0);
  const sure = asked.reduce((sum, { answer }) => sum + answer.headline.sure, 0);
  const searched =
    asked.length === 1
      ? `ATTENDU QU’une recherche dans le répertoire ${site.host}, données du ${inWords(catalogue.day)}, a trouvé ${plural(found, "entreprise qui y répond", "entreprises qui y répondent")}, dont ${plural(sure, "confirmée")};`
      : `ATTENDU QUE des fournisseurs ont été cherchés dans le répertoire ${site.host}, données du ${inWords(catalogue.day)};`;
  return [
    chapter("9. Projet de résolution", true),
    p("Résolution no\u00a0", blank("numéro"), ", séance du ", blank("date de la séance")),
    p("ATTENDU QUE ", or(organisation, "nom de l’organisme"), " a besoin de ce qui suit\u00a0: ", object(), ";"),
    p(searched),
    p("ATTENDU QUE le mode d’achat est ", verdict ? `jugé ainsi le ${inWords(verdict.jour)}${NBSP}: ${quote(verdict.reponse)}, selon ` : blank("mode d’achat"), verdict ? "" : ", selon ", blank("article de la loi ou du règlement de gestion contractuelle"), ";"),
    p("ATTENDU QUE la rotation des fournisseurs est respectée\u00a0: ", draw ? `tirage no${NBSP}${draw.numero}, référence ${quote(draw.besoin)}` : blank("comment"), ";"),
    p("ATTENDU QUE les vérifications du chapitre 8 ont été faites le ", blank("date"), ";"),
    p(strong("EN CONSÉQUENCE, IL EST PROPOSÉ PAR "), blank("membre du conseil qui propose"), strong(", APPUYÉ PAR "), blank("membre du conseil qui appuie"), strong(", ET RÉSOLU\u00a0:")),
    list(
      ["QUE le contrat soit accordé à ", blank("fournisseur"), " pour ce qui suit\u00a0: ", object(), ", au montant de ", blank("montant et taxes"), ", selon sa proposition du ", blank("date"), ";"],
      ["QUE la dépense soit imputée au poste budgétaire ", blank("poste"), ";"],
      ["QUE ", blank("fonction de qui signe"), " reçoive l’autorisation de signer les documents nécessaires."],
    ),
    p("Adoption\u00a0: ", blank("à l’unanimité ou à la majorité, date")),
  ];
}

function invitation({ contact, need, organisation, reference }) {
  return [
    chapter("10. Lettre d’invitation (projet)", true),
    note("Une lettre par fournisseur, sans nommer les autres\u00a0: leurs noms restent secrets jusqu’à l’ouverture des offres. Une invitation écrite laisse au moins huit jours pour répondre (Loi sur les cités et villes, art. 573.1)\u00a0: vérifiez ce que votre loi exige."),
    p(blank("lieu et date")),
    p(blank("nom et adresse du fournisseur")),
    p(strong("Objet\u00a0: "), "Invitation à présenter une offre\u00a0: ", or(need, "objet de l’achat"), ...(reference ? [` (référence ${reference})`] : [])),
    p("Bonjour,"),
    p(or(organisation, "nom de l’organisme"), " vous invite à présenter une offre pour le besoin suivant\u00a0: ", or(contact.besoin?.trim() || need, "description du besoin"), "."),
    list(
      ["Quantité, lieu et calendrier\u00a0: ", blank("quantité, lieu, dates")],
      ["Exigences et documents à joindre\u00a0: ", blank("licence, attestation, assurance, références")],
      ["Ce qui décidera\u00a0: ", blank("prix seul, ou prix et qualité, avec les points de chaque critère")],
      ["Offre à recevoir au plus tard le\u00a0: ", blank("date et heure, au moins huit jours après l’envoi")],
      ["Où et comment la remettre\u00a0: ", blank("adresse, enveloppe ou courriel")],
      ["Ouverture des offres\u00a0: ", blank("date, heure et lieu")],
      ["Questions\u00a0: ", blank("fonction, téléphone et courriel de l’organisme")],
    ),
    p(or(organisation, "nom de l’organisme"), " ne s’engage à accepter aucune des offres reçues."),
    p(blank("fonction et signature")),
  ];
}

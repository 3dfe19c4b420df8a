// The chapters of a Word document of purchase, from what `dossier.js` gathers. It says what the catalogue and the buyer say; what neither
// says is a blank to fill, never a guess.
import { sentence } from "../common/catalogue/sentence.js";
import { NBSP, figure, plural, quote } from "../common/french.js";
import { caveats } from "../common/results/caveats.js";
import { LEVELS, counted, levelText } from "../common/results/wording.js";
import { filtersOf, searchLink, warnings } from "../common/selection/about.js";
import { linesOf } from "../common/selection/columns.js";
import { inWords, momentInWords, today } from "../common/today.js";
import { acts } from "./acts.js";
import { blank, chapter, link, list, note, or, p, section, strong, table, title } from "./blocks.js";
import { KEPT, LEFT } from "./record.js";
import { verifications } from "../../../data/communs.json";

const MOST_FOUND = 120; // enterprises told of one search: its record names them all
const SIDE_BY_SIDE = 3; // enterprises in one table
const DECISIONS = { [KEPT]: "Retenue", [LEFT]: "Écartée" };

export function chapters(facts) {
  const { catalogue, site, need } = facts;
  return [
    title(need ? `Dossier d’achat${NBSP}: ${need}` : "Dossier d’achat"),
    note(`Brouillon préparé le ${inWords(today())} avec le répertoire `, link(site.href), `, données du ${inWords(catalogue.day)}. Complétez ce qui est surligné, et vérifiez chaque fait à sa source.`),
    ...decision(facts),
    ...needs(facts),
    ...search(facts),
    ...found(facts),
    ...comparison(facts),
    ...mode(facts),
    ...rotation(facts),
    ...checks(facts),
    chapter("Mises en garde"),
    list(...warnings(catalogue), "Ce document est une aide à la rédaction, non un avis juridique."),
    ...acts(facts),
  ];
}

function decision({ asked, enterprises, need, organisation, reference, verdict, draw }) {
  const numbers = asked.map(({ answer }) => counted(answer)).join("; ");
  return [
    chapter("1. Décision sommaire"),
    table(
      ["Élément", "Contenu"],
      [
        ["Organisme", or(organisation, "nom de l’organisme")],
        ["Objet de l’achat", or(need, "objet de l’achat")],
        ["Référence", or(reference, "numéro ou référence")],
        ["Dépense prévue", blank("montant, taxes comprises ou non, et poste budgétaire")],
        ["Mode d’achat", verdict ? `${answerOf(verdict)} (réponse du ${inWords(verdict.jour)}, au chapitre 6)` : blank("gré à gré, invitation ou appel public, et selon quelle règle")],
        ["Fournisseurs trouvés", numbers || blank("nombre de fournisseurs trouvés")],
        ["Fournisseurs retenus", [...enterprises.map(({ nom }) => [nom])]],
        ["Rotation", draw ? `Tirage no${NBSP}${draw.numero}, au chapitre 7` : blank("comment le tour de chacun est respecté")],
        ["Recommandation", blank("fournisseur recommandé, et pourquoi")],
      ],
      [1, 3],
    ),
  ];
}

// The answer without the title that the table gives it.
function answerOf({ reponse }) {
  const text = reponse.replace(/^Mode d’achat\s*:\s*/u, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function needs({ contact, need, kept, enterprises }) {
  const served = [...new Set(enterprises.map(({ index }) => kept.needOf(index)).filter(Boolean))];
  return [
    chapter("2. Besoin"),
    p(or(contact.besoin?.trim() || need, "quoi, combien, où et quand")),
    list(
      ["Quantité et durée\u00a0: ", blank("quantité, durée, renouvellement")],
      ["Lieu\u00a0: ", blank("lieu de livraison ou d’exécution")],
      ["Date souhaitée\u00a0: ", or(contact.date ? inWords(contact.date) : "", "date ou période")],
      ...(served.length > 0 ? [[`Mots cherchés dans le répertoire${NBSP}: ${served.map(quote).join(", ")}`]] : []),
    ),
  ];
}

function search({ asked, catalogue, site }) {
  const { version, day, json } = catalogue;
  const revision = version.commit ? `, révision ${version.commit}` : "";
  const lines = asked.flatMap(({ search: one, answer }) => {
    const filters = filtersOf(catalogue, one);
    const remarks = caveats(catalogue, answer, one);
    return [
      p(strong(`${sentence(catalogue, one)}.`)),
      list(
        [`Filtres${NBSP}: ${filters.join("; ") || "aucun"}`],
        [`Réponses${NBSP}: ${counted(answer)}`],
        ["Refaire la recherche\u00a0: ", link(searchLink(one, site))],
        ...remarks.map((text) => [`Mise en garde${NBSP}: ${text}`]),
      ),
    ];
  });
  return [
    chapter("3. Recherche"),
    ...(lines.length > 0 ? lines : [p(blank("comment les fournisseurs ont été cherchés, et quand")), note("Les entreprises de cette sélection ont été retenues depuis leur fiche, sans recherche gardée.")]),
    list(
      [`Données du ${inWords(day)}${NBSP}: ${plural(version.fiches, "fiche")}${revision}`],
      ["Site\u00a0: ", link(site.href)],
      [`Publié par${NBSP}: ${json.pole || "non indiqué"}`],
      [`Recherche refaite pour ce document le ${inWords(today())}. Joignez le relevé scellé de la recherche (fichier .json), qui se vérifie plus tard.`],
    ),
  ];
}

function found({ asked, catalogue, kept, list: own, enterprises, site }) {
  const slugs = new Set(own.fiches.map(({ slug }) => slug));
  const told = new Set();
  const parts = asked.flatMap(({ search: one, answer, draft }) => {
    const rows = answer.found.slice(0, MOST_FOUND).map((index) => {
      const { slug, nom, municipalite } = catalogue.enterprise(index);
      told.add(index);
      const decided = DECISIONS[draft[`decision:${slug}`]] ?? DECISIONS[slugs.has(slug) ? KEPT : LEFT];
      return [nom, municipalite?.nom ?? "", levelText(answer.levelOf(index), answer.isSure(index)), decided, or(draft[`raison:${slug}`]?.trim(), "raison")];
    });
    const rest = answer.found.length - rows.length;
    return [
      section(sentence(catalogue, one)),
      ...(rows.length > 0 ? [table(["Entreprise", "Municipalité", "Répond par", "Décision", "Raison"], rows, [3, 2, 2.2, 1.2, 2.6])] : [p("Aucune entreprise trouvée.")]),
      ...(rest > 0 ? [p(`${plural(rest, "autre entreprise est nommée", "autres entreprises sont nommées")} dans le relevé de cette recherche.`)] : []),
    ];
  });
  const outside = enterprises.filter(({ index }) => !told.has(index));
  const rows = outside.map(({ index, nom, municipalite }) => [nom, municipalite?.nom ?? "", kept.needOf(index) ? LEVELS[kept.levelOf(index)] || "Rien aujourd’hui" : "Retenue depuis sa fiche", or(reasonOf(asked, catalogue.enterprise(index).slug), "raison")]);
  return [
    chapter("4. Fournisseurs trouvés et retenus"),
    ...parts,
    ...(rows.length > 0 ? [section(asked.length > 0 ? "Retenus hors de ces recherches" : "Retenus"), table(["Entreprise", "Municipalité", "Répond par", "Raison"], rows, [3, 2, 2.4, 3])] : []),
    note(`Les entreprises «${NBSP}à confirmer${NBSP}» n’entrent dans aucune invitation ni aucun tirage avant d’avoir été jointes. Fiches${NBSP}: `, link(new URL("entreprises/", site).href), "."),
  ];
}

function reasonOf(asked, slug) {
  return asked.map(({ draft }) => draft[`raison:${slug}`]?.trim()).find(Boolean) ?? "";
}

function comparison({ catalogue, enterprises, kept, columns }) {
  const shown = columns.filter(({ key }) => key !== "nom");
  const tables = [];
  for (let first = 0; first < enterprises.length; first += SIDE_BY_SIDE) {
    const some = enterprises.slice(first, first + SIDE_BY_SIDE);
    const rows = shown.map((column) => [column.label, ...some.map((enterprise) => linesOf(catalogue, enterprise, column, kept).map((text) => [content(text, column.key)]))]);
    if (enterprises.length > SIDE_BY_SIDE) tables.push(section(`Fournisseurs ${first + 1} à ${first + some.length} de ${enterprises.length}`));
    tables.push(table(["Renseignement", ...some.map(({ nom }) => nom)], rows, [1.8, ...some.map(() => 2.4)]));
  }
  return [chapter("5. Comparaison"), p("Ce que disent les fiches, sans soumission. Un tiret veut dire que rien n’est indiqué."), ...tables];
}

function content(text, key) {
  if (key === "courriel") return link(text, `mailto:${text}`);
  return key === "site_web" ? link(text) : text;
}

function mode({ verdict }) {
  const head = chapter("6. Mode d’achat et sa source");
  if (!verdict) {
    return [
      head,
      p("Mode d’achat\u00a0: ", blank("gré à gré, invitation ou appel public")),
      p("Règle et source\u00a0: ", blank("article de la loi ou du règlement de gestion contractuelle, montant, date de vérification")),
      note(`Aucune réponse de la page «${NBSP}Quel mode d’achat?${NBSP}» n’a été gardée avec cette sélection.`),
    ];
  }
  return [
    head,
    p(strong(verdict.reponse)),
    p(`Réponse de la page «${NBSP}Quel mode d’achat?${NBSP}» du ${inWords(verdict.jour)}, telle qu’elle l’a montrée${NBSP}: `, link(verdict.adresse)),
    ...verdict.lignes.map(({ isTitle, text }) => (isTitle ? p(strong(text)) : p(text))),
    p("Vérifié à la source par\u00a0: ", blank("fonction, date")),
  ];
}

function rotation({ draw }) {
  const head = chapter("7. Rotation des fournisseurs");
  if (!draw) {
    return [
      head,
      p("Comment le tour de chacun est respecté\u00a0: ", blank("invitations passées, ordre suivi, raison")),
      note("Aucun tirage de ce navigateur ne nomme une entreprise de cette sélection."),
    ];
  }
  const { besoin, achat, numero, jeu, motif, date, ordre, hors, isSame } = draw;
  const left = hors.map(({ nom, raison }) => (raison ? `${nom} (${raison})` : nom));
  return [
    head,
    p([`Tirage no${NBSP}${numero}`, date && `fait le ${momentInWords(date)}`, `référence ${quote(besoin)}`, achat && `pour ${quote(achat)}`].filter(Boolean).join(", "), "."),
    ...(motif ? [p(`Refait parce que${NBSP}: ${motif}`)] : []),
    p("Le moins récemment invité passe en premier; à égalité, un tirage que chacun peut refaire décide."),
    table(
      ["Fournisseur", "Rang", "Dernière invitation", "Ce qui décide"],
      ordre.map(({ rang, nom, derniere, egalite }) => [nom, figure(rang), derniere ? inWords(derniere) : "Jamais", egalite ? "Tirage" : "Dernière invitation"]),
      [4, 1, 2.4, 2.4],
    ),
    ...(left.length > 0 ? [p(`Hors tirage${NBSP}: ${left.join("; ")}.`)] : []),
    p(isSame ? "Calcul refait pour ce document\u00a0: mêmes empreintes, même ordre." : strong("Calcul refait pour ce document\u00a0: le résultat n’est pas celui inscrit. Ce tirage a été modifié ou abîmé.")),
    p(`Données du tirage (SHA-256)${NBSP}: ${jeu}`),
    p("Si l’ordre n’est pas suivi, raison\u00a0: ", blank(`raison, ou «${NBSP}ordre suivi${NBSP}»`)),
  ];
}

function checks({ enterprises }) {
  return [
    chapter("8. Vérifications avant d’attribuer"),
    list(...verifications.map(({ nom, adresse, dit }) => [link(nom, adresse), `${NBSP}: ${dit}`])),
    table(
      ["Entreprise", "NEQ", ...verifications.map(({ nom }) => nom)],
      enterprises.map(({ nom, neq }) => [nom, or(neq, "NEQ"), ...verifications.map(() => blank("date, résultat"))]),
      [2.2, 1.5, ...verifications.map(() => 1.5)],
    ),
  ];
}

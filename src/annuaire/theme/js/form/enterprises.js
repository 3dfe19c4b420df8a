// The form of an enterprise: its parts in the order in which an enterprise thinks of itself, its words, its help. Those that
// few fill stand together behind « Compléter ma fiche » (`isMore`). What is not an enterprise's to say, or that next to none
// has (premises to share), is `isStaff` or `staff`: shown to who asks for all the fields. The sources of values (`provenances`) stay as they are in the record.
import { NBSP } from "../common/french.js";

export const PLAN = {
  isEnterprise: true,
  isShort: false,
  intro: `Quatre réponses suffisent pour commencer${NBSP}: le nom, la forme juridique, le secteur et la municipalité.`,
  values: { statut: "active" },
  opened: ["entreprise", "lieux", "offre"], // in a new record
  staff: ["adhesion", "fusionnee_avec"],
  sections: [
    {
      id: "entreprise",
      title: "L’entreprise",
      fields: ["nom", "forme_juridique", "secteur", "statut", "date_fermeture", "fusionnee_avec", "neq", "adhesion"],
    },
    { id: "lieux", title: "Adresse, téléphone et courriel", table: "etablissements", isTableFirst: true, fields: ["adresse_confidentielle"] },
    { id: "offre", title: "Produits et services", table: "offres" },
    { id: "presentation", title: "Activité, mission et description", fields: ["activite", "mission", "description"] },
    { id: "territoires", title: "Territoires desservis", fields: ["territoires_desservis"] },
    {
      id: "joindre",
      title: "Site web et achats",
      fields: ["site_web", "contact_achats_fonction", "contact_achats_telephone", "contact_achats_courriel"],
    },
    { id: "histoire", title: "Fondation et autres secteurs", isMore: true, fields: ["annee_fondation", "secteurs_secondaires"] },
    { id: "reseaux", title: "Réseaux sociaux", isMore: true, fields: ["reseaux_facebook", "reseaux_instagram", "reseaux_linkedin", "reseaux_youtube", "reseaux_tiktok"] },
    { id: "retombees", title: "Retombées", isMore: true, fields: ["retombees_sociales", "retombees_economiques", "retombees_environnementales"], table: "indicateurs" },
    { id: "preuves", title: "Certifications et conformité", isMore: true, fields: ["certifications"], table: "conformite" },
    {
      id: "images",
      title: "Logo et photographies",
      isMore: true,
      table: "images",
      note: `Personne n’y est reconnaissable sans l’avoir permis par écrit (Loi 25). Vous joindrez les fichiers au message.`,
    },
    { id: "toit", title: "Locaux partagés", isStaff: true, table: "locaux" },
    { id: "heberges", title: "Sous le même toit", isStaff: true, table: "heberges" },
    { id: "initiative", title: "L’économie sociale, j’achète!", isStaff: true, fields: ["jachete_depuis", "jachete_cohorte"] },
    {
      id: "verification",
      title: "Vérification",
      isStaff: true,
      note: "Qui s’est porté garant de la fiche, et quand.",
      fields: ["verification_statut", "verification_date", "verification_par", "verification_source"],
    },
  ],
  words: {
    offres: { add: "Ajouter un produit ou un service", none: "Nouveau produit ou service", one: "produit ou service", many: "produits et services", titles: ["nom"] },
    etablissements: { add: "Ajouter un lieu", none: "Nouveau lieu", one: "lieu", many: "lieux", titles: ["nom", "municipalite"] },
    indicateurs: { add: "Ajouter un indicateur", none: "Nouvel indicateur", one: "indicateur", many: "indicateurs", titles: ["libelle"] },
    provenances: { add: "Ajouter une source", none: "Nouvelle source", one: "source", many: "sources", titles: ["source"] },
    locaux: { add: "Ajouter un local", none: "Nouveau local", one: "local", many: "locaux", titles: ["nom"] },
    heberges: { add: "Ajouter une entreprise", none: "Nouvelle entreprise hébergée", one: "entreprise hébergée", many: "entreprises hébergées", titles: ["nom"] },
    images: { add: "Ajouter une image", none: "Nouvelle image", one: "image", many: "images", titles: ["alternative"] },
    conformite: { add: "Ajouter un document", none: "Nouveau document", one: "document", many: "documents", titles: ["type"] },
  },
  // Where the schema's help speaks of the codes of a file, and the form offers their words; where one line is enough on a
  // telephone.
  help: {
    forme_juridique: `Si elle n’est pas connue${NBSP}: «${NBSP}À préciser${NBSP}».`,
    secteur: "Secteur d’activité principal.",
    statut: "L’entreprise est-elle encore en activité?",
    adresse_confidentielle: `«${NBSP}Oui${NBSP}»${NBSP}: seule la municipalité est permise et publiée.`,
    "offres.categorie": `Écrivez un mot, puis choisissez dans la liste. Exemple${NBSP}: entretien ménager`,
    territoires_desservis: "Où vous livrez, ou vous déplacez.",
    verification_par: "Qui s’est porté garant de la fiche.",
    neq: "Dix chiffres, au Registraire des entreprises.",
    mission: "Ce que vous faites et pour qui, en une phrase ou deux.",
    description: "Paragraphes, listes, **gras** et liens permis.",
    retombees_sociales: "Emplois, insertion, accessibilité.",
    retombees_economiques: "Ce que vous apportez au milieu.",
    retombees_environnementales: "Ce que vous épargnez à l’environnement.",
    contact_achats_fonction: "Un poste, jamais le nom d’une personne.",
    "images.fichier": "JPEG, PNG ou WebP.",
    "images.genre": "Un logo et trois photographies au plus.",
    nom: "Tel que le public le connaît.",
    annee_fondation: "En quatre chiffres.",
    site_web: "Adresse complète, avec https://.",
    contact_achats_telephone: "Numéro général du service.",
    contact_achats_courriel: "Adresse générale, jamais celle d’une personne.",
    "etablissements.telephone": `Numéro général. Exemple${NBSP}: 819 555-0142`,
    "etablissements.courriel": "Adresse générale, jamais celle d’une personne.",
    "etablissements.municipalite": "Son nom officiel.",
    "etablissements.code_postal": "Avec son espace au milieu.",
    "etablissements.adresse": "Numéro et rue, sans la municipalité.",
    "etablissements.nom": "S’il diffère de celui de l’entreprise.",
    "etablissements.heures": "Heures d’ouverture, en une ligne.",
    "offres.nom": "Comme un acheteur le dirait.",
    "offres.description": "Ce que l’offre comprend, en quelques phrases.",
    "offres.prix_indicatif": `Avec son unité. Exemple${NBSP}: 38 $ l’heure`,
    "offres.delai": "De livraison ou de réponse, d’habitude.",
    "offres.capacite": "Ce que vous pouvez fournir.",
    "offres.territoires_desservis": "Si c’est différent du reste de l’entreprise.",
    ...Object.fromEntries(["facebook", "instagram", "linkedin", "youtube", "tiktok"].map((name) => [`reseaux_${name}`, "Adresse complète de la page."])),
  },

  // Fields of an item that few need: they stand under « Plus de détails ».
  more: {
    images: ["legende"],
    etablissements: ["nom", "heures", "latitude", "longitude", "precision"],
    offres: ["prix_indicatif", "delai", "capacite", "territoires_desservis", "verification_statut", "verification_date", "verification_source"],
  },
  // The order of the fields of a place: what people look for first.
  first: { etablissements: ["telephone", "courriel", "municipalite", "municipalite_code", "adresse", "code_postal"], offres: ["nom", "categorie", "description"] },
};

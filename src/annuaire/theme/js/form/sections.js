// The parts of the form, in the order in which an enterprise thinks of itself. A field of the schema that no part names
// comes last, under « Autres renseignements »; those of KEPT, and the sources of values (`provenances`),
// stay as they are in the record: staff write them.
import { NBSP } from "../common/french.js";
import { labelOf } from "./wording.js";


export const KEPT = ["anciens_slugs", "fusionnee_avec", "verification_deduits"];
const KEPT_IN_ITEMS = { offres: ["verification_statut", "verification_date", "verification_source"] };

const SECTIONS = [
  {
    id: "entreprise",
    title: "L’entreprise",
    fields: ["nom", "forme_juridique", "secteur", "statut", "date_fermeture", "neq", "annee_fondation", "adhesion", "secteurs_secondaires"],
  },
  { id: "lieux", title: "Adresse, téléphone et courriel", table: "etablissements", isTableFirst: true, fields: ["adresse_confidentielle"] },
  { id: "offre", title: "Produits et services", table: "offres" },
  { id: "presentation", title: "Activité, mission et description", fields: ["activite", "mission", "description"] },
  { id: "territoires", title: "Territoires desservis", fields: ["territoires_desservis"] },
  {
    id: "joindre",
    title: "Site web, réseaux et achats",
    fields: [
      "site_web",
      "contact_achats_fonction",
      "contact_achats_telephone",
      "contact_achats_courriel",
      "reseaux_facebook",
      "reseaux_instagram",
      "reseaux_linkedin",
      "reseaux_youtube",
      "reseaux_tiktok",
    ],
  },
  { id: "retombees", title: "Retombées", fields: ["retombees_sociales", "retombees_economiques", "retombees_environnementales"], table: "indicateurs" },
  { id: "preuves", title: "Certifications et conformité", fields: ["certifications"], table: "conformite" },
  { id: "initiative", title: "L’économie sociale, j’achète!", fields: ["jachete_depuis", "jachete_cohorte"] },
  {
    id: "verification",
    title: "Vérification",
    note: "Le Pôle remplit cette partie quand il accepte votre proposition. Vous pouvez la laisser telle quelle.",
    fields: ["verification_statut", "verification_date", "verification_par", "verification_source"],
  },
];

export const WORDS = {
  offres: { add: "Ajouter un produit ou un service", none: "Nouveau produit ou service", one: "produit ou service", many: "produits et services", title: "nom" },
  etablissements: { add: "Ajouter un lieu", none: "Nouveau lieu", one: "lieu", many: "lieux", title: "nom", or: "municipalite" },
  indicateurs: { add: "Ajouter un indicateur", none: "Nouvel indicateur", one: "indicateur", many: "indicateurs", title: "libelle" },
  provenances: { add: "Ajouter une source", none: "Nouvelle source", one: "source", many: "sources", title: "source" },
  conformite: { add: "Ajouter un document", none: "Nouveau document", one: "document", many: "documents", title: "type" },
};

// Where the schema's help speaks of the codes of a file, and the form offers their words.
export const HELP = {
  forme_juridique: `Forme sous laquelle l’entreprise est constituée. Si elle n’est pas connue, choisissez «${NBSP}À préciser${NBSP}».`,
  secteur: "Secteur d’activité principal.",
  statut: "L’entreprise est-elle encore en activité?",
  adresse_confidentielle: `«${NBSP}Oui${NBSP}» pour un lieu dont l’adresse ne doit pas être publique${NBSP}: seule la municipalité est alors permise.`,
  "offres.categorie": `Écrivez un mot, puis choisissez dans la liste. Exemple${NBSP}: entretien ménager`,
  territoires_desservis: "Où l’entreprise livre ou se déplace. Ce n’est pas son adresse.",
  verification_par: "Qui s’est porté garant de la fiche.",
  neq: "Numéro d’entreprise du Québec, à 10 chiffres. Il est sur vos lettres patentes et au Registraire des entreprises.",
};

// Fields of an item that few need: they stand under « Plus de détails ».
const MORE = {
  etablissements: ["nom", "municipalite_code"],
  offres: ["prix_indicatif", "delai", "capacite", "territoires_desservis"],
};

// The order of the fields of a place: what people look for first.
const FIRST = { etablissements: ["telephone", "courriel", "municipalite", "adresse", "code_postal", "heures"], offres: ["nom", "categorie", "description"] };

// What an item is called: its name, or what stands for it.
export function titleOf(key, values, knowledge) {
  const { title, or, none } = WORDS[key];
  return (values[title] && labelOf(knowledge.children.get(key).byPath.get(title), values[title], knowledge)) || values[or] || none;
}

export function sectionsOf(knowledge) {
  const named = new Map(knowledge.root.own.map((field) => [field.name, field]));
  const sections = SECTIONS.map((section) => ({ ...section, fields: (section.fields ?? []).map((name) => named.get(name)).filter(Boolean) }));
  const placed = new Set([...SECTIONS.flatMap(({ fields = [] }) => fields), ...KEPT]);
  const others = knowledge.root.own.filter(({ name }) => !placed.has(name));
  if (others.length > 0) sections.splice(-1, 0, { id: "autres", title: "Autres renseignements", fields: others });
  return sections;
}

export function itemFields(table) {
  // What is worked out from other fields is asked of nobody.
  const shown = table.own.filter(({ name, derivedFrom }) => derivedFrom.length === 0 && !(KEPT_IN_ITEMS[table.key] ?? []).includes(name));
  const more = new Set(MORE[table.key] ?? []);
  const first = FIRST[table.key] ?? [];
  const rank = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);
  return {
    main: shown.filter(({ name }) => !more.has(name)).sort((one, other) => rank(one) - rank(other)),
    more: shown.filter(({ name }) => more.has(name)),
  };
}

// What the index may be filtered by, in the order of the search page.
export const FACETS = [
  { key: "territoire", label: "Territoire" },
  { key: "dessert", label: "Territoire desservi" },
  { key: "secteur", label: "Secteur" },
  { key: "forme", label: "Forme juridique" },
  { key: "verification", label: "Vérification" },
];

// What another program left in a text: letters decoded wrongly, a formula's error, quotes around the whole.
export function check({ cells }, { rules }) {
  const { formule, guillemets, malLu, lettres } = rules.foreign;
  return cells.flatMap(({ field, path, value }) => {
    if (typeof value !== "string") return [];
    const values = { champ: field.name, valeur: value };
    if (formule.whole.test(value)) return [{ code: "erreur-de-formule", path, values }];
    if (malLu.one.test(value)) return [{ code: "texte-mal-decode", path, values: { ...values, suggestion: value.replace(malLu.all, (seen) => lettres[seen]) } }];
    const inside = guillemets.whole.exec(value)?.slice(1).find((text) => text !== undefined);
    return inside === undefined ? [] : [{ code: "guillemets-typographiques", path, values: { ...values, suggestion: inside } }];
  });
}

// A well-written number that cannot exist in Canada.
export function check({ cells }, { rules }) {
  const { ecrit, attribues } = rules.telephone;
  return cells.flatMap(({ field, path, value }) => {
    const written = field.code === "telephone-invalide" && ecrit.whole.exec(value);
    if (!written) return [];
    const number = written.slice(1).join("");
    return attribues.some((kind) => kind.whole.test(number)) ? [] : [{ code: "telephone-douteux", path, values: { valeur: value } }];
  });
}

// Two bounds of one item: an amount or a month that ends before it begins.

export function check({ values }, { rules }) {
  const { bornes, plusLong } = rules.order;
  const isWhole = (value) => typeof value === "string" && /^[0-9]+$/.test(value) && value.length <= plusLong;
  const findings = [];
  for (const [key, list] of Object.entries(values)) {
    for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
      for (const [first, last] of bornes) {
        const [low, high] = [item?.[first], item?.[last]];
        if (isWhole(low) && isWhole(high) && Number(high) < Number(low)) {
          const said = { champ: last, valeur: high, autre: first, borne: low };
          findings.push({ code: "bornes-inverses", path: [key, index, last], values: said });
        }
      }
    }
  }
  return findings;
}

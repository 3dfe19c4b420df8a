// What French asks of texts made here: no-break spaces, plurals, guillemets.
export const NBSP = "\u00a0";
const numbers = new Intl.NumberFormat("fr-CA");

// Thousands of numbers are written at each choice: making the writer again each time would cost as much as the search.
export function figure(value) {
  return value < 1000 ? String(value) : numbers.format(value);
}

// « 3 entreprises », « 1 entreprise ».
export function plural(number, singular, several = `${singular}s`) {
  return `${figure(number)}${NBSP}${number > 1 ? several : singular}`;
}

export function quote(text) {
  return `«${NBSP}${text}${NBSP}»`;
}

// Fetch what draws the map: `createView`, `gather` and `readMap` of the bundle `map.js`. Nothing else has it, since it
// weighs as much as all the rest of a page.
const NAME = Symbol.for("annuaire-map");

export async function loadMapBundle() {
  if (!globalThis[NAME]) await import(new URL("map.js", document.querySelector('script[type="module"]').src).href);
  return globalThis[NAME];
}

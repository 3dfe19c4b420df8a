// A bundle that is fetched only when it serves, a writer of files or what draws the map: it leaves what it can do under a symbol
// of its name, since a bundle exports nothing.
export async function fetchBundle(name) {
  const key = Symbol.for(`annuaire-${name}`);
  if (!globalThis[key]) {
    const bundles = document.querySelector('script[src*="assets/bundles/"]').src;
    await import(new URL(`${name}.js`, bundles).href);
  }
  return globalThis[key];
}

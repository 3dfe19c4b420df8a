// Where a bundle is published, by its name: the bundler knows what the site calls it (tools/bundle.mjs).
export function bundleUrl(name) {
  const { src } = document.querySelector('script[src*="assets/bundles/"]');
  return new URL(ANNUAIRE_BUNDLES[name], src);
}

// A bundle that is fetched only when it serves, a writer of files or what draws the map: it leaves what it can do under a symbol
// of its name, since a bundle exports nothing.
export async function fetchBundle(name) {
  const key = Symbol.for(`annuaire-${name}`);
  if (!globalThis[key]) {
    await import(bundleUrl(name).href);
  }
  return globalThis[key];
}

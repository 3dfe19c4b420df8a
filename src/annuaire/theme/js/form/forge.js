// Where a forge takes a proposal: a page to edit a record, a page that begins a new one with its text.
const MOST_BYTES = 7500; // of an address: beyond, servers refuse it

export function editPage(modifier, collection, slug) {
  return modifier ? `${bare(modifier)}/${collection}/${slug}.yml` : "";
}

// The page of a new file, prefilled where the text fits; `isPrefilled` says whether it is.
export function newPage(modifier, repository, collection, slug, text) {
  const folder = bare(modifier).replace(/\/(_?)edit\//, "/$1new/");
  if (!modifier || folder === bare(modifier)) return { href: repository || bare(modifier), isPrefilled: false };
  const page = `${folder}/${collection}?filename=${encodeURIComponent(`${slug}.yml`)}`;
  const filled = `${page}&value=${encodeURIComponent(text)}`;
  return filled.length < MOST_BYTES ? { href: filled, isPrefilled: true } : { href: page, isPrefilled: false };
}

function bare(address) {
  return address.replace(/\/+$/, "");
}

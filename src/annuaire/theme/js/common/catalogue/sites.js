// Where a web address leads, in a few words, and whose site it is when it is not the enterprise's own: a host that several
// records share, or that of a known platform, is nobody's name here. The same as `annuaire.text.sites`.
import { sites } from "../../../../data/communs.json";

const PLATFORMS = sites.plateformes.split(" ");
const ADDRESS = new RegExp(sites.adresse, "i");

function hostOf(address) {
  return ADDRESS.exec(address)?.[1].toLowerCase() ?? "";
}

// The hosts that several addresses have in common, one address for each record.
export function sharedHosts(addresses) {
  const [seen, shared] = [new Set(), new Set()];
  for (const host of addresses.map(hostOf)) {
    if (host && seen.has(host)) shared.add(host);
    seen.add(host);
  }
  return shared;
}

export function siteText(address, shared) {
  const found = ADDRESS.exec(address);
  if (!found) return "";
  const host = found[1].toLowerCase();
  const platform = PLATFORMS.find((name) => `.${host}`.endsWith(`.${name}`));
  if (platform || shared.has(host)) return `page sur ${platform ?? host}`;
  const path = found[2].replace(/\/+$/, "");
  return host + ([...path].length <= sites.cheminLePlusLong && !found[3] ? path : "");
}

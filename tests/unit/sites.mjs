// Answer which hosts are shared among addresses, and how each address is shown: one line of JSON each way.
import { createInterface } from "node:readline";
import { sharedHosts, siteText } from "../../src/annuaire/theme/js/common/catalogue/sites.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { addresses } = JSON.parse(line);
  const shared = sharedHosts(addresses);
  console.log(JSON.stringify([[...shared].sort(), addresses.map((address) => siteText(address, shared))]));
}

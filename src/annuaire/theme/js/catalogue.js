// The buyer's catalogue, the search page and the map: the same results, of which the search page shows less, and which the
// map places.
import { createGroups } from "./common/results/groups.js";
import { mapOf } from "./common/results/onmap.js";
import { openResults } from "./common/results/page.js";

const root = document.querySelector("[data-catalogue]");

if (root) openResults(root, "map" in root.dataset ? mapOf : () => createGroups);

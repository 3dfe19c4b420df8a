// The results of the catalogue, the search page and the map: the same, of which the search page shows less, and which the map
// places. Fetched once something is asked; it leaves what it can do under a symbol, since a bundle exports nothing
// (`common/selection/bundle.js` takes it from there).
import { createGroups } from "./common/results/groups.js";
import { mapOf } from "./common/results/onmap.js";
import { openResults } from "./common/results/page.js";

globalThis[Symbol.for("annuaire-results")] = { openResults: (root, acts) => openResults(root, acts, "map" in root.dataset ? mapOf : () => createGroups) };

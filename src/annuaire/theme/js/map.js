// The map itself, with the library that draws it: fetched only by the pages that show one, while they read their data. It
// leaves what it can do under a symbol, since a bundle exports nothing (`common/selection/bundle.js` takes it from there).
import { gather, readMap } from "./map/places.js";
import { createView } from "./map/view.js";

globalThis[Symbol.for("annuaire-map")] = { createView, gather, readMap };

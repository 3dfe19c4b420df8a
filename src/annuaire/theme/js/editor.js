// The editor of the page « Contribuer », fetched when a record is asked for: finding one needs none of it. It leaves what it
// can do under a symbol, since a bundle exports nothing (`common/selection/bundle.js` takes it from there).
import { open } from "./form/opening.js";

globalThis[Symbol.for("annuaire-editor")] = { open };

// Where one chooses what another site shows, and what it then shows: a list, a search field or a map.
import { openChooser } from "./embed/chooser.js";
import { openEmbeddedPage } from "./embed/shown.js";

const chooser = document.querySelector("[data-embedding]");
const embedded = document.querySelector("[data-embedded]");

if (chooser) openChooser(chooser);
if (embedded) openEmbeddedPage(embedded);

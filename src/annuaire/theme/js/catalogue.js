// The buyer's catalogue, the search page and the map: what stands there before anything is asked.
import { open } from "./catalogue/opening.js";

const root = document.querySelector("[data-catalogue]");

if (root) open(root);

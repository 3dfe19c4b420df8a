// The buyer's catalogue and the search page: the same results, of which the search page shows less.
import { openResults } from "./common/results/page.js";

const root = document.querySelector("[data-catalogue]");

if (root) openResults(root);

// The pages of the purchase file: selection, search record, verification.
import { startRecordPage } from "./parts/selection/recordpage.js";
import { startSelectionPage } from "./parts/selection/selectionpage.js";
import { startVerifyPage } from "./parts/selection/verifypage.js";

const PAGES = { selection: startSelectionPage, releve: startRecordPage, verifier: startVerifyPage };
const root = document.querySelector("[data-purchase]");

if (root) PAGES[root.dataset.purchase]?.(root);

// The pages of the purchase file that search again: record, verification.
import { startRecordPage } from "./parts/selection/recordpage.js";
import { startVerifyPage } from "./parts/selection/verifypage.js";

const PAGES = { releve: startRecordPage, verifier: startVerifyPage };
const root = document.querySelector("[data-purchase]");

if (root) PAGES[root.dataset.purchase]?.(root);

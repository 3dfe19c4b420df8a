// The pages of the purchase file that search again: record, verification.
import { startRecordPage } from "./purchase/recordpage.js";
import { startVerifyPage } from "./purchase/verifypage.js";

const PAGES = { releve: startRecordPage, verifier: startVerifyPage };
const root = document.querySelector("[data-purchase]");

if (root) PAGES[root.dataset.purchase]?.(root);

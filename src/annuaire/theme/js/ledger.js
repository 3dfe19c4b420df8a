// « Carnet d’achats »: a year of purchases, read in the browser alone.
import { startLedger } from "./ledger/page.js";

const root = document.querySelector("[data-ledger]");

if (root) startLedger(root);

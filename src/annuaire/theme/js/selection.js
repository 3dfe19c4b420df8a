// « Ma sélection »: a bundle of its own, since this page of the purchase file judges the needs it keeps and searches nothing.
import { startSelectionPage } from "./purchase/selectionpage.js";

const root = document.querySelector("[data-purchase]");

if (root) startSelectionPage(root);

// The page « Contribuer »: find a record, correct it, or write a new one. The page is whole without this script.
import { startForm } from "./form/page.js";

const root = document.querySelector("[data-contribute]");

if (root) startForm(root);

// Who could answer a need together, when nobody does alone.
import { startTogether } from "./together/page.js";

const page = document.querySelector("[data-together]");

if (page) startTogether(page);

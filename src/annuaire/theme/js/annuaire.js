import { startCopying } from "./common/copying.js";
import { startDisk } from "./common/disk.js";
import { startDisplay } from "./common/display.js";
import { element } from "./common/element.js";
import { startListing } from "./common/listing.js";
import { startSelection } from "./common/selection/buttons.js";
import { inWords, today } from "./common/today.js";

// The page's own address: in the message of who gives an opinion, and on paper.
const opinion = document.querySelector("[data-opinion]");
if (opinion) opinion.href += `&body=${encodeURIComponent(`Page\u00a0: ${location.href}\n\n`)}`;

const printed = element("p", "site-foot__printed");
document.querySelector(".site-foot__end")?.append(printed);
addEventListener("beforeprint", () => {
  printed.textContent = `${location.href} (imprimé le ${inWords(today())})`;
});

startDisk();
startCopying();
startDisplay();
startListing();
startSelection();

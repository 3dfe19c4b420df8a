// A copy of the site opened from a disk: no server says that the address of a folder is that of its page, and a browser
// lets no script there read a file. Links lead to the pages themselves, and what cannot work says why.
import { element } from "./element.js";
import { NBSP } from "./french.js";

const WORDS =
  "Cette copie est ouverte depuis un disque. Les pages se lisent et les liens y mènent; la recherche, le catalogue, le " +
  `carnet et le formulaire demandent un serveur${NBSP}: ouvrez le site en ligne, ou lancez «${NBSP}annuaire serve${NBSP}».`;

export function startDisk() {
  if (location.protocol !== "file:") return;
  for (const link of document.links) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
  for (const link of document.querySelectorAll("svg a[href]")) {
    const address = new URL(link.getAttribute("href"), document.baseURI);
    if (!address.pathname.endsWith("/")) continue;
    address.pathname += "index.html";
    link.setAttribute("href", address.href);
  }
  for (const form of document.forms) {
    const action = new URL(form.action);
    if (action.pathname.endsWith("/")) action.pathname += "index.html";
    form.action = action.href;
  }
  const said = element("div", "wrap no-print", element("p", "hint hint--wait", WORDS));
  said.setAttribute("role", "status");
  document.querySelector("main").prepend(said);
}

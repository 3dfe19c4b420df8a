// Who can help, as rows: written with textContent, so that no record can act on the page. As `_aide.html` writes them;
// `root` leads to the root of the site: on paper, only addresses outside it are written out.
import { element } from "../common/element.js";
import { icon } from "../common/pieces.js";

function link(text, href) {
  const node = element("a", "", text);
  node.href = href;
  return node;
}

function reach({ j, p, v }, root) {
  const town = v ? ` (${v})` : "";
  if (!j) return element("p", "helper__reach quiet", `Coordonnées à compléter${town}`);
  const line = element("p", "helper__reach");
  if (j.tel) line.append(Object.assign(link(...j.tel), { className: "helper__phone" }), " ");
  for (const one of [j.courriel, j.site]) if (one) line.append(link(...one), " ");
  if (j.fichier) line.append(link(j.fichier[0], root + j.fichier[1]), " ");
  if (j.adresse) line.append(element("span", "", j.adresse), " ");
  if (p) line.append(element("span", "quiet", "par ", link(p[0], root + p[1])));
  return line;
}

function row(record, root) {
  const { n, u, g, w, q, r, e, f } = record;
  const facts = element("p", "helper__facts");
  for (const text of [g, w, q]) if (text) facts.append(element("span", "", text), " ");
  const item = element("li", "helper", element("h3", "helper__name", link(n, root + u)), facts, element("p", "helper__text", r));
  item.append(e === "closed" ? element("p", "helper__state", icon("closed"), f) : reach(record, root));
  return item;
}

export function list(records, root) {
  return element("ul", "helpers", ...records.map((record) => row(record, root)));
}

// A titled group: its title, what sets it apart, its rows.
export function group([key, title, note], records, root) {
  const heading = element("h2", "", title);
  heading.id = `groupe-${key}`;
  const section = element("section", "section", heading);
  section.setAttribute("aria-labelledby", heading.id);
  if (note) section.append(element("p", "quiet", note));
  section.append(list(records, root));
  return section;
}

// A list, a search field or a map, in a frame of another site.
import { plural } from "../common/french.js";
import { dress, embeddedRows, isAsked, openEmbedded, readAsked, tellHeight } from "./framed.js";
import { openEmbeddedMap } from "./map.js";

const MOST = 20; // rows: the directory shows the rest

export function openEmbeddedPage(root) {
  dress();
  tellHeight();
  if (root.dataset.embedded === "recherche") return ask(root);
  if (root.dataset.embedded === "carte") return openEmbeddedMap(root);
  // What asks for nothing came with its rows.
  if (!isAsked()) return undefined;
  return openEmbedded(root, ({ catalogue, site, found, part }) => {
    const more = found.length > MOST ? `, dont voici les ${MOST} premières` : "";
    part("said").textContent = `${plural(found.length, "entreprise")}${more}.`;
    part("rows").replaceChildren(...embeddedRows(catalogue, found.slice(0, MOST), site));
  });
}

// The search goes on in the directory, within what the frame asks for.
function ask(root) {
  const form = root.querySelector("[data-embedded-form]");
  const { mrc, secteur } = readAsked();
  for (const [name, values] of Object.entries({ mrc, secteur })) {
    for (const value of values) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
}

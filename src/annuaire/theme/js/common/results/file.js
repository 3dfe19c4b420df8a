// What can be kept of the results: the record of the search, and files.
import { empty, format } from "../catalogue/query.js";
import { NBSP, plural } from "../french.js";
import { createColumnChoice } from "../selection/columnchoice.js";
import { exportRows, saveExport } from "../selection/export.js";
import * as adresses from "../../../../data/adresses.json";

export function createFile(catalogue, root, site) {
  const part = (name) => root.querySelector(`[data-catalogue-${name}]`);
  const columns = createColumnChoice(part("columns"));
  let answer;
  for (const button of root.querySelectorAll("[data-catalogue-export]")) {
    button.addEventListener("click", async () => {
      const keys = columns.columns().map(({ key }) => key);
      const name = await saveExport(button.dataset.catalogueExport, exportRows(catalogue, answer.found, keys, answer), "catalogue");
      part("file-said").textContent = `Fichier enregistré${NBSP}: ${name} (${plural(answer.found.length, "entreprise")}).`;
    });
  }
  return {
    show(found, search) {
      answer = found;
      root.hidden = found.found.length === 0;
      part("record").href = new URL(`${adresses.releve}?${format({ ...search, vue: empty().vue })}`, site).href;
    },
  };
}

// What can be kept of the results: the record of the search, and files.
import { originOf } from "../catalogue/distance.js";
import { empty, format } from "../catalogue/query.js";
import { NBSP, plural } from "../french.js";
import { aboutRows } from "../selection/about.js";
import { createColumnChoice } from "../selection/columnchoice.js";
import { exportRows, saveExport } from "../selection/export.js";
import * as adresses from "../../../../data/adresses.json";

export function createFile(catalogue, root, site) {
  const part = (name) => root.querySelector(`[data-catalogue-${name}]`);
  const columns = createColumnChoice(part("columns"));
  let answer;
  let asked;
  for (const button of root.querySelectorAll("[data-catalogue-export]")) {
    button.addEventListener("click", async () => {
      const keys = columns.columns().map(({ key }) => key);
      const kind = button.dataset.catalogueExport;
      const table = exportRows(catalogue, answer.found, keys, answer, kind === "xlsx" ? site : null);
      const name = await saveExport(kind, table, titleOf(), aboutRows(catalogue, site, [{ search: asked, answer }]));
      part("file-said").textContent = `Fichier enregistré${NBSP}: ${name} (${plural(answer.found.length, "entreprise")}).`;
    });
  }

  // The need: the words, else the categories chosen.
  function titleOf() {
    return asked.q || asked.categorie.map((slug) => catalogue.json.categories[catalogue.category(slug)]?.[1] ?? slug).join(" ") || "catalogue";
  }

  return {
    show(found, search) {
      const origin = originOf(catalogue, search, found.said);
      answer = Object.assign(Object.create(found), { originOf: () => origin }); // the rest as it is
      asked = { ...search, vue: empty().vue };
      root.hidden = found.found.length === 0;
      part("record").href = new URL(`${adresses.releve}?${format(asked)}`, site).href;
    },
  };
}

// The table of financing: sorted, filtered, taken out as it shows.
import { element } from "../common/element.js";
import { plural } from "../common/french.js";
import { saveExport } from "../common/selection/export.js";

const order = new Intl.Collator("fr-CA", { numeric: true });

export function startFunding(root) {
  const controls = root.querySelector("[data-funding-form]");
  const body = root.querySelector("tbody");
  if (!controls || !body) return;
  const rows = [...body.rows];
  const heads = [...root.querySelectorAll("thead th")];
  const count = root.querySelector("[data-funding-count]");
  const said = root.querySelector("[data-funding-said]");
  const value = (name) => controls.querySelector(`[name=${name}]`).value;
  // What a cell says: lines apart, no room left by the template.
  const text = (cell) => cell.innerText.replace(/\s*\n\s*/g, " | ").trim();

  function filter() {
    const [kind, stage, mrc, state] = [value("genre"), value("stade"), value("mrc"), value("etat")];
    for (const row of rows) {
      const { kind: own, stages, mrcs } = row.dataset;
      const isAtStage = !stage || !stages || stages.split(" ").includes(stage);
      const isThere = !mrc || !mrcs || mrcs.split(" ").includes(mrc);
      row.hidden = Boolean((kind && own !== kind) || !isAtStage || !isThere || (state && "finished" in row.dataset));
    }
    count.textContent = plural(rows.filter((row) => !row.hidden).length, "programme");
  }

  function sort(rank, head) {
    const isDown = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const key = ({ cells: { [rank]: cell } }) => cell.dataset.order ?? cell.textContent.trim(); // an amount is a number
    rows.sort((one, other) => order.compare(key(one), key(other)) * (isDown ? -1 : 1));
    body.append(...rows);
    said.textContent = `Trié par ${head.textContent.toLowerCase()}, ordre ${isDown ? "décroissant" : "croissant"}.`;
  }

  for (const [rank, head] of heads.entries()) {
    const act = element("button", "funding__sort", head.textContent);
    act.type = "button";
    act.addEventListener("click", () => sort(rank, head));
    head.replaceChildren(act);
  }
  controls.addEventListener("change", filter);
  controls.addEventListener("click", async ({ target }) => {
    if (target.closest("[data-print]")) window.print();
    const kind = target.closest("[data-export]")?.dataset.export;
    if (!kind) return;
    const header = heads.map((head) => head.textContent);
    const shown = rows.filter((row) => !row.hidden).map((row) => [...row.cells].map(text));
    try {
      said.textContent = `Fichier enregistré. ${await saveExport(kind, { keys: header, header, rows: shown }, "Sources de financement")}`;
    } catch {
      said.textContent = "Le fichier n’a pas pu être fait.";
    }
  });
}

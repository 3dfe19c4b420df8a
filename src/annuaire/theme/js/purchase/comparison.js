// The comparison of the enterprises of a selection, side by side, and the exports that say the same.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { aboutRows } from "../common/selection/about.js";
import { createColumnChoice } from "../common/selection/columnchoice.js";
import { linesOf } from "../common/selection/columns.js";
import { exportRows, saveExport } from "../common/selection/export.js";
import { enterpriseLink } from "../common/pieces.js";
import { answered, titleOf } from "./questions.js";

const ON_PAPER = 4; // enterprises side by side on a sheet

export function createComparison(root, site) {
  const place = root.querySelector("[data-compare-table]");
  const said = root.querySelector("[data-export-said]");
  let shown = null; // { catalogue, enterprises, kept, list }; `kept`: how each answers the need it was kept for

  const choice = createColumnChoice(root.querySelector("[data-columns]"), () => show());
  for (const node of root.querySelectorAll("[data-print]")) node.addEventListener("click", () => globalThis.print());
  for (const node of root.querySelectorAll("[data-export]")) node.addEventListener("click", () => save(node.dataset.export));

  // What is known of none of them takes no room, on the screen as in the file.
  function known({ catalogue, enterprises, kept }) {
    return choice.columns().filter((column) => enterprises.some((enterprise) => linesOf(catalogue, enterprise, column, kept).length > 0));
  }

  function show() {
    if (!shown) return;
    const columns = known(shown);
    const empty = choice.columns().filter((column) => !columns.includes(column) && !column.isOfAnswer);
    const sheets = [];
    for (let first = 0; first < shown.enterprises.length; first += ON_PAPER) {
      sheets.push(table(columns, shown.enterprises.slice(first, first + ON_PAPER), "compare__sheet"));
    }
    place.replaceChildren(table(columns, shown.enterprises, "compare__screen"), ...sheets);
    if (empty.length > 0) {
      const labels = empty.map(({ label }) => label.toLowerCase()).join(", ");
      place.append(element("p", "small quiet compare__empty", `Rien n’est indiqué pour${NBSP}: ${labels}.`));
    }
  }

  function table(columns, enterprises, className) {
    const head = element("tr", "", heading("Renseignement", "col"));
    for (const { slug, nom } of enterprises) head.append(heading(enterpriseLink(site, slug, nom), "col"));
    const body = element("tbody");
    for (const column of columns.filter(({ key }) => key !== "nom")) {
      const row = element("tr", "", heading(column.label, "row"));
      row.dataset.column = column.key;
      for (const enterprise of enterprises) row.append(cell(linesOf(shown.catalogue, enterprise, column, shown.kept), column.key));
      body.append(row);
    }
    return element("table", className, element("caption", "hidden-text", shown.list.nom), element("thead", "", head), body);
  }

  function heading(content, scope) {
    const node = element("th", "", content);
    node.scope = scope;
    return node;
  }

  function cell(lines, key) {
    if (lines.length === 0) {
      const dash = element("span", "quiet", "–");
      dash.setAttribute("aria-hidden", "true");
      return element("td", "", dash, element("span", "hidden-text", "Non indiqué"));
    }
    if (lines.length === 1) return element("td", "", content(lines[0], key));
    return element("td", "", element("ul", "compare__lines", ...lines.map((line) => element("li", "", line))));
  }

  function content(text, key) {
    const addresses = { courriel: `mailto:${text}`, site_web: /^https?:\/\//.test(text) ? text : "" };
    if (!addresses[key]) return text;
    const link = element("a", "", text);
    link.href = addresses[key];
    return link;
  }

  async function save(kind) {
    const { catalogue, enterprises, kept, list } = shown;
    const keys = known(shown).map(({ key }) => key);
    said.textContent = "";
    try {
      const asked = kind === "xlsx" ? await answered(catalogue, list.fiches, site) : [];
      const table = exportRows(catalogue, enterprises.map(({ index }) => index), keys, kept, kind === "xlsx" ? site : null);
      const name = await saveExport(kind, table, titleOf(list), aboutRows(catalogue, site, asked, list.nom));
      said.textContent = `Fichier prêt${NBSP}: ${name}.`;
    } catch (error) {
      said.textContent = "Le fichier n’a pas pu être fait. Rechargez la page, puis recommencez.";
      throw error; // for the console: the visitor has been told
    }
  }

  return {
    // Those that say something of the enterprises shown.
    columns: () => known(shown),
    show(catalogue, enterprises, kept, list) {
      shown = { catalogue, enterprises, kept, list };
      show();
    },
  };
}

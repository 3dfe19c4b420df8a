// Tables of the page: read as such, and as small cards on a telephone.
import { element } from "../common/element.js";

// `columns`: [{title (a text or a node), isNumber}]; `rows`: cells (texts or nodes), the first of each the title of its row.
export function table(caption, columns, rows) {
  const head = columns.map(({ title, isNumber }) => cell("th", title.cloneNode?.(true) ?? title, isNumber, "", "col"));
  const body = rows.map((cells) => element("tr", "", ...cells.map((content, rank) => cell(rank === 0 ? "th" : "td", content, columns[rank].isNumber, columns[rank].title.textContent ?? columns[rank].title, "row"))));
  const made = element("table", "", element("caption", "", caption), element("thead", "", element("tr", "", ...head)), element("tbody", "", ...body));
  const frame = element("section", "table-scroll ledger__stack", made);
  frame.tabIndex = 0;
  frame.setAttribute("aria-label", caption);
  return frame;
}

function cell(tag, content, isNumber, title, scope) {
  const isChoice = content.classList?.contains("no-print");
  const node = element(tag, isNumber ? "number" : isChoice ? "ledger__choice" : "", content);
  if (tag === "th") node.scope = scope;
  else if (title) node.dataset.title = title;
  return node;
}

// The records of other kinds than enterprises, each kind under its title: written with textContent, so that no record can
// act on the page.
import { element } from "../element.js";
import { NBSP, figure, plural } from "../french.js";

const STEP = 30;
const FEW = 8; // of a kind, among others

// `site` is the URL of the root.
export function createOthers(container, rows, site) {
  const jump = element("p", "links catalogue__jump"); // below many enterprises, they would be out of sight
  rows.before(jump);

  function row({ name, address, summary, where }, { one }) {
    const link = element("a", "", name);
    link.href = new URL(address, site).href;
    const kind = element("span", "hidden-text", `${capital(one)}${NBSP}: `);
    const item = element("li", "", element("h4", "", kind, link));
    if (where) item.append(element("p", "", element("span", "", capital(where))));
    if (summary) item.append(element("p", "row__text", summary));
    return item;
  }

  function section(known, { kind, ranks }, first) {
    const heading = element("h3", "", kind.title, " ", element("span", "group__count", figure(ranks.length)));
    heading.id = `genre-${kind.key}`;
    const list = element("ul", "rows");
    const more = element("button", "button", "");
    more.type = "button";
    more.setAttribute("aria-describedby", heading.id);
    let shown = 0;
    const lay = (count) => {
      const part = ranks.slice(shown, shown + count).map((rank) => row(known.records[rank], kind));
      shown += part.length;
      list.append(...part);
      more.hidden = shown >= ranks.length;
      more.textContent = "Voir plus";
      return part[0];
    };
    more.addEventListener("click", () => lay(STEP).querySelector("a").focus());
    lay(first);
    const node = element("section", "section", element("div", "catalogue__group", heading), list, element("p", "", more));
    node.setAttribute("aria-labelledby", heading.id);
    node.dataset.kind = kind.key;
    return node;
  }

  return {
    // The groups that `mix` gave, above the enterprises or below.
    show(known, { answer, groups, isFirst }) {
      const isAlone = groups.length === 1 && answer.found.length === 0;
      container.replaceChildren(...groups.map((group) => section(known, group, isAlone ? STEP : FEW)));
      if (isFirst) rows.before(container);
      else rows.parentElement.append(container);
      jump.hidden = isFirst || groups.length === 0;
      jump.replaceChildren(
        ...groups.map(({ kind, ranks }) => {
          const link = element("a", "", `Voir ${plural(ranks.length, kind.one, kind.many)}`);
          link.href = `#genre-${kind.key}`;
          return link;
        }),
      );
    },
  };
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

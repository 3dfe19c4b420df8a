// The outline of the territories, drawn at build, shaded by what is found; a list beside it says the same in words.
import { element } from "../element.js";
import { format } from "../catalogue/query.js";
import { NBSP, figure, plural } from "../french.js";

const LEVELS = 4;

export function createOutline(catalogue, root, choose) {
  const list = root.querySelector("[data-catalogue-places]");
  const shapes = [...root.querySelectorAll(".map__link")].map((link) => {
    const slug = link.getAttribute("href").split("/").at(-2); // the `href` of a shape is no text
    const rank = catalogue.json.mrc.findIndex((row) => row[1] === slug);
    return { link, rank, land: link.querySelector(".map__land"), title: link.querySelector("title") };
  });

  const names = [...root.querySelectorAll(".map__name")].map((text) => {
    const name = text.textContent; // a name that is too long for the drawing stands without its article
    return { text, name, rank: catalogue.json.mrc.findIndex((row) => row[2] === name || row[2].endsWith(` ${name}`)) };
  });

  function follow(event) {
    const link = event.target.closest("[data-mrc]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    choose(link.dataset.mrc);
  }
  root.addEventListener("click", follow);

  return {
    show(search, counts) {
      const most = Math.max(0, ...counts.mrc.values());
      const chosen = new Set(search.mrc);
      const target = (code) => {
        const mrc = chosen.has(code) ? search.mrc.filter((other) => other !== code) : [...search.mrc, code];
        return `?${format({ ...search, mrc })}`;
      };
      for (const { link, rank, land, title } of shapes) {
        if (rank < 0) continue;
        const [code, , , name] = catalogue.json.mrc[rank];
        const count = counts.mrc.get(code) ?? 0;
        const said = `${name}${NBSP}: ${plural(count, "entreprise")}${chosen.has(code) ? " (filtre actif)" : ""}`;
        title.textContent = said;
        link.setAttribute("aria-label", said);
        link.setAttribute("href", target(code));
        link.dataset.mrc = code;
        land.setAttribute("class", `map__land map__land--${level(count, most)}${chosen.has(code) ? " is-chosen" : ""}`);
      }
      for (const { text, name, rank } of names) {
        const count = rank < 0 ? "" : figure(counts.mrc.get(catalogue.json.mrc[rank][0]) ?? 0);
        text.replaceChildren(piece("map__label", `${name} `), piece("map__count", count));
      }
      const items = catalogue.json.mrc.flatMap(([code, , name]) => {
        const count = counts.mrc.get(code) ?? 0;
        if (count === 0 && !chosen.has(code)) return [];
        const link = element("a", "", element("span", "", name), element("b", "", figure(count)));
        link.href = target(code);
        link.dataset.mrc = code;
        if (chosen.has(code)) link.setAttribute("aria-current", "true");
        return [element("li", "", link)];
      });
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.mrc : null;
      list.replaceChildren(...items);
      if (focused !== null) list.querySelector(`[data-mrc="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

// On a narrow screen the names leave and the counts stay (catalogue.css).
function piece(className, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
  node.setAttribute("class", className);
  node.textContent = text;
  return node;
}

// By the logarithm of the count, as the drawings of the other pages: one large town does not blanch the rest.
function level(count, most) {
  if (count === 0 || most < 2) return Math.min(count, LEVELS);
  return count > 1 ? 1 + Math.round((3 * Math.log(count)) / Math.log(most)) : 1;
}

// What is asked and how much was found: the filters in use, each with a button that takes it away, and, when nothing is
// found, those that stand in the way.
import { element } from "../element.js";
import { KIND, MULTIPLE } from "../catalogue/query.js";
import { filterLabel } from "../catalogue/wording.js";
import { NBSP, plural } from "../french.js";

// List the filters in use as [key, value]; the words of the search field are not one.
export function activeFilters(search) {
  const filters = [KIND, ...MULTIPLE].flatMap((key) => search[key].map((value) => [key, value]));
  if (search.pres) filters.push(["pres", search.pres]);
  if (search.depuis) filters.push(["depuis", search.depuis]);
  return filters;
}

// `remove(filters)` takes [key, value] pairs away; `clear()` takes all away; `titleOf(kind)` names a kind of results.
export function createSummary(catalogue, active, none, remove, clear, titleOf) {
  function label(search, key, value) {
    return key === KIND ? titleOf(value) : filterLabel(catalogue, search, key, value);
  }

  function button(text, act, className = "") {
    const node = element("button", className, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function chip(search, [key, value], rank) {
    const text = label(search, key, value);
    const mark = element("span", "active-filters__mark", "×");
    mark.setAttribute("aria-hidden", "true");
    const node = button(text, () => {
      remove([[key, value]]);
      // The focus goes to the next filter, not back to the top of the page.
      const rest = active.querySelectorAll("button");
      (rest[Math.min(rank, rest.length - 1)] ?? document.getElementById("resultats")).focus();
    });
    node.append(mark);
    node.setAttribute("aria-label", `Enlever le filtre ${text}`);
    return element("li", "", node);
  }

  return {
    show(search) {
      const filters = activeFilters(search);
      const items = filters.map((filter, rank) => chip(search, filter, rank));
      if (items.length > 1) {
        items.push(
          element(
            "li",
            "",
            button("Tout effacer", () => {
              clear();
              document.getElementById("resultats").focus();
            }),
          ),
        );
      }
      active.replaceChildren(...items);
      active.hidden = items.length === 0;
      return filters.length;
    },
    // `drop`: what `evaluate` says stands in the way; `isSaid`: a remark on the words is shown already.
    showNone(search, drop, isSaid) {
      // Words alone stand in no other's way: the remark on the words says what to do.
      if (drop.every(({ filters }) => filters.every(({ key }) => key === "q")) && activeFilters(search).length === 0) {
        none.hidden = true;
        return;
      }
      const ways = drop.map(({ filters, count, said = plural(count, "entreprise") }) => {
        const pairs = filters.flatMap(({ key, values }) => values.map((value) => [key, value]));
        const names = pairs.map(([key, value]) => label(search, key, value)).join(" et ");
        const text = `Enlever ${names}${NBSP}: ${said}`;
        return element(
          "li",
          "",
          button(
            text,
            () => {
              remove(pairs);
              document.getElementById("resultats").focus();
            },
            "button",
          ),
        );
      });
      none.replaceChildren();
      none.hidden = ways.length === 0;
      if (ways.length === 0) return;
      const isAlone = activeFilters(search).length + (search.q ? 1 : 0) === 1;
      const said = isAlone ? "Aucune entreprise ne répond à ce critère." : "Aucune entreprise ne répond à tous ces critères à la fois.";
      if (!isSaid && search[KIND].length === 0) none.append(element("p", "", said));
      none.append(element("ul", "catalogue__ways", ...ways));
    },
  };
}

// The results: written with textContent, so that no record can act on the page.
import { FACETS } from "./facets.js";

const PAGE = 20;
const NBSP = "\u00a0";

export function createResults(root, remove) {
  const part = (name) => root.querySelector(`[data-search-${name}]`);
  const [found, rest, count, active, note, rows, more] = ["found", "rest", "count", "active", "note", "rows", "more"].map(part);
  let waiting = [];
  let turn = 0;

  more.addEventListener("click", async () => {
    const first = rows.children.length;
    await next();
    rows.children[first]?.querySelector("a")?.focus();
  });

  async function next() {
    const mine = turn;
    const batch = waiting.splice(0, PAGE);
    const pages = await Promise.all(batch.map((result) => result.data()));
    if (mine !== turn) return;
    rows.append(...pages.map(row));
    more.hidden = waiting.length === 0;
  }

  function row(page) {
    const meta = page.meta ?? {};
    const item = element("li", "row");
    const name = element("h3", "row__name");
    const link = element("a", "", meta.title);
    link.href = page.url;
    name.append(link);
    const facts = element("p", "row__facts");
    for (const text of [meta.lieu, meta.secteur]) if (text) facts.append(element("span", "", text), " ");
    item.append(name, facts);
    if (meta.offre) item.append(element("p", "row__text", meta.offre));
    return item;
  }

  function chip(text, facet, value) {
    const item = element("li");
    const button = element("button", "", text);
    button.type = "button";
    if (facet) {
      button.append(element("span", "active-filters__mark", "×"));
      button.firstElementChild.setAttribute("aria-hidden", "true");
      button.setAttribute("aria-label", `Enlever le filtre ${text}`);
    }
    button.addEventListener("click", () => remove(facet, value));
    item.append(button);
    return item;
  }

  return {
    // Nothing is asked: the lists to browse.
    rest() {
      turn += 1;
      found.hidden = true;
      rest.hidden = false;
      count.textContent = "Résultats";
    },
    fail() {
      turn += 1;
      found.hidden = false;
      rest.hidden = false;
      rows.replaceChildren();
      more.hidden = true;
      note.hidden = true;
      count.textContent = "La recherche n’a pas pu démarrer. Voici les listes complètes.";
    },
    async show(answer, state) {
      turn += 1;
      found.hidden = false;
      rest.hidden = answer.results.length > 0;
      count.textContent = title(answer, state.words);
      note.textContent = remark(answer);
      note.hidden = note.textContent === "";
      const chips = FACETS.flatMap(({ key }) => [...(state.chosen.get(key) ?? [])].map((value) => chip(value, key, value)));
      if (chips.length > 0) chips.push(chip("Tout effacer"));
      active.replaceChildren(...chips);
      active.hidden = chips.length === 0;
      rows.replaceChildren();
      more.hidden = true;
      waiting = [...answer.results];
      await next();
    },
  };
}

// Why the results are not quite what was asked: never an empty page without a word.
function remark({ results, asked, dropped, scattered, unfiltered }) {
  if (results.length > 0 && scattered) return "Aucune fiche ne répond à tous ces mots à la fois. Voici celles qui répondent à au moins un.";
  if (results.length > 0 && dropped.length > 0) {
    return `Aucune fiche ne contient ${quote(dropped)}. Voici les résultats pour ${quote([asked])}.`;
  }
  if (results.length > 0) return "";
  if (unfiltered > 0) return `Sans les filtres, il y aurait ${plural(unfiltered)}. Enlevez-en un pour élargir la recherche.`;
  return "Essayez un mot plus général, vérifiez l’orthographe ou parcourez les listes ci-dessous.";
}

function title({ results }, words) {
  const about = words ? ` pour ${quote([words])}` : "";
  return results.length === 0 ? `Aucune entreprise${about}` : `${plural(results.length)}${about}`;
}

function plural(number) {
  return `${number.toLocaleString("fr-CA")}${NBSP}entreprise${number > 1 ? "s" : ""}`;
}

function quote(words) {
  return words.map((word) => `«${NBSP}${word}${NBSP}»`).join(", ");
}

function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

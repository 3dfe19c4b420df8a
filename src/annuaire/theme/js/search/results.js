// The results: written with textContent, so that no record can act on the page.
import { element } from "../common/element.js";
import { plural, quote } from "../common/french.js";
import { FACETS } from "../common/words/filters.js";
import { createNote } from "../common/words/note.js";

const PAGE = 20;
const BADGES = { "Fiche vérifiée": "ok", "J’achète!": "buy" };

export function createResults(root, site, remove, again) {
  const part = (name) => root.querySelector(`[data-search-${name}]`);
  const [found, rest, count, active, rows, more] = ["found", "rest", "count", "active", "rows", "more"].map(part);
  const note = createNote(part("note"), site, again);
  let why = () => [];
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
    if (meta.telephone) facts.append(phone(meta.telephone));
    if (meta.offre) item.append(element("p", "row__text", meta.offre));
    // The same words, though the enterprise does not use them itself.
    const sectors = why(page.filters?.secteur ?? [], `${meta.title} ${meta.lieu} ${page.content}`);
    if (sectors.length > 0) item.append(element("p", "row__text quiet", `Secteur correspondant\u00a0: ${sectors.join(", ")}`));
    const badges = (meta.badges ?? "").split("|").filter(Boolean);
    if (badges.length > 0) item.append(element("ul", "badges row__badges", ...badges.map(badge)));
    return item;
  }

  function phone(number) {
    const link = element("a", "", number);
    const [main, extension] = number.split(" poste ");
    link.href = `tel:+1${main.replace(/\D/g, "")}${extension ? `;ext=${extension}` : ""}`;
    return element("span", "", link);
  }

  function badge(text) {
    return element("li", `badge${BADGES[text] ? ` badge--${BADGES[text]}` : ""}`, text);
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
      note.hide();
      count.textContent = "La recherche n’a pas pu démarrer. Voici les listes complètes.";
    },
    async show(answer, state) {
      turn += 1;
      found.hidden = false;
      rest.hidden = answer.results.length > 0;
      count.textContent = title(answer, state.words);
      why = answer.why;
      note.show(answer);
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

function title({ results }, words) {
  const about = words ? ` pour ${quote(words)}` : "";
  return results.length === 0 ? `Aucune entreprise${about}` : `${plural(results.length, "entreprise")}${about}`;
}

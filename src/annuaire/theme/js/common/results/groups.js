// The results by how they answer: who offers what is asked, confirmed first; who speaks of it; and, folded, who is only of
// the same sector. Thirty at a time.
import { LEVELS as ORDER } from "../answer/answer.js";
import { element } from "../element.js";
import { NBSP, figure, plural } from "../french.js";
import { MOST_ENTERPRISES, addAll, isKept, size } from "../selection/store.js";
import { createRows } from "./rows.js";
import { groupText, keptNeed, needOf } from "./wording.js";

const STEP = 30;
const FIRST = 8; // what a screen holds: painted before anything else when the page opens
const SECTOR = ORDER.at(-1);

// `about(rank)` gives what a page adds to the row of an enterprise.
export function createGroups(catalogue, container, more, root, about) {
  const rows = createRows(catalogue, root, about);
  let [answer, view, shown, places] = [null, "", 0, new Map()];
  let wanted = STEP;

  more.addEventListener("click", () => {
    const first = next();
    history.replaceState({ shown }, "");
    (first?.querySelector("a") ?? more).focus();
  });

  // Show the next ones; give the first row of them.
  function next(count = STEP) {
    const end = Math.min(answer.found.length, shown + count);
    let [first, from] = [undefined, 0];
    for (const group of answer.groups) {
      const to = from + group.ranks.length;
      const part = group.ranks.slice(Math.max(shown - from, 0), Math.max(end - from, 0));
      from = to;
      if (part.length === 0) continue;
      const known = places.get(group.key);
      const row = known ? rows.more(known, part, answer) : begin(group, part);
      first ??= row;
    }
    shown = end;
    more.hidden = shown >= answer.found.length;
    return first;
  }

  function item(rank) {
    return { slug: catalogue.slugOf(rank), nom: catalogue.json.entreprises.nom[rank], besoin: keptNeed(catalogue, answer, rank), niveau: answer.levelOf(rank) };
  }

  // Take the rows that the page came with, unless they are those of other data.
  function adopt() {
    const links = [...container.querySelectorAll(".rows > li > h4 > a")];
    if (links.some(({ href }, rank) => !href.endsWith(`/${catalogue.slugOf(answer.found[rank])}/`))) return false;
    for (const { key, ranks } of answer.groups) {
      const section = container.querySelector(`[data-group="${key}"]`);
      if (!section) break;
      const list = section.querySelector("ul.rows");
      list.before(adder(ranks, groupText(catalogue, answer, key)[0], section.querySelector("[data-add]"))[1]);
      places.set(key, list);
      shown += list.children.length;
    }
    more.hidden = shown >= answer.found.length;
    return true;
  }

  // The button that keeps a whole group, which the page may have come with, and what it says.
  function adder(ranks, title, add = element("button", "button no-print", "Tout retenir")) {
    const said = element("p", "small");
    said.setAttribute("role", "status");
    add.type = "button";
    add.disabled = false;
    add.setAttribute("aria-label", `Tout retenir dans ma sélection${NBSP}: ${title}, ${plural(ranks.length, "entreprise")}`);
    add.addEventListener("click", () => {
      const added = addAll(ranks.map(item));
      const kept = isKept() ? "" : ", tant que cette page reste ouverte";
      const isFull = size() >= MOST_ENTERPRISES ? ` C’est le plus qu’elle peut en tenir${NBSP}: créez-en une autre, ou précisez votre recherche.` : "";
      said.textContent = `${plural(added, "entreprise retenue", "entreprises retenues")}; votre sélection en compte ${size()}${kept}.${isFull}`;
    });
    return [add, said];
  }

  function begin({ key, ranks }, part) {
    const [title, note] = groupText(catalogue, answer, key);
    const heading = element("h3", "", title, " ", element("span", "group__count", figure(ranks.length)));
    heading.id = `groupe-${key}`;
    const [add, said] = adder(ranks, title);
    const content = view === "tableau" ? rows.table(part, answer, title) : rows.list(part, answer);
    const head = element("div", "catalogue__group", heading, add);
    const section = element("section", "section", head, ...(note ? [element("p", "hint hint--wait", note)] : []), said, content);
    section.setAttribute("aria-labelledby", heading.id);
    section.dataset.group = key;
    container.insertBefore(section, container.querySelector("[data-group=secteur]"));
    places.set(key, content);
    return content.querySelector(view === "tableau" ? "tbody tr" : "li");
  }

  // Who is of the same sector answers nothing: folded, laid when it is opened, never added but one by one.
  function laySector() {
    const { sector } = answer;
    if (sector.length === 0) return;
    const need = needOf(catalogue, answer.said);
    const summary = element("summary", "", element("h3", "", "Même secteur ", element("span", "group__count", figure(sector.length))));
    const asked = need ? `au besoin ${need}` : "à ce besoin";
    const text = `Leur secteur pourrait répondre ${asked}, mais aucune offre ne le dit. Elles n’entrent dans aucun décompte, aucun fichier, aucun relevé ni aucun tirage.`;
    const block = element("details", "section same-sector", summary, element("p", "hint hint--wait", text));
    block.dataset.group = SECTOR;
    let done = 0;
    const list = element("ul", "rows");
    const others = element("button", "button", "Voir plus");
    others.type = "button";
    const lay = () => {
      const part = sector.slice(done, done + STEP);
      done += part.length;
      list.append(...rows.list(part, answer).children);
      others.hidden = done >= sector.length;
    };
    others.addEventListener("click", lay);
    block.append(list, element("p", "", others));
    block.addEventListener("toggle", () => {
      if (block.open && done === 0) lay();
    });
    container.append(block);
  }

  return {
    // `count`: how many were shown when the visitor left, to find the same place again. `isFirst`: the page opens, and
    // `fill` will show the rest. `isThere`: the page came with the first rows of this very answer, which are kept.
    show(found, { vue }, count = STEP, isFirst = false, isThere = false) {
      [answer, view, shown, places] = [found, vue, 0, new Map()];
      wanted = Number.isInteger(count) && count > STEP ? Math.min(count, 3000) : STEP;
      if (isThere && adopt()) return;
      container.replaceChildren();
      laySector();
      next(isFirst ? FIRST : wanted);
    },
    fill() {
      if (shown < wanted) next(wanted - shown);
    },
  };
}

// The results in two parts: what somebody vouched for, then what is still to confirm, which says so. Thirty at a time.
import { element } from "../common/element.js";
import { NBSP, figure, plural } from "../common/french.js";
import { MOST_ENTERPRISES, addAll, isKept, size } from "../common/selection/store.js";
import { createRows } from "./rows.js";

const STEP = 30;
const FIRST = 8; // what a screen holds: painted before anything else when the page opens
const GROUPS = [
  { title: "Offres et fiches confirmées", note: "" },
  {
    title: "À confirmer",
    note:
      "Personne n’a encore confirmé ces renseignements. Vérifiez-les auprès de l’entreprise avant de vous y fier\u00a0: ils " +
      "n’entrent dans aucune invitation ni aucun tirage.",
  },
];

export function createGroups(catalogue, container, more, root) {
  const rows = createRows(catalogue, root);
  let [answer, view, shown, places] = [null, "", 0, []];
  let wanted = STEP;

  more.addEventListener("click", () => {
    const first = next();
    history.replaceState({ shown }, "");
    (first?.querySelector("a") ?? more).focus();
  });

  // Show the next ones; give the first row of them.
  function next(count = STEP) {
    const { found, confirmed } = answer;
    const end = Math.min(found.length, shown + count);
    let first;
    for (const [rank, [from, to]] of [[0, confirmed], [confirmed, found.length]].entries()) {
      const part = found.slice(Math.max(from, shown), Math.min(to, end));
      if (part.length === 0) continue;
      const row = places[rank] ? rows.more(places[rank], part, answer) : begin(rank, part, to - from);
      first ??= row; // made first: a second group is shown too
    }
    shown = end;
    more.hidden = shown >= found.length;
    return first;
  }

  function begin(rank, part, total) {
    const { title, note } = GROUPS[rank];
    const heading = element("h3", "", title, " ", element("span", "group__count", figure(total)));
    heading.id = `groupe-${rank}`;
    const said = element("p", "small");
    said.setAttribute("role", "status");
    const add = element("button", "button button--small no-print", "Tout ajouter");
    add.type = "button";
    add.setAttribute("aria-label", `Tout ajouter à ma sélection${NBSP}: ${title}, ${plural(total, "entreprise")}`);
    add.addEventListener("click", () => {
      const [from, to] = rank === 0 ? [0, answer.confirmed] : [answer.confirmed, answer.found.length];
      const { slug, nom } = catalogue.json.entreprises;
      const added = addAll(answer.found.slice(from, to).map((index) => ({ slug: slug[index], nom: nom[index] })));
      const kept = isKept() ? "" : ", tant que cette page reste ouverte";
      const isFull = size() >= MOST_ENTERPRISES ? ` C’est le plus qu’elle peut en tenir${NBSP}: créez-en une autre, ou précisez votre recherche.` : "";
      said.textContent = `${plural(added, "entreprise ajoutée", "entreprises ajoutées")}; votre sélection en compte ${size()}${kept}.${isFull}`;
    });
    const content = view === "tableau" ? rows.table(part, answer, title) : rows.list(part, answer);
    const head = element("div", "catalogue__group", heading, add);
    const section = element("section", "section", head, ...(note ? [element("p", "hint hint--wait", note)] : []), said, content);
    section.setAttribute("aria-labelledby", heading.id);
    container.append(section);
    places[rank] = content;
    return content.querySelector(view === "tableau" ? "tbody tr" : "li");
  }

  return {
    // `count`: how many were shown when the visitor left, to find the same place again. `isFirst`: the page opens, and
    // `fill` will show the rest.
    show(found, how, count = STEP, isFirst = false) {
      [answer, view, shown, places] = [found, how, 0, []];
      wanted = Number.isInteger(count) && count > STEP ? Math.min(count, 3000) : STEP;
      container.replaceChildren();
      next(isFirst ? FIRST : wanted);
    },
    fill() {
      if (shown < wanted) next(wanted - shown);
    },
  };
}

// The answer as one letter page, which paper alone shows: what fits, then how many more there are, and where to read them.
// A part is { title, records, isCounted, isBrief }; what is not counted (whom to ask, who is near and cannot be reached) is
// never left out; of what is brief the name and the town are enough. Lengths
// are those of paper (help.css): what fits is measured here, once it is in the page.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";

function reach({ j = {}, p }) {
  const said = [j.tel?.[0], j.courriel?.[0], j.site?.[0], j.fichier?.[0]].filter(Boolean);
  if (said.length === 0 && j.adresse) said.push(j.adresse);
  const line = said.join(" · ");
  return p && line ? `${line} (par ${p[0]})` : line;
}

// Where it serves is said when no territory was asked.
function row({ n, w, r, ...record }, isPlaced, isBrief) {
  const item = element("li", "leaf__row", element("strong", "", n));
  if (w && (isBrief || !isPlaced)) item.append(` (${w})`);
  if (isBrief) return item;
  item.append(element("p", "", r), element("p", "leaf__reach", reach(record) || "Coordonnées à compléter"));
  return item;
}

function rest(count, apart, address) {
  const more = [];
  if (count > 0) more.push(plural(count, "autre réponse", "autres réponses"));
  if (apart > 0) more.push(`${plural(apart, "fiche")} à part (à compléter, à confirmer ou terminé)`);
  return `${["En ligne", more.join(" et ")].filter(Boolean).join(", ")}${NBSP}: ${address}`;
}

export function leaf(title, said, parts, apart, { href, isPlaced }) {
  const lists = parts.map(({ records, ...part }) => ({ ...part, list: element("ul", "", ...records.map((one) => row(one, isPlaced, part.isBrief))) }));
  const columns = element("div", "leaf__columns");
  for (const { title: words, list } of lists) columns.append(element("section", "", element("p", "leaf__group", words), list));
  const last = element("p", "leaf__rest");
  const node = element("div", "leaf", element("p", "leaf__title", title), element("p", "", said), columns, last);
  return { node, lists, columns, last, apart, href };
}

// Take rows away, the last of the longest list first, until the page holds the others.
export function fit({ node, lists, columns, last, apart, href }) {
  let count = 0;
  const isOver = () => columns.scrollWidth > columns.clientWidth + 1;
  const size = ({ isCounted, list }) => (isCounted ? list.childElementCount : 0);
  node.classList.add("is-measured");
  last.textContent = rest(count, apart, href);
  while (isOver()) {
    const longest = lists.reduce((one, other) => (size(other) > size(one) ? other : one));
    if (size(longest) === 0) break;
    longest.list.lastChild.remove();
    if (size(longest) === 0) longest.list.parentNode.remove();
    count += 1;
  }
  last.textContent = rest(count, apart, href);
  node.classList.remove("is-measured");
}

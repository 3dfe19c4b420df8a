// The suppliers around a municipality, by distance of territory, and whether enough of them can be invited.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { enterpriseLink } from "../common/pieces.js";
import { PLACES } from "./suppliers.js";


// `context`: {answer, question, label (of the category), site, href (of the catalogue), everywhere (the same, whatever
// the territory), mrc}.
export function showSuppliers(section, found, context) {
  const { answer, label, href, everywhere, mrc } = context;
  const title = element("h2", "", `Fournisseurs${NBSP}: ${label.toLowerCase()}`);
  title.id = "fournisseurs-proches";
  const titles = {
    ici: `Situés ${mrc.dans}`,
    voisins: "Dans les MRC voisines",
    ailleurs: "D’ailleurs, qui desservent ce territoire",
  };
  const lines = [title, ...counted(found, answer)];
  for (const place of PLACES) {
    lines.push(element("h3", "", `${titles[place]} (${found[place].confirmes.length})`));
    lines.push(found[place].confirmes.length > 0 ? list(found[place].confirmes, context, place) : element("p", "quiet", "Aucun fournisseur confirmé."));
  }
  const others = PLACES.flatMap((place) => found[place].autres);
  if (others.length > 0) {
    lines.push(
      element("h3", "", `À confirmer (${others.length})`),
      element("p", "small", "Ces offres viennent de sources publiques et personne ne les a confirmées. Elles ne comptent pas et n’entrent dans aucune invitation."),
      list(others, { ...context, answer: { exemptions: [] } }, "autres"),
    );
  }
  if (found.muets > 0) {
    const all = element("a", "", `${found.muets > 1 ? "les" : "la"} voir dans le catalogue`);
    all.href = everywhere;
    const said = `${plural(found.muets, "autre entreprise offre", "autres entreprises offrent")} cette catégorie ailleurs, sans dire quel territoire ${found.muets > 1 ? "elles desservent" : "elle dessert"}${NBSP}: `;
    lines.push(element("p", "", said, all, "."));
  }
  const more = element("a", "more", "Voir ceux qui desservent ce territoire dans le catalogue");
  more.href = href;
  lines.push(element("p", "no-print", more));
  section.replaceChildren(...lines);
  section.hidden = false;
}

function serving({ total, dessert }) {
  if (total === 1) return dessert === 1 ? "qui dit" : "qui ne dit pas";
  if (dessert === 0) return "dont aucun ne dit";
  return `dont ${dessert} qui ${dessert > 1 ? "disent" : "dit"}`;
}

function counted(found, { invites }) {
  const number = plural(found.total, "fournisseur confirmé", "fournisseurs confirmés");
  const lines = [element("p", "verdict__count", `${number}, ${serving(found)} desservir ce territoire.`)];
  if (found.total === 0) lines[0].textContent = "Aucun fournisseur confirmé.";
  if (!invites) return lines;
  const needed = invites.invites;
  const enough = found.total >= needed;
  const said = enough
    ? `Inviter au moins ${needed}${NBSP}fournisseurs est possible.`
    : `Une invitation en demande au moins ${needed}${NBSP}: il en manque ${needed - found.total}.`;
  const origin = ` (${invites.texte.source}, ${invites.texte.verifie.toLowerCase()})`;
  return [...lines, element("p", "", element("strong", "", said), element("span", "small quiet", origin))];
}

function list(suppliers, { answer, site }, place) {
  const exempt = (item) => item.forme_confirmee && answer.exemptions.some(({ formes }) => formes.includes(item.forme));
  const rows = element(
    "ul",
    "rows",
    ...suppliers.map((item) => {
      const link = enterpriseLink(site, item.slug, item.nom);
      const facts = [item.municipalite, ...item.offres.slice(0, 3)].filter(Boolean).map((text) => element("span", "", text));
      const badges = [
        item.dessert && element("li", "badge badge--plain", "Dessert ce territoire"),
        exempt(item) && element("li", "badge badge--ok", "Exemption à examiner"),
      ].filter(Boolean);
      const row = element("li", "", element("p", "row__name", link), element("p", "row__facts", ...spaced(facts)));
      if (badges.length > 0) row.append(element("ul", "badges", ...badges));
      return row;
    }),
  );
  rows.dataset.place = place;
  return rows;
}

function spaced(nodes) {
  return nodes.flatMap((node, rank) => (rank ? [" ", node] : [node]));
}

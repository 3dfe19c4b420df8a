// What the purchases say, in tables that add up; the same on paper.
import { element } from "../common/element.js";
import { NBSP, figure, plural, quote } from "../common/french.js";
import { button, enterpriseLink } from "../common/pieces.js";
import { showPending } from "./pending.js";
import { shareOf } from "./summary.js";
import { table } from "./tables.js";
import { APART, BY, STATES, dollars, elseSentence, pendingSentence, percent, placed, shareSentence } from "./wording.js";
import * as adresses from "../../../data/adresses.json";

const FIRST = 100; // suppliers shown before the others are asked for
const [AMOUNT, SHARE, SUPPLIERS, LINES] = [{ title: "Montant", isNumber: true }, { title: "Part", isNumber: true }, { title: "Fournisseurs", isNumber: true }, { title: "Lignes", isNumber: true }];

// `part(name)` finds a place of the page; see `pending.js` for what is in `acts`.
export function showResult(part, result, acts) {
  part("summary").replaceChildren(...summary(result));
  showPending(part("pending-body"), result, acts);
  part("categories").hidden = result.categories.length === 0;
  part("territories").hidden = result.territories.length === 0;
  part("categories-body").replaceChildren(breakdown("Achats confirmés, selon ce que le fournisseur offre", "Catégorie", result.categories, result.confirmed));
  part("territories-body").replaceChildren(breakdown("Achats confirmés, selon l’adresse principale du fournisseur", "Territoire", result.territories, result.confirmed));
  part("confirmed-body").replaceChildren(...confirmed(result, acts));
  showElse(part, result, acts.site);
  part("lines").replaceChildren(...lines(result));
}

function summary(result) {
  const rows = [...STATES.map(([key, label]) => [label, result[key]]), ["Total des achats lus", result.total]];
  const cells = rows.map(([label, sum]) => [label, dollars(sum.cents), percent(shareOf(sum.cents, result.total.cents)), figure(sum.suppliers), figure(sum.lines)]);
  const waiting = pendingSentence(result);
  return [
    element("p", "ledger__share", element("strong", "", shareSentence(result))),
    waiting ? element("p", "", waiting) : "",
    table("Les achats lus, selon le fournisseur", [{ title: "Fournisseur" }, AMOUNT, SHARE, SUPPLIERS, LINES], cells),
  ];
}

function breakdown(caption, title, rows, whole) {
  return table(caption, [{ title }, AMOUNT, SHARE, SUPPLIERS, LINES], rows.map(({ label, cents, suppliers, lines: count }) => [label, dollars(cents), percent(shareOf(cents, whole.cents)), figure(suppliers), figure(count)]));
}

function confirmed({ list: { confirmed: all } }, { site, decide }) {
  if (all.length === 0) return [element("p", "", "Aucun fournisseur du carnet n’est confirmé comme entreprise du répertoire.")];
  const columns = [{ title: "Fournisseur du carnet" }, { title: "Au répertoire" }, { title: "Reconnu par" }, LINES, AMOUNT, { title: element("span", "no-print", "Choix") }];
  const row = ({ key, name, neq, cents, lines: count, by, firm }) => {
    const no = button("Retirer", "link-button no-print", () => decide([key], by === "neq" ? -1 : null));
    no.setAttribute("aria-label", `Retirer ${quote(name || neq)}`);
    const more = placed(firm);
    return [name || `NEQ ${neq}`, element("div", "", enterpriseLink(site, firm.slug, firm.name), more ? element("p", "small quiet", more) : ""), BY[by], figure(count), dollars(cents), no];
  };
  const shown = all.slice(0, FIRST);
  const frame = table("Du plus grand montant au plus petit", columns, shown.map(row));
  if (shown.length === all.length) return [frame];
  const more = button(`Montrer les ${figure(all.length - FIRST)} autres`, "button no-print", () => {
    frame.replaceWith(table("Du plus grand montant au plus petit", columns, all.map(row)));
    more.remove();
  });
  return [frame, element("p", "ask__act", more)];
}

function showElse(part, result, site) {
  const found = result.else;
  const columns = [{ title: "Catégorie" }, { title: "Objets du carnet" }, LINES, AMOUNT, { title: "Avec qui" }];
  const rows = found.categories.map(({ label, slug, objects, lines: count, cents, firms, number }) => {
    const link = element("a", "", label);
    link.href = new URL(`${adresses.catalogue}?categorie=${slug}`, site).href;
    const names = firms.map(({ slug: own, name, town, isSure }) => element("li", "", enterpriseLink(site, own, name), [town && ` (${town})`, isSure ? "" : ", offre à confirmer"].filter(Boolean).join("")));
    if (number > firms.length) names.push(element("li", "quiet", `et ${plural(number - firms.length, "autre")}`));
    return [link, objects.map(quote).join(", "), figure(count), dollars(cents), element("ul", "ledger__firms", ...names)];
  });
  const said = element("p", "", found.isWhole || !found.hasObjects ? elseSentence(found) : "Lecture des objets en cours…");
  part("else-body").replaceChildren(said, rows.length > 0 ? table("Achats faits ailleurs dont l’objet est offert au répertoire", columns, rows) : "");
}

function lines({ apart, rows, total, credits, badNeq }) {
  const counts = [["Achats lus", total.lines], ...Object.entries(APART).map(([reason, label]) => [label, apart[reason].count]).filter(([, count]) => count > 0), ["Lignes du fichier", rows]];
  const notes = [];
  if (credits > 0) notes.push(`${plural(credits, "achat lu est un crédit", "achats lus sont des crédits")}, ${credits > 1 ? "soustraits" : "soustrait"}.`);
  if (badNeq > 0) notes.push(`${plural(badNeq, "NEQ n’en est pas un", "NEQ n’en sont pas")} (dix chiffres qui commencent par 11, 22, 33 ou 88)${NBSP}: le nom a servi.`);
  const details = Object.entries(APART).filter(([reason]) => apart[reason].rows.length > 0 && reason !== "vide");
  return [
    table("Chaque ligne est lue, ou laissée de côté pour une raison", [{ title: "Lignes" }, { title: "Nombre", isNumber: true }], counts.map(([label, count]) => [label, figure(count)])),
    ...notes.map((text) => element("p", "small", text)),
    ...details.map(([reason, label]) => {
      const items = apart[reason].rows.map(({ row, text }) => element("li", "", `Ligne ${row}${NBSP}: ${text}`));
      return element("details", "ledger__apart no-print", element("summary", "", `${label} (${figure(apart[reason].count)})`), element("ul", "plain-list small", ...items));
    }),
  ];
}

// The enterprises found, as rows or as a table: written with textContent, so that no record can act on the page.
import { element } from "../element.js";
import { NBSP, plural } from "../french.js";
import { enterpriseLink, rowPicture, telephoneLink, websiteLink } from "../pieces.js";
import { createSelectButton } from "../selection/button.js";
import { farLabel, formLabel } from "../catalogue/wording.js";
import { inWords } from "../today.js";
import { keptNeed } from "./wording.js";
import { aPreciser } from "../../../../data/communs.json";

const OFFERS = 3; // of one enterprise, in its row
const TO_CONFIRM = "À confirmer";
const NOT_OFFERS = new Set(["activite", "secteur"]); // levels at which nothing says that it offers what is asked

// `answer` is what `evaluate` gave; `root` leads to the root of the site; `about(rank)`: what a page adds to a row.
export function createRows(catalogue, root, about = () => []) {
  const link = ({ slug, nom }) => enterpriseLink(root, slug, nom);

  function phone(number) {
    const node = telephoneLink(number);
    node.textContent = number.replace(/ /g, NBSP); // on one line
    return node;
  }

  // The official list has another apostrophe than pages.
  function townOf({ municipalite }) {
    return municipalite?.nom.replace(/'/g, "’") ?? "";
  }

  function form(enterprise) {
    return enterprise.forme?.slug === aPreciser ? "" : formLabel(enterprise);
  }

  // Why a row is there, where it does not say so itself.
  function state(rank, answer, enterprise, offers) {
    const level = answer.levelOf(rank);
    if (NOT_OFFERS.has(level)) return level === "activite" ? "À demander" : "Même secteur";
    return answer.isSure(rank) ? vouched(enterprise, offers) : TO_CONFIRM;
  }

  function select({ slug, nom }, rank, answer) {
    return createSelectButton(slug, nom, { need: keptNeed(catalogue, answer, rank), level: answer.levelOf(rank), search: answer.asked });
  }

  // When what is found was confirmed: the offer where there is one, else the record.
  function vouched(enterprise, offers) {
    const date = offers.find(({ confirmee, date: day }) => confirmee && day)?.date || enterprise.date;
    return date ? `Confirmé le ${inWords(date)}` : "Confirmé";
  }

  function badge(picture, ...texts) {
    return element("li", `icon--${picture}`, ...texts);
  }

  // The place of what the second part of the data says, until it comes.
  function awaited(text) {
    const node = element("span", "awaited", text.replace(/ /g, NBSP));
    node.setAttribute("aria-hidden", "true");
    return node;
  }

  function offerLine({ nom, categorie, confirmee }, isMixed) {
    const item = element("li", "", element("span", "", nom));
    if (categorie && categorie.libelle !== nom) item.append(" ", element("span", "quiet", categorie.libelle));
    if (isMixed && !confirmee) item.append(" ", element("span", "quiet", "(à confirmer)"));
    return item;
  }

  function offersNode(offers) {
    const isMixed = offers.some(({ confirmee }) => confirmee);
    const shown = offers.slice(0, OFFERS).map((offer) => offerLine(offer, isMixed));
    const more = offers.length - shown.length;
    if (more > 0) shown.push(element("li", "offers-found__more", `et ${plural(more, "autre offre", "autres offres")}`));
    return element("ul", "offers-found", ...shown);
  }

  function read(rank, answer) {
    const enterprise = catalogue.enterprise(rank);
    const offers = answer.offersOf(rank).map((offer) => catalogue.offer(offer));
    const far = answer.distances.get(rank) ?? answer.said?.results.get(rank)?.far;
    return { enterprise, offers, isSure: answer.isSure(rank), far: Number.isFinite(far) ? far : undefined };
  }

  // The documents that the visitor asks about: number, date and source are what makes a « yes » of them.
  function proofs({ conformite }, kinds) {
    return conformite.flatMap(({ slug, libelle, numero, valide_jusqua: until, valeur, source }) => {
      if (!kinds.has(slug)) return [];
      const date = until && `${valeur === "oui" ? "valide jusqu’au" : "échéance dépassée le"} ${inWords(until)}`;
      const said = [numero, date, source && `source${NBSP}: ${source}`].filter(Boolean).join(", ");
      return [element("p", "row__text small quiet", said ? `${libelle}${NBSP}: ${said}` : libelle)];
    });
  }

  function row(rank, answer) {
    const { enterprise, offers, isSure, far } = read(rank, answer);
    const facts = element("p");
    const say = (content) => content && facts.append(element("span", "", content), " ");
    say(townOf(enterprise));
    if (far !== undefined) say(farLabel(far));
    say(form(enterprise));
    if (catalogue.isWhole) say(enterprise.telephone ? phone(enterprise.telephone) : websiteLink(enterprise)); // one way of asking, at least
    else facts.append(awaited("000 000-0000"));
    // The title of a group says that it is to confirm: a row says only what sets it apart.
    const badges = element("ul", "badges");
    if (isSure) badges.append(badge("check", ...(catalogue.isWhole ? [vouched(enterprise, offers)] : ["Confirmé", awaited(" le 30 septembre 2026")])));
    if (enterprise.jachete) badges.append(badge("cart", "J’achète!"));
    const picture = enterprise.image && rowPicture(root, enterprise.image);
    const item = element("li", picture ? "row--pictured" : "", ...(picture ? [picture] : []), element("h4", "", link(enterprise)), facts);
    if (offers.length > 0) item.append(offersNode(offers));
    else if (enterprise.activite) item.append(element("p", "row__text", enterprise.activite));
    else if (!catalogue.isWhole) item.append(element("p", "row__text", NBSP)); // its place, until it comes
    item.append(...proofs(enterprise, answer.kinds ?? new Set()), ...about(rank), ...(badges.children.length > 0 ? [badges] : []), select(enterprise, rank, answer));
    return item;
  }

  function line(rank, answer, isNear) {
    const { enterprise, offers, far } = read(rank, answer);
    const cell = (...content) => element("td", "", ...content);
    const cells = [
      element("td", "catalogue__cell no-print", select(enterprise, rank, answer)),
      Object.assign(element("th", "", link(enterprise)), { scope: "row" }),
      cell(townOf(enterprise)),
      cell(offers.map(({ nom }) => nom).slice(0, OFFERS).join(", ") + (offers.length > OFFERS ? "…" : "")),
      cell(form(enterprise)),
      cell(state(rank, answer, enterprise, offers)),
      cell(...(enterprise.telephone ? [phone(enterprise.telephone)] : [])),
    ];
    if (isNear) cells.splice(3, 0, cell(far === undefined ? "" : farLabel(far)));
    return element("tr", "", ...cells);
  }

  const HEADS = ["Entreprise", "Municipalité", "Offres", "Forme juridique", "Vérification", "Téléphone"];

  return {
    list(ranks, answer) {
      return element("ul", "rows", ...ranks.map((rank) => row(rank, answer)));
    },
    table(ranks, answer, title) {
      const isNear = answer.distances.size > 0;
      const heads = HEADS.map((text) => Object.assign(element("th", "", text), { scope: "col" }));
      if (isNear) heads.splice(2, 0, Object.assign(element("th", "", "Distance"), { scope: "col" }));
      heads.unshift(element("td", "catalogue__cell no-print", element("span", "hidden-text", "Ma sélection")));
      const head = element("thead", "", element("tr", "", ...heads));
      const body = element("tbody", "", ...ranks.map((rank) => line(rank, answer, isNear)));
      const frame = element("div", "table-scroll", element("table", "catalogue__table", element("caption", "hidden-text", title), head, body));
      frame.tabIndex = 0; // a wide table is slid with the arrows too
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", title);
      return frame;
    },
    // Add to what `list` or `table` made; give the first new row.
    more(node, ranks, answer) {
      const isTable = !node.matches("ul");
      const parent = isTable ? node.querySelector("tbody") : node;
      const made = ranks.map((rank) => (isTable ? line(rank, answer, answer.distances.size > 0) : row(rank, answer)));
      parent.append(...made);
      return made[0];
    },
  };
}

// Suppliers whose name is like one of the directory: a person says who is who, one by one or all that are written alike.
import { element } from "../common/element.js";
import { NBSP, plural, quote } from "../common/french.js";
import { button, enterpriseLink } from "../common/pieces.js";
import { dollars, likeness, placed } from "./wording.js";

const STEP = 30;

// `decide(keys, rank)`: a rank of the directory, -1 for nobody of it, null to forget; `confirmAlike()` confirms those written alike;
// `shown.pending` is how many were shown last.
export function showPending(place, { list: { pending, refused }, alike }, { site, decide, confirmAlike, shown }) {
  place.replaceChildren();
  if (pending.length === 0) place.append(element("p", "", "Aucun nom n’attend de confirmation."));
  if (alike > 1) place.append(element("p", "ask__act", button(`Confirmer les ${alike} noms identiques`, "button", confirmAlike)));
  const list = element("ul", "ledger__list");
  let made = 0;
  const more = button("En montrer d’autres", "button", () => {
    const first = add(STEP);
    first?.querySelector("button").focus();
  });
  function add(count) {
    const fresh = pending.slice(made, made + count).map((one) => entry(one, site, decide));
    list.append(...fresh);
    made += fresh.length;
    shown.pending = Math.max(shown.pending, made);
    more.hidden = made >= pending.length;
    return fresh[0];
  }
  add(Math.max(STEP, shown.pending));
  if (pending.length > 0) place.append(list, element("p", "ask__act", more));
  if (refused.length > 0) place.append(setAside(refused, decide));
}

function entry({ key, name, neq, cents, lines, candidates }, site, decide) {
  const facts = [neq && `NEQ ${neq}`, dollars(cents), plural(lines, "ligne")].filter(Boolean).join(", ");
  const proposals = candidates.map((one) => {
    const yes = button("C’est elle", "row-button row-button--wide", () => decide([key], one.rank));
    yes.setAttribute("aria-label", `C’est elle${NBSP}: ${one.name} est ${quote(name)}`);
    const said = [placed(one), likeness(one)].filter(Boolean).join("; ");
    return element("li", "", element("span", "", enterpriseLink(site, one.slug, one.name), element("br"), element("span", "small quiet", said)), yes);
  });
  const no = button("Aucune de celles-ci", "link-button", () => decide([key], -1));
  no.setAttribute("aria-label", `Aucune de celles-ci n’est ${quote(name)}`);
  return element("li", "ledger__pending", element("div", "", element("h3", "", name), element("p", "small quiet", facts)), element("div", "", element("ul", "ledger__proposals", ...proposals), no));
}

function setAside(refused, decide) {
  const items = refused.map(({ key, name, cents }) => {
    const back = button("Revenir sur ce choix", "link-button", () => decide([key], null));
    back.setAttribute("aria-label", `Revenir sur ce choix pour ${quote(name)}`);
    return element("li", "", `${name}, ${dollars(cents)} `, back);
  });
  return element("details", "ledger__apart", element("summary", "", `Écartés (${refused.length})`), element("ul", "plain-list", ...items));
}

// « Cette entreprise est-elle collective? »: the verdict of each line asked.
import { element } from "../common/element.js";
import { enterpriseLink } from "../common/pieces.js";
import { table } from "./tables.js";
import { MOST_ASKED } from "./verdicts.js";
import { placed, verdictText, verdictsSentence } from "./wording.js";

export function showVerdicts(place, found, site) {
  const columns = [{ title: "Demandé" }, { title: "Collective?" }, { title: "Au répertoire" }];
  const rows = found.map((one) => {
    const { badge, title, text } = verdictText(one);
    const firms = one.firms.map((firm) => {
      const said = [placed(firm), firm.neq && `NEQ ${firm.neq}`].filter(Boolean).join(", ");
      return element("li", "", enterpriseLink(site, firm.slug, firm.name), said ? element("p", "small quiet", said) : "");
    });
    return [one.asked, element("span", "", element("span", `badge badge--${badge}`, title), element("br"), text), firms.length > 0 ? element("ul", "ledger__firms", ...firms) : "–"];
  });
  const said = `${verdictsSentence(found)}.${found.length === MOST_ASKED ? ` Les ${MOST_ASKED} premières lignes ont été lues.` : ""}`;
  place.replaceChildren(element("p", "", element("strong", "", said)), table("Ce que dit le répertoire", columns, rows));
}

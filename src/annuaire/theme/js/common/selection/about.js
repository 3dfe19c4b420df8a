// What a file made of a search or of a selection says of itself: the question, its filters, the date of the data, the site, and what
// must be known before trusting it. Rows of a label and a cell (export.js).
import { distanceTown } from "../catalogue/distance.js";
import { MULTIPLE, format } from "../catalogue/query.js";
import { sentence } from "../catalogue/sentence.js";
import { filterLabel } from "../catalogue/wording.js";
import { NBSP, figure } from "../french.js";
import { caveats } from "../results/caveats.js";
import { counted } from "../results/wording.js";
import { inWords, today } from "../today.js";
import * as adresses from "../../../../data/adresses.json";

// The address of the catalogue where a search is asked again.
export function searchLink(search, site) {
  return new URL(`${adresses.catalogue}?${format(search)}`, site).href;
}

// The filters of a search besides its words, each in words.
export function filtersOf(catalogue, search) {
  const several = MULTIPLE.flatMap((key) => search[key].map((value) => filterLabel(catalogue, search, key, value)));
  const single = ["depuis", "pres"].filter((key) => search[key]).map((key) => filterLabel(catalogue, search, key, search[key]));
  return [...several, ...single];
}

// `asked`: the questions, each {search, answer}, as `parse` and `evaluate` give them; `name`: of the selection, if it is one.
export function aboutRows(catalogue, site, asked, name = "") {
  const { version, json } = catalogue;
  const rows = [];
  const say = (label, cell) => cell !== "" && rows.push([label, cell]);
  say("Sélection", name);
  for (const [rank, { search, answer }] of asked.entries()) {
    const label = (text) => (asked.length > 1 ? `${text} ${rank + 1}` : text);
    const href = searchLink(search, site);
    say(label("Question"), `${sentence(catalogue, search)}.`);
    say(label("Filtres"), filtersOf(catalogue, search).join("; ") || "Aucun");
    say(label("Réponses"), counted(answer));
    say(label("Refaire la recherche"), { text: href, href });
    for (const text of caveats(catalogue, answer, search)) say(label("Mise en garde"), text);
    const town = distanceTown(catalogue, search, answer.said);
    if (town) say("Distances", `À vol d’oiseau, à partir de${NBSP}: ${town}. Une adresse sans point exact compte au centre de sa municipalité.`);
  }
  say("Date des données", { text: inWords(catalogue.day), date: catalogue.day });
  say("Fiches", { text: figure(version.fiches), number: version.fiches });
  say("Révision", version.commit ?? "");
  say("Fichier fait le", { text: inWords(today()), date: today() });
  say("Site", { text: site.href, href: site.href });
  say("Publié par", json.pole ?? "");
  for (const text of warnings(catalogue)) say("Mise en garde", text);
  return rows;
}

// What is true of any file made from these data.
export function warnings({ json }) {
  const texts = [
    `«${NBSP}À confirmer${NBSP}»${NBSP}: personne n’a vérifié ce renseignement. Vérifiez-le auprès de l’entreprise.`,
    "Prix, délais et capacités sont indicatifs, tels que les fiches les disent. Rien n’est une soumission.",
    `Les échéances des documents sont jugées au ${inWords(today())}. Vérifiez chaque document à sa source avant d’attribuer un contrat.`,
  ];
  return json.demonstration ? ["Démonstration\u00a0: ce ne sont pas les données officielles d’un Pôle.", ...texts] : texts;
}

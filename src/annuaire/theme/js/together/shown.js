// Show who could answer together: the answer first, each combination with what it covers, the gap that stays, and a message.
import { element } from "../common/element.js";
import { NBSP, figure, plural, quote } from "../common/french.js";
import { button, copy, enterpriseLink } from "../common/pieces.js";
import { mailto } from "../common/selection/contact.js";
import * as adresses from "../../../data/adresses.json";

// `question`: {category, wanted (ranks of MRCs), quantity, measure}; `context`: {catalogue, site, found, silent (ranks of
// those there who do not say where they serve)}.
export function showTogether(place, judged, question, context) {
  const title = element("h2", "", titleOf(judged));
  title.id = "ensemble";
  const asked = [question.category, question.quantity === null ? "" : `${figure(question.quantity)} ${question.measure}`, places(question.wanted, context)];
  const lines = [title, element("p", "verdict__asked", asked.filter(Boolean).join(", "))];
  if (judged.alone.length > 0) lines.push(...alone(judged, question, context));
  judged.combinations.forEach((one, rank) => lines.push(combination(one, rank, judged.combinations.length, question, context)));
  if (judged.combinations.length === 0 && judged.alone.length === 0) lines.push(element("p", "", nobody(question, context)));
  if (judged.uncounted.length > 0) lines.push(uncounted(judged.uncounted, question, context));
  if (context.silent.length > 0) lines.push(silent(context));
  place.replaceChildren(...lines);
  place.className = `section verdict verdict--${judged.alone.length > 0 ? "known" : "unknown"}`;
  place.hidden = false;
}

function titleOf({ alone: whole, combinations }) {
  if (whole.length > 0) return whole.length === 1 ? "Une entreprise dit couvrir seule ce besoin" : `${plural(whole.length, "entreprise")} disent couvrir seules ce besoin`;
  if (combinations.length === 0) return "Aucune fiche ne permet de proposer un regroupement";
  const complete = combinations.filter(({ missing, gap }) => missing.length === 0 && gap <= 0).length;
  if (complete > 0) return `Aucune entreprise seule${NBSP}: ${plural(complete, "regroupement couvrirait", "regroupements couvriraient")} ce besoin`;
  return "Aucune entreprise seule, et aucun regroupement, ne couvre tout";
}

function nobody({ quantity }, { found }) {
  if (found.length === 0) return "Aucune entreprise du catalogue ne dit offrir cette catégorie et desservir ces territoires.";
  return quantity === null ? "" : "Aucune capacité n’est dite dans cette unité.";
}

function alone({ alone: whole }, question, context) {
  return [element("p", "", "Aucun regroupement n’est à proposer."), list(whole, question, context)];
}

function combination({ members, amount, missing, gap }, rank, count, question, context) {
  const isGroup = members.length > 1;
  const name = count > 1 ? `Regroupement ${rank + 1}` : "Regroupement";
  const title = element("h3", "", isGroup ? `${name}${NBSP}: ${plural(members.length, "entreprise")}` : "Le plus proche de ce besoin");
  const facts = [];
  if (question.quantity !== null) facts.push(`Capacité dite, additionnée${NBSP}: ${figure(amount)} sur ${figure(question.quantity)} ${question.measure}.`);
  const left = [
    gap > 0 && `${figure(gap)} ${question.measure}`,
    missing.length > 0 && `personne ${joined(missing.map((place) => context.catalogue.territory(place).dans))}`,
  ].filter(Boolean);
  const rest = left.length > 0 ? `Il manque encore${NBSP}: ${left.join("; ")}.` : "Rien ne manque, selon les fiches.";
  return element(
    "section",
    "rule",
    title,
    list(members, question, context),
    ...facts.map((text) => element("p", "", text)),
    element("p", "verdict__warning", rest),
    ...(isGroup ? [message(members, rest, question, context, rank)] : []),
  );
}

function list(members, { wanted, quantity, measure }, { catalogue, site }) {
  const rows = members.map(({ rank, isConfirmed, mrcs, amount, said }) => {
    const { slug, nom } = catalogue.enterprise(rank);
    const own = wanted.filter((place) => mrcs.has(place));
    const served = own.length === wanted.length && wanted.length > 1 ? "tout le territoire demandé" : own.map((place) => catalogue.territory(place).titre).join(", ");
    const facts = [`Dessert${NBSP}: ${served}`];
    if (quantity !== null) facts.push(amount === null ? "Capacité non comptée" : `${figure(amount)} ${measure}`);
    if (quantity === null && said.length > 0) facts.push(`Capacité dite${NBSP}: ${said.join("; ")}`);
    const badge = element("span", `badge badge--${isConfirmed ? "ok" : "wait"}`, isConfirmed ? "Offre confirmée" : "Offre à confirmer");
    return element("li", "", enterpriseLink(site, slug, nom), " ", badge, element("br", ""), element("span", "small", `${facts.join(". ")}.`));
  });
  return element("ul", "together__members", ...rows);
}

function uncounted(members, { measure }, { catalogue, site }) {
  const title = `${plural(members.length, "entreprise offre", "entreprises offrent")} cette catégorie sur ce territoire, sans capacité qui se compte`;
  const rows = members.map(({ rank, said }) => {
    const { slug, nom } = catalogue.enterprise(rank);
    return element("li", "", enterpriseLink(site, slug, nom), `${NBSP}: `, said.join("; ") || "capacité non dite");
  });
  return element(
    "details",
    "verdict__sources",
    element("summary", "", title),
    element("p", "small", `Non comptées${NBSP}: leur fiche ne dit pas de capacité, ou la dit autrement qu’en ${quote(measure)}.`),
    element("ul", "", ...rows),
  );
}

function silent({ silent: ranks, found, catalogue, site }) {
  const serve = ranks.length > 1 ? "elles desservent" : "elle dessert";
  const title = `${plural(ranks.length, "entreprise située là offre", "entreprises situées là offrent")} cette catégorie sans dire quel territoire ${serve}`;
  const rows = ranks.map((rank) => element("li", "", enterpriseLink(site, catalogue.enterprise(rank).slug, catalogue.enterprise(rank).nom)));
  const why = element("p", "small", `Non comptées${NBSP}: rien ne dit qu’elles serviraient tout ce territoire. Demandez-leur.`);
  const node = element("details", "verdict__sources", element("summary", "", title), why, element("ul", "", ...rows));
  node.open = found.length === 0; // nobody else is shown
  return node;
}

// A message to form a group, to copy or to open in one's own mail; nothing is sent from here.
function message(members, rest, question, context, rank) {
  const { catalogue, site } = context;
  const names = members.map(({ rank: own }) => catalogue.enterprise(own));
  const amount = question.quantity === null ? [] : [`Quantité${NBSP}: ${figure(question.quantity)} ${question.measure}`];
  const text = [
    "Bonjour,",
    "Un besoin dépasse ce que chacune de nos entreprises couvre seule, selon le répertoire. Voulez-vous voir si nous pourrions y répondre ensemble?",
    [`Catégorie${NBSP}: ${question.category}`, `Territoire${NBSP}: ${places(question.wanted, context)}`, ...amount].join("\n"),
    [`Entreprises${NBSP}:`, ...names.map(({ nom, slug }) => `- ${nom} (${new URL(`${adresses.entreprises}${slug}/`, site).href})`)].join("\n"),
    rest,
    "Ce message n’est ni une invitation à soumissionner, ni un engagement.",
  ].join("\n\n");
  const letter = { subject: `Se regrouper${NBSP}: ${question.category}`, text };
  const id = `message-${rank + 1}`;
  const field = Object.assign(element("textarea", ""), { id, value: text, rows: 12, readOnly: true });
  const label = Object.assign(element("label", "", "Message pour former un groupe"), { htmlFor: id });
  const said = element("p", "small");
  said.setAttribute("role", "status");
  const acts = [button("Copier le message", "button", async () => (said.textContent = await copy(field, "Message copié.")))];
  const known = members.filter(({ isConfirmed }) => isConfirmed).map(({ rank: own }) => catalogue.enterprise(own).courriel).filter(Boolean);
  const href = mailto([...new Set(known)], letter);
  if (href) {
    const link = element("a", "button", "Écrire dans mon courriel");
    link.href = href;
    acts.push(link);
  }
  const some = known.length > 0 ? `à ${known.length} sur ${members.length}, dont l’offre est confirmée et le courriel connu` : "à personne, à vous de choisir";
  const whom = known.length === members.length ? "à toutes" : some;
  return element(
    "details",
    "verdict__sources no-print",
    element("summary", "", "Message pour former un groupe"),
    element("p", "ask__field together__message", label, field),
    element("p", "ask__act", ...acts),
    element("p", "small quiet", `Le courriel s’adresse ${whom}.`),
    said,
  );
}

function places(ranks, { catalogue }) {
  return joined(ranks.map((rank) => catalogue.territory(rank).titre));
}

function joined(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} et ${words.at(-1)}` : (words[0] ?? "");
}

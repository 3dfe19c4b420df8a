// The ways out, simplest first: an e-mail to the Pôle, a file, a proposal where the records are kept.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { button, copy, icon } from "../common/pieces.js";
import { LONGEST_HREF } from "../common/selection/contact.js";
import { save } from "../common/saving.js";
import { composeText, fileOf } from "./changes.js";
import { confirmedBy } from "./confirmation.js";
import { editPage, newPage } from "./forge.js";
import { attaching } from "./images.js";
import { titleOf } from "./sections.js";
import { capital, lower, told } from "./wording.js";
import { correction } from "../../../data/communs.json";

const LONGEST_TEXT = 1800; // characters: an e-mail carries less than that without being cut

// `proposal` is { slug, reference, kind, nom, base, isNew, isOld, changes, text }: `text` is the whole record as it would be. When the
// record has changed since (`isOld`), it is not proposed on the forge, where it would undo the changes of others; the
// file names what it started from.
export function showSend(place, proposal, { settings, knowledge, sent }) {
  const { slug, nom, kind, isNew, isOld, changes } = proposal;
  const composed = composeText(proposal);
  const files = attaching(changes);
  const said = element("p", "send__said");
  said.setAttribute("role", "status");
  const tell = (words) => {
    said.textContent = words;
    sent();
  };
  const subject = `${isNew ? `Nouvelle fiche${NBSP}: ${nom}` : `Correction de la fiche de ${nom}`}${kind && ` (${kind})`}`;
  const isShort = composed.length < LONGEST_TEXT;

  const area = element("textarea");
  area.id = "message-texte";
  area.readOnly = true;
  area.rows = 9;
  area.value = composed;
  area.setAttribute("aria-describedby", "message-aide");
  const label = element("label", "field__label", "Message");
  label.htmlFor = area.id;
  const help = element("p", "field__help", "Envoyez-le tel quel. Vous pouvez écrire avant ou après.");
  help.id = "message-aide";
  const to = settings.courriel && ` à ${settings.courriel}`;
  const copied = button("Copier le message", "button", async () => tell(await copy(area, `Message copié. Collez-le dans un courriel${to}.`)));
  const download = button("Télécharger la fiche", isShort ? "button" : "button button--main", () => {
    save(new Blob([fileOf(proposal)], { type: "application/yaml;charset=utf-8" }), `${slug}.yml`);
    tell(`Fiche téléchargée${NBSP}: joignez le fichier ${slug}.yml à un courriel${to}.`);
  });
  download.prepend(icon("down"));

  const heading = element("h3", "", "Votre proposition est prête à envoyer");
  heading.tabIndex = -1;
  const mail = element("section", "send__way", element("h4", "", isShort ? "Envoyer par courriel" : "Ou envoyer par courriel"), element("p", "", intro(settings, isShort, composed.length)));
  const actions = element("p", "act");
  actions.append(...(isShort ? [mailLink(settings.courriel, subject, area, tell, sent)] : []), copied);
  mail.append(actions, element("div", "field", label, help, area));

  const file = element("section", "send__way", element("h4", "", isShort ? "Ou télécharger la fiche" : "Télécharger la fiche"), element("p", "", `Un fichier à joindre à un courriel${to}.`), element("p", "act", download));
  place.replaceChildren(
    heading,
    element("p", "", `Voici ce qui changera${NBSP}:`),
    element("ul", "send__changes", ...confirmedIn(proposal, knowledge), ...changes.map((change) => element("li", "", ...described(change, isNew, knowledge)))),
    element("p", "", "Il vous reste à l’envoyer, d’une des façons ci-dessous. Rien n’est publié avant que le Pôle l’ait accepté."),
    ...(files ? [element("p", "hint", element("strong", "", files), ` Le site n’envoie aucun fichier${NBSP}: c’est à vous de les ajouter au courriel.`)] : []),
    said,
    ...(isShort ? [mail, file] : [file, mail]),
    ...(isOld ? [] : forge(proposal, knowledge.collection.name, settings, tell)),
  );
  place.hidden = false;
  heading.focus({ preventScroll: true });
  place.scrollIntoView();
}

function intro({ courriel }, isShort, length) {
  if (!isShort) {
    return `Le message compte ${plural(length, "caractère")}${NBSP}: c’est trop pour un courriel ouvert d’ici. Téléchargez plutôt la fiche et joignez-la, ou copiez le message.`;
  }
  if (courriel) return `Le message part de votre logiciel de courriel vers ${courriel}. Aucun compte n’est nécessaire.`;
  return "Ce site est une démonstration et ne reçoit pas de courriel. Le message s’ouvre sans destinataire.";
}

// Where the address would be too long, the message is copied and the e-mail opens empty.
function mailLink(address, subject, area, tell, sent) {
  const start = `mailto:${address}?subject=${encodeURIComponent(subject)}`;
  const whole = `${start}&body=${encodeURIComponent(area.value.replaceAll("\n", "\r\n"))}`;
  const fits = whole.length <= LONGEST_HREF;
  const link = element("a", "button button--main", icon("mail"), "Ouvrir dans mon courriel");
  link.href = fits ? whole : start;
  link.addEventListener("click", async () => {
    sent(); // before the e-mail opens: leaving for it is no loss
    if (fits) tell(`Votre logiciel de courriel s’ouvre${NBSP}: il reste à y appuyer sur «${NBSP}Envoyer${NBSP}». S’il ne s’ouvre pas, copiez le message.`);
    else tell(await copy(area, "Message copié. Collez-le dans le courriel qui s’ouvre."));
  });
  return link;
}

function forge({ slug, isNew, text }, collection, { depot, modifier }, tell) {
  if (!depot && !modifier) return [];
  const page = isNew ? newPage(modifier, depot, collection, slug, text) : { href: editPage(modifier, collection, slug) || depot, isPrefilled: false };
  const link = element("a", "button", icon("pen"), page.isPrefilled ? "Ouvrir la page, déjà remplie" : "Copier la fiche et ouvrir la page");
  link.href = page.href;
  link.target = "_blank";
  link.rel = "noopener";
  const source = element("textarea", "hidden-text");
  source.value = text;
  source.tabIndex = -1;
  source.setAttribute("aria-hidden", "true");
  link.addEventListener("click", async () => {
    if (page.isPrefilled) tell("La page s’ouvre dans un nouvel onglet.");
    else tell(await copy(source, isNew ? `Fiche copiée. Collez-la dans un nouveau fichier nommé ${slug}.yml.` : "Fiche copiée. Dans la page qui s’ouvre, remplacez tout le texte par celui-ci."));
  });
  return [
    element(
      "section",
      "send__way",
      element("h4", "", "Ou proposer vous-même la modification"),
      element("p", "", "Pour qui a un compte là où se trouvent les fiches. La page s’ouvre dans un nouvel onglet."),
      element("p", "act", link),
      source,
    ),
  ];
}

// One change in words: « Téléphone : 819 555-0100 devient 819 555-0142 ».
function described({ label, table, rank, order, field, before, after }, isNew, knowledge) {
  if (order) {
    const added = order.filter((name) => name.startsWith(correction.nouveau)).length;
    const removed = before.filter((_, index) => !order.includes(String(index + 1))).map((item) => titleOf(table, item, knowledge));
    const kept = order.filter((name) => !name.startsWith(correction.nouveau)).map(Number);
    const words = [added && `${added} de plus`, removed.length > 0 && `${removed.length} de moins (${removed.map(short).join("; ")})`, kept.some((rank, index) => index > 0 && rank < kept[index - 1]) && "un nouvel ordre"];
    return [element("strong", "", capital(knowledge.plan.words[table].many)), `${NBSP}: ${words.filter(Boolean).join(", ") || "le même ordre"}`];
  }
  const name = element("strong", "", table ? `${capital(knowledge.plan.words[table].one)} ${rank}, ${lower(label)}` : label);
  const shown = (value) => {
    const text = short(told(field, value, knowledge));
    return field.code === "telephone-invalide" ? element("span", "nowrap", text) : text;
  };
  if (after === undefined) return [name, `${NBSP}: retiré (était «${NBSP}`, shown(before), `${NBSP}»)`];
  if (before === undefined || isNew) return [name, `${NBSP}: `, shown(after)];
  return [name, `${NBSP}: «${NBSP}`, shown(before), `${NBSP}» devient «${NBSP}`, shown(after), `${NBSP}»`];
}

// What is confirmed, as a buyer will see it once the Pôle has accepted it.
function confirmedIn({ isConfirmed, offers, sender }, knowledge) {
  const lines = [];
  if (sender) lines.push(element("li", "", element("strong", "", "Qui écrit"), `${NBSP}: ${sender}`));
  if (isConfirmed) lines.push(element("li", "", element("strong", "", "Vérification"), `${NBSP}: la fiche devient «${NBSP}${confirmedBy(knowledge)}${NBSP}»`));
  if (offers.length > 0) lines.push(element("li", "", element("strong", "", plural(offers.length, "offre confirmée", "offres confirmées")), `${NBSP}: ${offers.map((values) => titleOf("offres", values, knowledge)).join("; ")}`));
  return lines;
}

function short(text) {
  return text.length > 140 ? `${text.slice(0, 139).trimEnd()}…` : text;
}

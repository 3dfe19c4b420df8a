// What who writes confirms, offer by offer, and in whose name: a part of the form that is no field of the record.
// `annuaire apply` reads it in the message, and a person of the Pôle accepts it; nothing is confirmed here.
import { element } from "../common/element.js";
import { quote } from "../common/french.js";
import { titleOf } from "./sections.js";
import { correction } from "../../../data/communs.json";

const [CONFIRMED, OWNER] = ["confirmee", "entreprise"];
const { auNom, fonctions, laFiche, separateur } = correction;

// Whether the records of a collection say who vouched for them.
export function isConfirmable({ root }) {
  return choiceOf(root, "statut", CONFIRMED);
}

function choiceOf(table, name, value) {
  return table.byPath.get(`verification.${name}`)?.constraints.enum?.includes(value) ?? false;
}

// Only enterprises have offers.
function offersIn({ items }) {
  return items.offres ?? [];
}

export function newConfirmation() {
  return { isOwner: false, role: "", isExact: false, offers: [] }; // `offers` holds the names (uid) that items have here
}

// Who writes, as the message says it; nothing for who has not said.
export function senderOf({ isOwner, role }, { of }) {
  if (!isOwner) return "";
  return `${auNom} ${of}${fonctions.includes(role) ? `, ${role}` : ""}`;
}

export function isAny({ isExact, offers }, state) {
  return isExact || offersIn(state).some(({ uid }) => offers.includes(uid));
}

// What is confirmed, as the message says it: a day, then the record and its offers by the name they have there.
export function confirmedLine(confirmation, state, names, today) {
  if (!isAny(confirmation, state)) return "";
  const offers = offersIn(state).flatMap(({ uid }, index) => (confirmation.offers.includes(uid) ? [`offres.${names[index]}`] : []));
  return [today, ...(confirmation.isExact ? [laFiche] : []), ...offers].join(separateur);
}

// The changes that this line does not say already.
export function otherChanges(changes, { isExact, offers }, state, names) {
  const said = new Set(offersIn(state).flatMap(({ uid }, index) => (offers.includes(uid) ? [names[index]] : [])));
  return changes.filter(({ path: [key, name, group] }) => !(key === "verification" ? isExact : key === "offres" && group === "verification" && said.has(name)));
}

// The values as `annuaire apply` will have them: what is confirmed, and what is not though all the rest is.
export function vouchedValues(values, confirmation, state, today, { root, collection }) {
  const source = `Formulaire du site, au nom ${ownerOf(confirmation, collection)}`;
  const found = withDoubts(values, confirmation, state);
  if (confirmation.isExact) found.verification = { statut: CONFIRMED, date: today, ...(choiceOf(root, "par", OWNER) ? { par: OWNER } : {}), source };
  if (found.offres) {
    found.offres = found.offres.map((offer, index) =>
      confirmation.offers.includes(state.items.offres[index].uid) ? { ...offer, verification: { statut: CONFIRMED, date: today, source } } : offer,
    );
  }
  return found;
}

// An offer of which nothing is said apart is confirmed with its record: one that was left out says that it is not. Who
// confirms a record whose state was not known says that the enterprise is active.
export function withDoubts(values, confirmation, state) {
  if (!confirmation.isExact) return { ...values };
  const found = { ...values, ...(values.statut === "inconnu" ? { statut: "active" } : {}) };
  if (!values.offres) return found;
  const offres = values.offres.map((offer, index) => (confirmation.offers.includes(state.items.offres[index].uid) || offer.verification?.statut ? offer : { ...offer, verification: { ...offer.verification, statut: "a-confirmer" } }));
  return { ...found, offres };
}

function ownerOf({ role }, { of }) {
  return fonctions.includes(role) ? `${of} (${role})` : of;
}

// Keep it beside what is typed: offers by their rank, since their names change at each visit.
export function toKept(confirmation, state) {
  return { ...confirmation, offers: offersIn(state).flatMap(({ uid }, index) => (confirmation.offers.includes(uid) ? [index] : [])) };
}

export function fromKept(kept, state) {
  const { isOwner = false, role = "", isExact = false, offers = [] } = kept ?? {};
  return { isOwner: isOwner === true, role: fonctions.includes(role) ? role : "", isExact: isExact === true, offers: Array.isArray(offers) ? offers.flatMap((rank) => offersIn(state)[rank]?.uid ?? []) : [] };
}

// « Confirmée par l’entreprise », as the pages say it.
export function confirmedBy({ root }) {
  return choiceOf(root, "par", OWNER) ? "confirmée par l’entreprise" : "confirmée";
}

// Draw the part; `changed(words)` is called after each choice, with what to say of it. `refresh()` follows the offers.
export function drawConfirmation(confirmation, state, knowledge, { changed }) {
  const owner = box("confirmer-qui", `J’écris au nom ${knowledge.collection.of}`, confirmation.isOwner, (isOn) => {
    confirmation.isOwner = isOn;
    refresh();
    changed("");
  });
  const role = element("select");
  role.id = "confirmer-fonction";
  role.append(new Option("Non précisé", ""), ...fonctions.map((name) => new Option(name.slice(0, 1).toUpperCase() + name.slice(1), name)));
  role.value = confirmation.role;
  role.addEventListener("change", () => {
    confirmation.role = role.value;
    changed("");
  });
  const label = element("label", "field__label", "À quel titre?");
  label.htmlFor = role.id;
  const help = element("p", "field__help", "Une fonction, jamais le nom d’une personne.");
  help.id = "confirmer-fonction-aide";
  role.setAttribute("aria-describedby", help.id);
  const exact = box("confirmer-tout", "Tout est exact, je confirme", confirmation.isExact, (isOn) => {
    confirmation.isExact = isOn;
    confirmation.offers = isOn ? offersIn(state).map(({ uid }) => uid) : [];
    refresh();
    changed(isOn ? "Toute la fiche est confirmée, telle que vous l’envoyez." : "La fiche n’est plus confirmée.");
  });
  const offers = element("fieldset", "field field--boxes confirm__offers");
  const own = element("div", "confirm__own", element("div", "field", label, help, role), exact.node, offers);
  const node = element(
    "section",
    "card confirm",
    element("h3", "", "Confirmer la fiche"),
    element("p", "", `La fiche porte alors ${quote(confirmedBy(knowledge))}${knowledge.children.has("offres") ? ", et les acheteurs publics peuvent vous inviter" : ""}. Le Pôle s’en assure d’abord.`),
    owner.node,
    own,
  );
  node.setAttribute("aria-labelledby", "confirmer-titre");
  node.querySelector("h3").id = "confirmer-titre";

  function refresh() {
    own.hidden = !confirmation.isOwner;
    exact.input.checked = confirmation.isExact;
    const items = offersIn(state);
    offers.hidden = items.length === 0;
    const wanted = JSON.stringify(items.map(({ uid, values }) => [uid, titleOf("offres", values, knowledge), confirmation.offers.includes(uid)]));
    if (offers.dataset.shown === wanted) return;
    offers.dataset.shown = wanted;
    const held = document.activeElement?.id ?? "";
    offers.replaceChildren(
      element("legend", "field__label", confirmation.isExact ? "Offres confirmées avec elle" : "Ou confirmer une offre à la fois"),
      ...items.map(({ uid, values }) => {
        const one = box(`confirmer-${uid}`, titleOf("offres", values, knowledge), confirmation.offers.includes(uid), (isOn) => {
          confirmation.offers = isOn ? [...confirmation.offers, uid] : confirmation.offers.filter((other) => other !== uid);
          changed("");
        });
        return one.node;
      }),
    );
    if (held.startsWith("confirmer-u")) document.getElementById(held)?.focus();
  }

  refresh();
  return { node, refresh };
}

function box(id, words, isOn, change) {
  const input = element("input");
  input.type = "checkbox";
  input.id = id;
  input.checked = isOn;
  input.addEventListener("change", () => change(input.checked));
  return { input, node: element("label", "box", input, words) };
}

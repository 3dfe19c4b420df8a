// The page « Ma sélection »: named lists, what each holds, and what is made from it. Everything shown is text.
import { loadCatalogue } from "../common/catalogue/data.js";
import { element } from "../common/element.js";
import { NBSP, plural, quote } from "../common/french.js";
import { inWords, today } from "../common/today.js";
import { createComparison } from "./comparison.js";
import { createContact } from "./contactform.js";
import { createDossier } from "./dossier.js";
import { createPassing } from "./passing.js";
import { questionsOf, recordLink } from "./questions.js";
import { judgeKept } from "./need.js";
import { button, enterpriseLink, icon } from "../common/pieces.js";
import { LEVELS } from "../common/results/wording.js";
import * as store from "../common/selection/store.js";
import { firstTouch } from "../common/touched.js";
import * as adresses from "../../../data/adresses.json";


export async function startSelectionPage(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const said = part("said");
  const say = (text) => {
    said.textContent = text;
  };
  startLists(root, say);
  const comparison = createComparison(root, site);
  const contact = createContact(root, site);
  const dossier = createDossier(root, site);
  const passing = createPassing(root, site, say);
  part("not-kept").hidden = store.isKept();
  root.querySelector("[data-purchase-page]").hidden = false;

  let catalogue = null;
  let kept = null; // how each enterprise answers the need it was kept for
  let turn = 0;
  let isUnread = false;
  let shown = "";
  const find = ({ slug }) => {
    const rank = catalogue?.indexOf(slug) ?? -1;
    return rank < 0 ? null : catalogue.enterprise(rank);
  };

  // The names at once; what is judged, when the texts of the records are there.
  async function show() {
    const list = store.current();
    const now = JSON.stringify([list.id, list.nom, list.fiches, catalogue !== null, isUnread]);
    if (now === shown) return;
    shown = now;
    const mine = ++turn;
    passing.show(list);
    const present = showChosen(list);
    if (present.length === 0) return;
    const judged = await judgeKept(catalogue, list.fiches, site);
    if (mine !== turn) return;
    kept = judged;
    showChosen(list);
    comparison.show(catalogue, present, kept, list);
    contact.show(present, kept, list.id);
    dossier.show({ catalogue, enterprises: present, kept, list, columns: comparison.columns });
    part("check-list").replaceChildren(...present.map(toCheck));
    showQuestions(list);
    part("catalogue-read").hidden = false;
  }

  // Gives the enterprises that the catalogue knows.
  function showChosen(list) {
    const isEmpty = list.fiches.length === 0;
    part("selection-empty").hidden = !isEmpty;
    part("selection-full").hidden = isEmpty;
    part("selection-title").textContent = isEmpty ? "Entreprises retenues" : plural(list.fiches.length, "entreprise retenue", "entreprises retenues");
    const found = list.fiches.map((item) => ({ item, enterprise: find(item) }));
    const focus = focused();
    part("chosen").replaceChildren(...found.map((entry, rank) => line(entry, rank, found.length)));
    restore(focus);
    const present = found.map(({ enterprise }) => enterprise).filter(Boolean);
    if (present.length === 0) part("catalogue-read").hidden = true;
    part("unread").hidden = !isUnread;
    stamp(list.nom);
    part("not-kept").hidden = store.isKept();
    return present;
  }

  // What is copied into the registers; a number that is not known is looked for by name.
  function toCheck({ slug, nom, neq }) {
    const line = element("li", "copying", enterpriseLink(site, slug, nom));
    if (!neq) {
      line.append(element("span", "quiet", "NEQ non indiqué\u00a0: cherchez par son nom"));
      return line;
    }
    const copied = button("Copier le NEQ", "button no-print", () => {});
    copied.dataset.copy = neq; // common/copying.js
    copied.append(element("span", "hidden-text", `${NBSP}: ${nom}`));
    const told = element("span", "small");
    told.setAttribute("role", "status");
    line.append(element("span", "copying__text", neq), copied, told);
    return line;
  }

  // The record of each search that the enterprises were kept by.
  function showQuestions({ fiches }) {
    const asked = questionsOf(fiches);
    part("proof-none").hidden = asked.length > 0;
    part("proof-list").replaceChildren(...asked.map(({ address, search }) => element("li", "", recordLink(catalogue, address, search, site))));
  }

  // On paper, what one no longer sees in the browser: which selection, when, and from which data.
  function stamp(name) {
    const data = catalogue ? `, données du ${inWords(catalogue.day)}` : "";
    part("selection-stamp").textContent = `Sélection ${quote(name)}, imprimée le ${inWords(today())}${data}.`;
  }

  function line({ item, enterprise }, rank, count) {
    const row = element("li", "chosen__item");
    row.dataset.slug = item.slug;
    const name = element("h3", "chosen__name");
    const facts = element("p", "row__facts");
    const note = element("p", "small quiet");
    if (enterprise) {
      name.append(enterpriseLink(site, enterprise.slug, enterprise.nom));
      if (enterprise.municipalite) facts.append(element("span", "", enterprise.municipalite.nom), " ");
      facts.append(state(item, enterprise));
      note.textContent = [item.avant && former(item, enterprise), before(item, enterprise), kept?.otherwise(enterprise.index)].filter(Boolean).join(" ");
    } else {
      name.append(item.nom);
      if (catalogue) {
        row.classList.add("chosen__item--gone");
        const again = element("a", "", "chercher ce nom");
        again.href = new URL(`${adresses.recherche}?q=${encodeURIComponent(item.nom)}`, site).href;
        facts.append(element("span", "badge badge--closed", icon("closed"), "N’est plus au catalogue"), " ", element("span", "", "Fiche fermée, fusionnée ou retirée", `${NBSP}: `, again));
      }
    }
    const moves = element("p", "chosen__moves no-print");
    const mover = (text, shape, step, isOff) => {
      const node = button("", "row-button", () => {
        if (isOff) return;
        store.move(item.slug, step);
        say(`${item.nom}${NBSP}: rang ${rank + 1 + step} sur ${count}.`);
      });
      node.append(icon(shape));
      node.dataset.act = text;
      node.setAttribute("aria-label", `${text} ${item.nom}`);
      if (isOff) node.setAttribute("aria-disabled", "true"); // still reached by keyboard, whose place is not lost
      return node;
    };
    const out = button("Retirer", "row-button row-button--wide", () => {
      const next = [...part("chosen").children].filter((other) => other !== row);
      const after = next[Math.min(rank, next.length - 1)]?.dataset.slug;
      store.remove(item.slug);
      say(`${item.nom}${NBSP}: entreprise retirée.`);
      const target = after ? part("chosen").querySelector(`[data-slug="${after}"] [data-act="Retirer"]`) : part("list-choice");
      target?.focus();
    });
    out.dataset.act = "Retirer";
    out.append(element("span", "hidden-text", ` ${item.nom}`));
    if (count > 1) moves.append(mover("Monter", "up", -1, rank === 0), mover("Descendre", "down", 1, rank === count - 1));
    moves.append(out);
    const need = enterprise && kept ? kept.textOf(enterprise.index) : "";
    row.append(element("div", "chosen__text", name, facts, need ? element("p", "chosen__need", `${need}.`) : "", note.textContent ? note : ""), moves);
    return row;
  }

  // Of its need where there is one, else of its record.
  function state({ besoin }, { index, confirmee }) {
    if (besoin && !kept) return "";
    const isSure = besoin ? kept.isSure(index) : confirmee;
    if (!isSure) return element("span", "badge badge--wait", icon("wait"), "À confirmer");
    return element("span", "badge badge--ok", icon("check"), besoin ? "Confirmée pour ce besoin" : "Fiche vérifiée");
  }

  // What the records say has changed since it was kept.
  function before({ besoin, niveau }, { index }) {
    if (!besoin || !niveau || !kept?.isJudged || kept.levelOf(index) === niveau) return "";
    return `Quand vous l’avez retenue, elle répondait par${NBSP}: ${LEVELS[niveau].toLowerCase()}.`;
  }

  function focused() {
    const active = document.activeElement;
    if (!part("chosen").contains(active)) return null;
    return { slug: active.closest("[data-slug]")?.dataset.slug, act: active.dataset.act };
  }

  function restore(focus) {
    if (!focus?.act) return;
    part("chosen").querySelector(`[data-slug="${focus.slug}"] [data-act="${focus.act}"]`)?.focus();
  }

  store.subscribe(show);
  show();
  // Nothing is kept yet, nor received by the address: the data serve nobody.
  if (store.lists().every(({ fiches }) => fiches.length === 0) && !location.hash) await firstTouch();
  try {
    catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
    store.follow(catalogue);
    passing.ready(catalogue);
  } catch (error) {
    isUnread = true;
    show();
    throw error; // for the console: the visitor has been told
  }
  show();
}

// What was chosen under another name or at another address, in one sentence.
function former({ avant }, { nom }) {
  const others = avant.filter((name) => name !== nom);
  if (others.length === 0) return "L’adresse de cette fiche a changé depuis que vous l’avez retenue.";
  const names = others.map(quote).join(" et ");
  return others.length === 1
    ? `${names}, que vous aviez retenue, a changé de nom ou s’est jointe à une autre entreprise${NBSP}: voici sa fiche d’aujourd’hui.`
    : `${names}, que vous aviez retenues, ont changé de nom ou se sont jointes à une autre entreprise${NBSP}: voici leur fiche d’aujourd’hui.`;
}

// Create, rename, erase and choose lists; every question is asked in the page.
function startLists(root, say) {
  const part = (name) => root.querySelector(`[data-list-${name}]`);
  const [choice, form, confirm] = [part("choice"), part("form"), part("confirm")];
  const input = form.elements.namedItem("nom");
  let renamed = ""; // id of the list being renamed; empty when a new one is made

  function show() {
    const lists = store.lists();
    const { id, nom } = store.current();
    const options = lists.length > 0 ? lists : [{ id: "", nom, fiches: [] }];
    choice.replaceChildren(...options.map((list) => option(list, list.id === id)));
    part("rename").hidden = id === "";
    part("erase").hidden = id === "";
  }

  function option({ id, nom, fiches }, isCurrent) {
    const node = element("option", "", `${nom} (${fiches.length})`);
    node.value = id;
    node.selected = isCurrent;
    return node;
  }

  function ask(id) {
    renamed = id;
    confirm.hidden = true;
    form.hidden = false;
    part("label").textContent = id ? "Nouveau nom de la sélection" : "Nom de la nouvelle sélection";
    input.value = id ? store.current().nom : "";
    input.focus();
  }

  function close(opener) {
    form.hidden = true;
    confirm.hidden = true;
    opener.focus();
  }

  choice.addEventListener("change", () => {
    store.choose(choice.value);
    confirm.hidden = true;
    say(`Sélection affichée${NBSP}: ${store.current().nom}.`);
  });
  part("new").addEventListener("click", () => ask(""));
  part("rename").addEventListener("click", () => ask(store.current().id));
  part("cancel").addEventListener("click", () => close(renamed ? part("rename") : part("new")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name) return;
    const done = renamed ? store.rename(renamed, name) : store.create(name);
    if (!done) {
      say(`Le nombre de sélections est limité à ${store.MOST_LISTS}${NBSP}: supprimez-en une d’abord.`);
      return;
    }
    say(`Sélection ${quote(store.current().nom)} ${renamed ? "renommée" : "créée"}.`);
    form.hidden = true;
    choice.focus();
  });
  part("erase").addEventListener("click", () => {
    const { nom, fiches } = store.current();
    form.hidden = true;
    const held = fiches.length > 0 ? ` et ses ${plural(fiches.length, "entreprise")}` : "";
    part("question").textContent = `Supprimer ${quote(nom)}${fiches.length === 1 ? " et son entreprise" : held}? Cela ne se défait pas.`;
    confirm.hidden = false;
    part("no").focus();
  });
  part("no").addEventListener("click", () => close(part("erase")));
  part("yes").addEventListener("click", () => {
    const { id, nom } = store.current();
    store.erase(id);
    say(`Sélection ${quote(nom)} supprimée.`);
    close(choice);
  });
  for (const panel of [form, confirm]) {
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(panel === confirm ? part("erase") : renamed ? part("rename") : part("new"));
    });
  }
  store.subscribe(show);
  show();
}

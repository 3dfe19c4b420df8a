// The page of the rotation: needs, possible suppliers, numbered draws and the register, each shown again at any change.
import { loadCatalogue } from "../common/catalogue/data.js";
import { empty } from "../common/catalogue/query.js";
import { element } from "../common/element.js";
import { NBSP, plural, quote } from "../common/french.js";
import { runSearch } from "../common/results/run.js";
import { save } from "../common/saving.js";
import { enterpriseLink, icon } from "../common/pieces.js";
import { current, follow } from "../common/selection/store.js";
import { agrees, lastInvited, order, seed } from "../common/rotation/draw.js";
import * as register from "../common/rotation/register.js";
import { mayBeInvited, refusal } from "./suppliers.js";
import { inWords, momentInWords, today } from "../common/today.js";
import { firstTouch } from "../common/touched.js";
import * as adresses from "../../../data/adresses.json";


export function startRotation(root) {
  const find = (selector) => root.querySelector(selector);
  const site = new URL(root.dataset.root, document.baseURI);
  const said = find("[data-rotation-said]");
  const fault = find("[data-draw-fault]");
  let state = register.load();
  let catalogue = null;
  let answer = null; // who answers what is bought, as the catalogue says it
  let judged = ""; // what `answer` answers
  let judging = null; // what is being asked, and when it will be answered

  function change(edit, words = "") {
    state = followed({ ...state, ...edit });
    register.save(state);
    show();
    said.textContent = words;
    judge();
  }

  // Ask the catalogue who answers what is bought, then show it: once, however many wait for it.
  function judge() {
    const { achat } = state;
    if (!catalogue || achat === judged) return Promise.resolve();
    if (judging?.achat !== achat) judging = { achat, done: judgeNow(achat) };
    return judging.done;
  }

  async function judgeNow(achat) {
    answer = null;
    let found = null;
    try {
      if (achat) found = await runSearch(catalogue, { ...empty(), q: achat }, site);
    } catch (error) {
      find("[data-unread]").hidden = false;
      throw error; // for the console: the visitor has been told
    } finally {
      if (judging?.achat === achat) judging = null;
    }
    if (achat !== state.achat) return; // another one meanwhile
    [answer, judged] = [found, achat];
    show();
  }

  const rankOf = (slug) => catalogue?.indexOf(slug) ?? -1;
  const followed = (read) => (catalogue ? register.follow(read, catalogue) : read);
  // Who was invited before being renamed or merged was invited.
  const present = (slug) => (rankOf(slug) < 0 && catalogue?.presentOf(slug)) || slug;
  const lastOf = ({ slug }) => lastInvited(state.invitations.map((item) => ({ ...item, slug: present(item.slug) })), slug);
  const isConfirmed = (slug) => mayBeInvited(answer, rankOf(slug));
  const whyNot = (slug) => refusal(answer, rankOf(slug));

  // A name of the catalogue gives its record; any other one is kept as it was typed, and never enters a draw.
  function named(text) {
    const nom = text.trim();
    const rank = catalogue ? catalogue.json.entreprises.nom.findIndex((own) => register.keyOf(own) === register.keyOf(nom)) : -1;
    if (rank >= 0) return { slug: catalogue.json.entreprises.slug[rank], nom: catalogue.json.entreprises.nom[rank] };
    const slug = register.keyOf(nom);
    return slug ? { slug: rankOf(slug) >= 0 ? `${slug}-hors-repertoire` : slug, nom } : null;
  }

  function show() {
    find("[data-not-kept]").hidden = register.isKept();
    if (document.activeElement !== find("[data-need]")) find("[data-need]").value = state.besoin;
    if (document.activeElement !== find("[data-bought]")) find("[data-bought]").value = state.achat;
    if (document.activeElement !== find("[data-wanted]")) find("[data-wanted]").value = state.nombre;
    find("[data-from-selection]").textContent = `Ajouter ma sélection (${current().fiches.length})`;
    find("[data-candidates]").replaceChildren(candidates());
    find("[data-draws]").replaceChildren(...draws());
    find("[data-register]").replaceChildren(invitations());
    const number = register.nextNumber(state, state.besoin);
    find("[data-draw]").textContent = number > 1 ? `Refaire le tirage (no${NBSP}${number})` : "Établir l’ordre";
    find("[data-reason]").hidden = number === 1;
    find("[data-reason] input").required = number > 1;
  }

  function profile({ slug, nom }) {
    const here = present(slug);
    return rankOf(here) < 0 ? nom : enterpriseLink(site, here, nom);
  }

  function candidates() {
    if (state.candidats.length === 0) return element("p", "quiet", "Aucun fournisseur. Ajoutez votre sélection, ou des noms.");
    const rows = state.candidats.map((item) => {
      const last = lastOf(item);
      return [
        profile(item),
        isConfirmed(item.slug) ? badge("Offre confirmée", "ok") : badge(capital(whyNot(item.slug)), "wait"),
        last ? inWords(last) : "Jamais",
        remove(`Retirer ${item.nom}`, () => {
          change({ candidats: state.candidats.filter(({ slug }) => slug !== item.slug) }, `${item.nom} est retiré.`);
          find("#rotation-nom").focus();
        }),
      ];
    });
    const left = state.candidats.filter(({ slug }) => !isConfirmed(slug)).length;
    const note = left > 0 ? [element("p", "small quiet", `${plural(left, "n’entrera", "n’entreront")} pas dans le tirage${NBSP}: seule une offre confirmée pour ce qui est acheté y donne une place.`)] : [];
    return element("div", "", table("Liste des fournisseurs possibles", ["Fournisseur", "Pour cet achat", "Dernière invitation", ""], rows), ...note);
  }

  function draws() {
    if (state.tirages.length === 0) return [element("p", "quiet", "Aucun tirage.")];
    return [...state.tirages].reverse().map((draw, rank) => {
      const { besoin, achat, numero, jeu, motif, date, ordre, hors } = draw;
      const title = element("h3", "", `Tirage no${NBSP}${numero}${NBSP}: ${besoin}`);
      title.id = `tirage-${state.tirages.length - rank}`;
      const rows = ordre.map((line) => [
        String(line.rang),
        element("div", "", profile(line), element("br", ""), element("code", "hash", line.slug)),
        line.derniere ? inWords(line.derniere) : "Jamais",
        line.egalite ? "Tirage" : "Dernière invitation",
        element("code", "hash", line.empreinte),
      ]);
      const lines = [title, element("p", "small quiet", [achat && `Pour ${quote(achat)}`, date && `Fait le ${momentInWords(date)}`, motif && `Refait parce que${NBSP}: ${motif}`].filter(Boolean).join(". "))];
      lines.push(table(`Ordre du tirage no${NBSP}${numero}, ${besoin}`, ["Rang", "Fournisseur", "Dernière invitation", "Ce qui décide", "Empreinte SHA-256"], rows));
      const left = hors.map(({ nom, raison }) => (raison ? `${nom} (${raison})` : nom));
      if (left.length > 0) lines.push(element("p", "small", `Hors tirage${NBSP}: ${left.join("; ")}.`));
      lines.push(
        element("p", "small", `Recette${NBSP}: SHA-256 du texte suivant, où «${NBSP}fiche${NBSP}» est celle de chaque fournisseur; à égalité de dernière invitation, la plus petite empreinte passe en premier.`),
        element("p", "", element("code", "hash", `${seed(besoin, jeu, numero)}|fiche`)),
      );
      const own = element("section", "draw", ...lines);
      own.setAttribute("aria-labelledby", title.id);
      own.append(checked(draw));
      if (rank === 0) own.append(element("p", "ask__act no-print", note(draw)));
      return own;
    });
  }

  // A draw of a file, or of long ago, is believed no more than what it can be computed again from.
  function checked(draw) {
    if (agrees(draw)) return element("p", "small", `Calcul refait par cette page${NBSP}: mêmes empreintes, même ordre.`);
    return element("p", "hint hint--wait", icon("info"), element("span", "", `Calcul refait par cette page${NBSP}: le résultat n’est pas celui inscrit. Ce tirage a été modifié ou abîmé.`));
  }

  // Write in the register that the first ones of a draw are invited today.
  function note({ besoin, ordre }) {
    const chosen = ordre.slice(0, state.nombre);
    const button = action(`Inscrire l’invitation des ${chosen.length} premiers`, () => {
      const added = chosen.map(({ slug, nom }) => ({ slug, nom, date: today(), besoin }));
      change({ invitations: register.sorted([...state.invitations, ...added]) }, `${chosen.map(({ nom }) => nom).join(", ")}${NBSP}: inscrits au registre.`);
      find("[data-register-form] input").focus();
    });
    if (chosen.length === 1) button.textContent = "Inscrire l’invitation du premier";
    return button;
  }

  function invitations() {
    if (state.invitations.length === 0) return element("p", "quiet", "Aucune invitation.");
    const rows = state.invitations.map((item) => [
      profile(item),
      inWords(item.date),
      item.besoin,
      remove(`Retirer l’invitation de ${item.nom}, ${inWords(item.date)}`, () => {
        change({ invitations: state.invitations.filter((other) => other !== item) }, "L’invitation est retirée.");
        find("#registre-nom").focus();
      }),
    ]);
    return table("Invitations inscrites", ["Fournisseur", "Invité le", "Référence", ""], rows);
  }

  // What stops a draw: the sentence, and where to mend it.
  function hindrance(besoin) {
    const { achat } = state;
    if (!besoin) return ["Écrivez la référence du besoin.", "[data-need]"];
    if (!achat) return ["Écrivez ce qui est acheté\u00a0: seule une offre confirmée pour cela entre dans un tirage.", "[data-bought]"];
    if (answer === null) return ["Les données du catalogue n’ont pas pu être lues.", "[data-draw]"];
    if (state.candidats.some(({ slug }) => isConfirmed(slug))) return null;
    return [`Aucun des fournisseurs possibles n’a d’offre confirmée pour ${quote(achat)}${NBSP}: il n’y a rien à tirer.`, "#rotation-nom"];
  }

  async function drawNow(reason) {
    await judge();
    const besoin = register.need(find("[data-need]").value);
    const problem = hindrance(besoin);
    fault.textContent = problem ? problem[0] : "";
    if (problem) {
      find(problem[1]).focus();
      return;
    }
    const numero = register.nextNumber(state, besoin);
    const jeu = catalogue.version.sha256;
    const all = state.candidats.map((item) => ({
      ...item,
      confirmee: isConfirmed(item.slug),
      derniere: lastOf(item),
    }));
    const ordre = order(all, seed(besoin, jeu, numero));
    const hors = all.filter(({ confirmee }) => !confirmee).map(({ slug, nom }) => ({ slug, nom, raison: whyNot(slug) }));
    const date = `${new Date().toISOString().slice(0, 19)}Z`;
    change({ besoin, tirages: [...state.tirages, { besoin, achat: state.achat, numero, date, jeu, motif: numero > 1 ? reason : "", ordre, hors }] }, `Tirage no${NBSP}${numero}${NBSP}: ${ordre.map(({ nom }) => nom).join(", ")}.`);
    find("[data-draws] h3").tabIndex = -1;
    find("[data-draws] h3").focus();
  }

  async function receive(file) {
    const text = await file.text();
    let other = null;
    try {
      other = text.trimStart().startsWith("{") ? register.read(JSON.parse(text)) : register.fromCsv(text);
    } catch {
      other = null; // not JSON: said below
    }
    if (other === null) {
      said.textContent = "Ce fichier n’est pas un registre.";
      fault.textContent = "Ce fichier n’est pas un registre\u00a0: il faut le JSON exporté ici, ou un CSV avec les colonnes nom et date (AAAA-MM-JJ).";
      return;
    }
    const wrong = other.tirages.filter((draw) => !agrees(draw)).map(({ besoin, numero }) => `no${NBSP}${numero} (${besoin})`);
    fault.textContent = wrong.length > 0 ? `Calcul refait à l’ouverture${NBSP}: le résultat n’est pas celui inscrit pour le tirage ${wrong.join(", ")}. Il a été modifié ou abîmé.` : "";
    const drawn = other.tirages.length > 0 ? ` ${plural(other.tirages.length, "tirage lu et recalculé", "tirages lus et recalculés")}.` : "";
    change(register.merge(state, other), `${plural(other.invitations.length, "invitation lue", "invitations lues")}.${drawn}`);
  }

  find("[data-need]").addEventListener("change", (event) => change({ besoin: register.need(event.target.value) }));
  find("[data-bought]").addEventListener("change", (event) => change({ achat: register.bought(event.target.value) }));
  find("[data-wanted]").addEventListener("change", ({ target }) => {
    if (target.value && target.reportValidity()) change({ nombre: Number(target.value) });
  });
  find("[data-from-selection]").addEventListener("click", () => {
    const found = current().fiches;
    const [achat = "", ...others] = new Set(found.map(({ besoin }) => besoin).filter(Boolean)); // proposed, when all were kept for one
    const added = { ...register.empty(), achat: others.length === 0 ? achat : "", candidats: found.map(({ slug, nom }) => ({ slug, nom })) };
    change(register.merge(state, added), `Sélection ajoutée${NBSP}: ${found.length}.`);
  });
  onSubmit("[data-candidate-form]", ({ nom }, form) => {
    const item = named(nom);
    if (!item) return;
    change(register.merge(state, { ...register.empty(), candidats: [item] }), `${item.nom} est ajouté.`);
    form.reset();
  });
  onSubmit("[data-register-form]", ({ nom, date, besoin }, form) => {
    const item = named(nom);
    if (!item) return;
    change({ invitations: register.sorted([...state.invitations, { ...item, date, besoin: register.need(besoin) }]) }, `${item.nom} est inscrit au registre.`);
    form.reset();
    form.elements.namedItem("nom").focus();
  });
  onSubmit("[data-draw-form]", ({ motif }, form) => {
    drawNow(motif.trim());
    form.reset();
  });
  for (const button of root.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.export;
      const text = kind === "csv" ? register.toCsv(state.invitations) : `${JSON.stringify(state, null, 1)}\n`;
      save(new Blob([text], { type: kind === "csv" ? "text/csv" : "application/json" }), `rotation-${today()}.${kind}`);
    });
  }
  find("[data-print]").addEventListener("click", () => window.print());
  find("[data-import]").addEventListener("change", async ({ target }) => {
    if (target.files[0]) await receive(target.files[0]);
    target.value = "";
  });
  const confirm = find("[data-erase-confirm]");
  const closing = (words) => {
    confirm.hidden = true;
    find("[data-erase]").focus();
    said.textContent = words;
  };
  find("[data-erase]").addEventListener("click", () => {
    confirm.hidden = false;
    find("[data-erase-yes]").focus();
  });
  find("[data-erase-no]").addEventListener("click", () => closing("Rien n’est effacé."));
  find("[data-erase-yes]").addEventListener("click", () => {
    register.erase();
    state = register.empty();
    show();
    judge();
    closing("Tout est effacé de ce navigateur.");
  });

  function onSubmit(selector, act) {
    find(selector).addEventListener("submit", (event) => {
      event.preventDefault();
      act(Object.fromEntries(new FormData(event.target)), event.target);
    });
  }

  // Another tab may have drawn or written since: what it kept is never lost to what this one shows.
  register.subscribe(() => {
    state = followed(register.load());
    show();
    judge();
  });
  find("#registre-date").max = today();
  find("[data-rotation-tool]").hidden = false;
  show();
  // Nothing written yet: the data serve only who writes.
  const wanted = JSON.stringify(state) === JSON.stringify(register.empty()) ? firstTouch() : Promise.resolve();
  wanted.then(() => loadCatalogue(new URL(adresses.donneesDuCatalogue, site))).then(
    (read) => {
      catalogue = read;
      follow(read);
      state = followed(state);
      const options = read.json.entreprises.nom.map((nom) => Object.assign(element("option", ""), { value: nom }));
      find("#rotation-noms").replaceChildren(...options);
      show();
      judge();
    },
    () => {
      find("[data-unread]").hidden = false;
    },
  );
}

function table(label, headings, rows) {
  const head = element("tr", "", ...headings.map((text) => (text ? heading("col", text) : element("td", ""))));
  const body = rows.map((cells) => element("tr", "", ...cells.map((content) => element("td", "", content))));
  const scroll = element("section", "table-scroll", element("table", "", element("thead", "", head), element("tbody", "", ...body)));
  scroll.tabIndex = 0;
  scroll.setAttribute("aria-label", label);
  return scroll;
}

function heading(scope, text) {
  const cell = element("th", "", text);
  cell.scope = scope;
  return cell;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function badge(text, kind) {
  return element("span", `badge badge--${kind}`, text);
}

function action(text, act) {
  const button = element("button", "button", text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function remove(label, act) {
  const button = action("Retirer", act);
  button.className = "link-button no-print";
  button.setAttribute("aria-label", label);
  return button;
}

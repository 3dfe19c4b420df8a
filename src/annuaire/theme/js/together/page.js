// The question of « Répondre à plusieurs »: native, kept in the address; the answer comes first.
import { loadCatalogue } from "../common/catalogue/data.js";
import { element } from "../common/element.js";
import { clearFault, markFault, showSummary } from "../common/faults.js";
import { NBSP, quote } from "../common/french.js";
import { capacity, members, together, unit, unplaced } from "../common/together.js";
import { firstTouch } from "../common/touched.js";
import { showTogether } from "./shown.js";
import * as adresses from "../../../data/adresses.json";

const TITLES = { categorie: "Catégorie d’achat", dessert: "Territoire à couvrir", quantite: "Quantité voulue", unite: "Unité" };

export async function startTogether(root) {
  const form = root.querySelector("[data-together-form]");
  const answer = root.querySelector("[data-together-answer]");
  const summary = root.querySelector("[data-together-faults]");
  const site = new URL(root.dataset.root, document.baseURI);
  const all = (name) => [...form.querySelectorAll(`[name=${name}]`)];
  const value = (name) => form.elements.namedItem(name).value.trim();
  let catalogue;
  if (!location.search) {
    root.querySelector("[data-together-asked]").hidden = false;
    root.classList.add("is-ready");
    await firstTouch();
  }
  try {
    catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
  } catch {
    answer.replaceChildren(Object.assign(element("h2", "", "Les données du catalogue n’ont pas pu être lues."), { id: "ensemble" }));
    answer.hidden = false;
    root.classList.add("is-ready");
    return;
  }

  const chosen = () => all("dessert").filter(({ checked }) => checked).map(({ value: code }) => code);
  const quantity = () => (/^\d{1,9}$/.test(value("quantite").replace(/[\s\u00a0\u202f]/g, "")) ? Number(value("quantite").replace(/[\s\u00a0\u202f]/g, "")) : NaN);

  function faults(asked) {
    const found = [];
    const say = (name, said) => found.push({ name, said });
    for (const [name, text] of asked) say(name, `l’adresse de cette page demande ${quote(text)}, qui n’est pas un choix`);
    if (!value("categorie") && !found.some(({ name }) => name === "categorie")) say("categorie", "choisissez ce dont vous avez besoin");
    if (chosen().length === 0 && !found.some(({ name }) => name === "dessert")) say("dessert", "cochez au moins un territoire");
    if (value("quantite") && !(quantity() > 0)) say("quantite", `écrivez un nombre entier, par exemple 2${NBSP}500`);
    if (value("quantite") && !value("unite")) say("unite", "écrivez ce que compte la quantité");
    if (!value("quantite") && value("unite")) say("quantite", "écrivez la quantité, ou effacez l’unité");
    return found;
  }

  function show(found, focus) {
    const id = (name) => `ensemble-${name}-faute`;
    for (const name of Object.keys(TITLES)) clearFault(id(name), all(name));
    for (const { name, said } of found) markFault(id(name), said, all(name), all(name)[0].closest(".ask__field, .ask__choices"));
    showSummary(summary, found.map(({ name, said }) => ({ title: TITLES[name], problem: { said }, id: all(name)[0].id, go: () => all(name)[0].focus() })));
    if (found.length > 0) {
      answer.hidden = true;
      if (focus) summary.focus();
    }
    return found.length === 0;
  }

  function ask(focus) {
    const wanted = chosen().map(catalogue.mrc);
    const amount = value("quantite") ? quantity() : null;
    const found = members(catalogue, catalogue.category(value("categorie")), wanted, value("unite"));
    const question = { category: catalogue.json.categories[catalogue.category(value("categorie"))][1], wanted, quantity: amount, measure: value("unite") };
    const silent = unplaced(catalogue, catalogue.category(value("categorie")), wanted);
    showTogether(answer, together(found, wanted, amount), question, { catalogue, site, found, silent });
    if (focus) answer.focus();
  }

  // The units that the offers of the category say, so that the need is written in one of them.
  function suggest() {
    const category = catalogue.category(value("categorie"));
    const { offres } = catalogue.json;
    const units = new Map();
    offres.capacite.forEach((text, offer) => {
      const read = offres.categorie[offer] === category && text ? capacity(text) : null;
      if (read) units.set(read.unit, text.replace(/^.*?\d[\d\s\u00a0\u202f.,]*/, "").trim());
    });
    const known = [...units.values()].filter((text) => unit(text) !== "");
    root.querySelector("#ensemble-unites").replaceChildren(...known.map((text) => Object.assign(element("option", ""), { value: text })));
  }

  function restore() {
    form.reset();
    answer.hidden = true;
    const said = new URLSearchParams(location.search);
    const strange = [];
    const category = form.elements.namedItem("categorie");
    if (said.get("categorie")) category.value = said.get("categorie");
    if (said.get("categorie") && !category.value) strange.push(["categorie", said.get("categorie")]);
    for (const code of said.getAll("dessert")) {
      const box = all("dessert").find((one) => one.value === code);
      if (box) box.checked = true;
      else strange.push(["dessert", code]);
    }
    for (const name of ["quantite", "unite"]) form.elements.namedItem(name).value = said.get(name) ?? "";
    suggest();
    const isAsked = said.get("categorie") && said.has("dessert");
    if (show(isAsked ? faults(strange) : [], false) && isAsked) ask(false);
    root.querySelector("[data-together-asked]").hidden = false;
    root.classList.add("is-ready");
  }

  form.noValidate = true;
  form.addEventListener("change", ({ target }) => {
    if (target.name === "categorie") suggest();
  });
  form.addEventListener("input", ({ target }) => clearFault(`ensemble-${target.name}-faute`, all(target.name)));
  form.addEventListener("reset", () => {
    show([], false);
    answer.hidden = true;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!show(faults([]), true)) return;
    const said = new URLSearchParams();
    for (const [name, text] of new FormData(form)) if (text.trim()) said.append(name, text.trim());
    history.pushState(null, "", `?${said}`);
    ask(true);
  });
  window.addEventListener("popstate", restore);
  restore();
}

// The questions of « Quel mode d’achat? ». The form is native and its address says what was asked; the rules stand in
// the page, and the data of the catalogue are read only when a supplier matters.
import { loadCatalogue } from "../common/catalogue/data.js";
import { format, empty } from "../common/catalogue/query.js";
import { element } from "../common/element.js";
import { fold } from "../common/names.js";
import { MUNICIPAL, dollars, judge } from "./rules.js";
import { around } from "./suppliers.js";
import { showSuppliers } from "./nearby.js";
import { today } from "../common/today.js";
import { showVerdict } from "./verdict.js";
import * as adresses from "../../../data/adresses.json";

const FIELDS = ["organisme", "lieu", "reglement", "contrat", "montant", "categorie", "fournisseur"];
const NOT_AN_AMOUNT = "Écrivez un montant en dollars, par exemple 25\u00a0000.";

export function startMode(root) {
  const words = JSON.parse(root.querySelector("[data-mode-rules]").textContent);
  const form = root.querySelector("[data-mode-form]");
  const verdict = root.querySelector("[data-mode-verdict]");
  const nearby = root.querySelector("[data-mode-suppliers]");
  const said = root.querySelector("[data-mode-said]");
  const field = (name) => form.elements.namedItem(name);
  const site = new URL(root.dataset.root, document.baseURI);
  let turn = 0;

  // An address may hold what the form would have refused: no amount then.
  function amount(name) {
    const read = dollars(field(name).value);
    return Number.isNaN(read) ? null : read;
  }

  // A label of the list, or the name of a town alone when no other town of the list bears it.
  function placeOf(text) {
    const options = [...root.querySelectorAll("#mode-lieux option")];
    const towns = options.filter(({ value }) => same(value.replace(/ \(.*$/, ""), text));
    return options.find(({ value }) => same(value, text)) ?? (towns.length === 1 ? towns[0] : undefined);
  }

  function read(catalogue) {
    const place = placeOf(field("lieu").value);
    const name = field("fournisseur").value.trim();
    return {
      organisme: field("organisme").value,
      contrat: field("contrat").value,
      montant: amount("montant"),
      reglement: field("reglement").disabled ? null : amount("reglement"),
      commune: place?.dataset.commune ?? "",
      mrc: place?.dataset.mrc ?? "",
      lieu: place?.value ?? "",
      categorie: field("categorie").value,
      fournisseur: name ? supplier(catalogue, name) : null,
    };
  }

  // Two enterprises of one name: nobody can tell which one is meant, and no form is taken for confirmed.
  function supplier(catalogue, name) {
    const ranks = catalogue ? catalogue.json.entreprises.nom.flatMap((own, rank) => (same(own, name) ? [rank] : [])) : [];
    if (ranks.length !== 1) return { nom: name, forme: "", forme_confirmee: false };
    const { nom, forme, forme_confirmee } = catalogue.enterprise(ranks[0]);
    return { nom, forme: forme?.slug ?? "", forme_confirmee };
  }

  function check() {
    for (const name of ["montant", "reglement"]) {
      field(name).setCustomValidity(Number.isNaN(dollars(field(name).value)) ? NOT_AN_AMOUNT : "");
    }
    const place = field("lieu");
    const known = !place.value.trim() || placeOf(place.value);
    place.setCustomValidity(known ? "" : "Choisissez une municipalité ou une MRC de la liste.");
    return form.reportValidity();
  }

  async function ask(focus) {
    const mine = ++turn;
    let catalogue = null;
    if (field("fournisseur").value.trim() || field("categorie").value) {
      try {
        catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
      } catch {
        said.textContent = "Les données du catalogue n’ont pas pu être lues.";
      }
      if (mine !== turn) return;
    }
    const question = read(catalogue);
    const answer = judge(question, words.regles, today());
    showVerdict(verdict, answer, question, words, today());
    nearby.hidden = true;
    if (catalogue && question.categorie && question.mrc) {
      const search = { ...empty(), categorie: [question.categorie], dessert: [question.mrc] };
      const href = new URL(`${adresses.catalogue}?${format(search)}`, site).href;
      const found = around(catalogue, question.categorie, question.mrc);
      const label = catalogue.json.categories[catalogue.category(question.categorie)]?.[1] ?? "";
      showSuppliers(nearby, found, { answer, question, label, site, href, mrc: catalogue.territory(catalogue.mrc(question.mrc)) });
    } else if (question.categorie && !question.mrc) {
      said.textContent = "Indiquez aussi la municipalité pour voir les fournisseurs proches.";
    }
    if (focus) verdict.focus();
  }

  function remember() {
    const asked = new URLSearchParams();
    for (const name of FIELDS) if (field(name).value.trim() && !field(name).disabled) asked.set(name, field(name).value.trim());
    history.pushState(null, "", `?${asked}`);
  }

  function settle() {
    const isMunicipal = MUNICIPAL.includes(field("organisme").value);
    root.querySelector("[data-municipal]").hidden = !isMunicipal;
    field("reglement").disabled = !isMunicipal;
  }

  function restore() {
    const asked = new URLSearchParams(location.search);
    form.reset();
    for (const name of FIELDS) {
      const value = asked.get(name);
      if (value === null) continue;
      const control = field(name);
      if (control instanceof RadioNodeList && ![...control].some((one) => one.value === value)) continue;
      control.value = value;
    }
    settle();
    if (asked.get("montant") || asked.get("categorie")) ask(false);
    else hide();
  }

  function hide() {
    turn += 1;
    verdict.hidden = true;
    nearby.hidden = true;
    said.textContent = "";
  }

  // The names of suppliers are read when one is about to be typed.
  field("fournisseur").addEventListener("focus", fillNames, { once: true });
  async function fillNames() {
    try {
      const catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
      const options = catalogue.json.entreprises.nom.map((name) => Object.assign(element("option", ""), { value: name }));
      root.querySelector("#mode-fournisseurs").replaceChildren(...options);
    } catch {
      said.textContent = "Les données du catalogue n’ont pas pu être lues.";
    }
  }

  form.addEventListener("change", settle);
  form.addEventListener("input", () => {
    for (const name of ["montant", "reglement", "lieu"]) field(name).setCustomValidity("");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "";
    if (!check()) return;
    remember();
    ask(true);
  });
  form.addEventListener("reset", () => {
    hide();
    setTimeout(settle);
  });
  window.addEventListener("popstate", restore);
  form.noValidate = true; // what is wrong is said at the press of the button, by reportValidity
  form.hidden = false;
  restore();
}

function same(one, other) {
  return fold(one.trim()) === fold(other.trim());
}

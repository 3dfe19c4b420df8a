// The questions of « Quel mode d’achat? ». The form is native and its address says what was asked; the rules stand in
// the page, and the data of the catalogue are read only when a supplier matters. The answer comes first.
import { loadCatalogue } from "../common/catalogue/data.js";
import { format, empty } from "../common/catalogue/query.js";
import { element } from "../common/element.js";
import { today } from "../common/today.js";
import { FIELDS, readFields, same } from "./fields.js";
import { showSuppliers } from "./nearby.js";
import { MUNICIPAL, judge } from "./rules.js";
import { around } from "./suppliers.js";
import { showVerdict } from "./verdict.js";
import * as adresses from "../../../data/adresses.json";

export function startMode(root) {
  const words = JSON.parse(root.querySelector("[data-mode-rules]").textContent);
  const form = root.querySelector("[data-mode-form]");
  const asked = root.querySelector("[data-mode-asked]");
  const verdict = root.querySelector("[data-mode-verdict]");
  const nearby = root.querySelector("[data-mode-suppliers]");
  const site = new URL(root.dataset.root, document.baseURI);
  const fields = readFields(root, form);
  const read = () => loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
  let turn = 0;

  // Two enterprises of one name: nobody can tell which one is meant, and no form is taken for confirmed.
  function supplier(catalogue, name) {
    const ranks = catalogue ? catalogue.json.entreprises.nom.flatMap((own, rank) => (same(own, name) ? [rank] : [])) : [];
    if (ranks.length !== 1) return { nom: name, forme: "", forme_confirmee: false, connus: catalogue ? ranks.length : undefined };
    const { nom, forme, forme_confirmee } = catalogue.enterprise(ranks[0]);
    return { nom, forme: forme?.slug ?? "", forme_confirmee, connus: 1, forme_en_mots: (words.formes[forme?.slug] ?? "").toLowerCase() };
  }

  async function ask(focus) {
    const mine = ++turn;
    const question = fields.question();
    let catalogue = null;
    if (question.fournisseur || question.categorie) {
      try {
        catalogue = await read();
      } catch {
        question.donnees = false;
      }
      if (mine !== turn) return;
    }
    question.fournisseur = question.fournisseur ? supplier(catalogue, question.fournisseur) : null;
    const answer = judge(question, words.regles, today());
    showVerdict(verdict, answer, question, words, today());
    nearby.hidden = true;
    if (catalogue && question.categorie && question.mrc) {
      const search = { ...empty(), categorie: [question.categorie], dessert: [question.mrc] };
      const [href, everywhere] = [search, { ...search, dessert: [] }].map((one) => new URL(`${adresses.catalogue}?${format(one)}`, site).href);
      const found = around(catalogue, question.categorie, question.mrc);
      const label = catalogue.json.categories[catalogue.category(question.categorie)]?.[1] ?? "";
      showSuppliers(nearby, found, { answer, question, label, site, href, everywhere, mrc: catalogue.territory(catalogue.mrc(question.mrc)) });
    }
    if (focus) verdict.focus();
  }

  function remember() {
    const said = new URLSearchParams();
    for (const name of FIELDS) if (fields.value(name)) said.set(name, fields.value(name));
    history.pushState(null, "", `?${said}`);
  }

  // A by-law is asked of who may have one; what was typed stays in sight.
  function settle() {
    const isMunicipal = MUNICIPAL.includes(fields.value("organisme"));
    for (const part of root.querySelectorAll("[data-municipal]")) part.hidden = !isMunicipal && !fields.value("reglement") && !fields.value("plafond");
  }

  async function restore() {
    const said = new URLSearchParams(location.search);
    form.reset();
    fields.reset();
    for (const name of FIELDS) if (said.get(name)) fields.set(name, said.get(name));
    settle();
    hide();
    // An address that only fills the form asks nothing yet.
    const found = fields.faults().filter(({ name }) => name !== "montant" || said.has("montant"));
    if (fields.show(found, { focus: false }) && said.get("montant")) await ask(false);
    asked.hidden = false;
    root.classList.add("is-ready");
  }

  function hide() {
    turn += 1;
    verdict.hidden = true;
    nearby.hidden = true;
  }

  // The names of suppliers are read when one is about to be typed; without them, it is typed whole.
  form.elements.namedItem("fournisseur").addEventListener("focus", fillNames, { once: true });
  async function fillNames() {
    const catalogue = await read().catch(() => null);
    const options = (catalogue?.json.entreprises.nom ?? []).map((name) => Object.assign(element("option", ""), { value: name }));
    root.querySelector("#mode-fournisseurs").replaceChildren(...options);
  }

  form.addEventListener("change", settle);
  form.addEventListener("input", ({ target }) => fields.touched(target.name));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fields.show(fields.faults())) {
      hide();
      return;
    }
    remember();
    ask(true);
  });
  form.addEventListener("reset", () => {
    hide();
    fields.reset();
    setTimeout(settle);
  });
  window.addEventListener("popstate", restore);
  for (const known of root.querySelectorAll("[data-mode-known]")) known.open = false; // whole without this script
  form.noValidate = true; // what is wrong is said at its field, at the press of the button
  restore();
}

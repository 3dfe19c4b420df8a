// The question of « Trouver de l’aide »: its address says what was asked, and going back asks it again.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { button } from "../common/pieces.js";
import { answer, lacksPlace } from "./judge.js";
import { load } from "./data.js";
import { group } from "./rows.js";
import { fit, leaf } from "./leaf.js";

const FIELDS = ["besoin", "stade", "mrc"];
const APART = new Set(["ailleurs", "sans-contact", "finis"]);

export function startQuestion(root) {
  const form = root.querySelector("[data-help-form]");
  const shown = root.querySelector("[data-help-answer]");
  const said = root.querySelector("[data-help-said]");
  const lists = root.querySelector("[data-help-lists]");
  const { root: site } = root.dataset;
  let turn = 0;

  const asked = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements.namedItem(name).value]));

  function sentence(question, data) {
    const chosen = (name) => form.elements.namedItem(name).selectedOptions[0].text;
    const where = question.mrc ? ` ${data.territoires[question.mrc].dans}` : "";
    const stage = question.stade ? `, ${chosen("stade").toLowerCase()}${where && ","}` : "";
    return (question.besoin ? chosen("besoin") : "Tous les besoins") + stage + where;
  }

  // Whom to turn to: the Pôle and the MRC that have a record, else the MRC by its name.
  function whoToAsk(question, data) {
    if (!question.mrc) return element("p", "section", "Choisissez un territoire pour savoir à qui demander le reste.");
    const { titre, demander } = data.territoires[question.mrc];
    const section = group(["demander", "À qui demander le reste", ""], demander.map((rank) => data.repondants[rank]), site);
    if (demander.length === 0) section.lastChild.replaceWith(element("p", "", `Aucune fiche ne dit qui répond ici${NBSP}: demandez au bureau de ${titre}.`));
    return section;
  }

  function write(question, data) {
    const groups = answer(data, question);
    const ready = groups.filter(([key]) => !APART.has(key)).reduce((sum, [, , , records]) => sum + records.length, 0);
    const count = ready > 0 ? plural(ready, "réponse") : "Aucune réponse avec des coordonnées";
    const heading = element("h2", "", sentence(question, data));
    heading.tabIndex = -1;
    const head = element("div", "help-answer__head", heading, button("Imprimer", "button no-print", () => window.print()));
    shown.replaceChildren(head, element("p", "", element("strong", "", count), ready > 0 ? `. ${data.prudence}` : ". Voici à qui demander."));
    if (lacksPlace(groups, question, data.absence)) shown.append(element("p", "hint section", element("span", "", data.absence.phrase)));
    const usual = groups.filter(([key]) => !APART.has(key));
    const apart = groups.filter(([key]) => APART.has(key));
    const sections = (some) => some.map((one) => group(one, one[3], site));
    shown.append(...sections(usual), whoToAsk(question, data), ...sections(apart));
    print(heading.textContent, question, data, usual, apart);
    said.textContent = `${count}.`;
  }

  // What paper shows instead of the answer.
  function print(title, question, data, usual, apart) {
    const asked = question.mrc ? data.territoires[question.mrc].demander.map((rank) => data.repondants[rank]) : [];
    const parts = usual.map(([, words, , records]) => ({ title: words, records, isCounted: true }));
    if (asked.length > 0) parts.push({ title: "À qui demander le reste", records: asked });
    const left = apart.reduce((sum, [, , , records]) => sum + records.length, 0);
    const paper = leaf(`Trouver de l’aide${NBSP}: ${title}`, data.prudence, parts, left, { href: location.href, isPlaced: Boolean(question.mrc) });
    shown.append(paper.node);
    fit(paper);
  }

  async function show(focus) {
    const mine = ++turn;
    const question = asked();
    const isAsked = Boolean(question.besoin || question.mrc);
    lists.classList.toggle("is-shown", !isAsked);
    shown.hidden = !isAsked;
    said.className = "hidden-text";
    said.textContent = "";
    if (!isAsked) return;
    try {
      const data = await load(new URL(site, document.baseURI));
      if (mine !== turn) return;
      write(question, data);
      if (focus) shown.querySelector("h2").focus();
    } catch {
      if (mine !== turn) return;
      shown.hidden = true;
      lists.classList.add("is-shown");
      said.className = "hint section";
      said.textContent = "Les réponses n’ont pas pu être lues. Voici les listes.";
    }
  }

  function remember() {
    const words = new URLSearchParams(Object.entries(asked()).filter(([, value]) => value));
    const address = words.size > 0 ? `?${words}` : location.pathname;
    if (address !== location.search) history.pushState(null, "", address);
  }

  // An address may name what the page does not know: nothing is chosen then.
  function restore() {
    const words = new URLSearchParams(location.search);
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      const value = words.get(name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    show(false);
  }

  form.addEventListener("change", () => {
    remember();
    show(false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    show(true);
  });
  window.addEventListener("popstate", restore);
  restore();
}

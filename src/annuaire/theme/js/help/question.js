// The question of « Trouver de l’aide »: its address says what was asked, and going back asks it again.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { button } from "../common/pieces.js";
import { answer, lacksPlace } from "./judge.js";
import { load } from "./data.js";
import { group } from "./rows.js";
import { fit, leaf } from "./leaf.js";

const UNKNOWN = "Une partie de cette adresse n’est pas connue ici; choisissez dans les listes.";
const MORE = "Choisissez aussi un besoin ou un territoire.";
const FIELDS = ["besoin", "stade", "mrc"];
const NEAR = "pres";
const APART = new Set([NEAR, "ailleurs", "sans-contact", "finis"]);

export function startQuestion(root) {
  const form = root.querySelector("[data-help-form]");
  const shown = root.querySelector("[data-help-answer]");
  const said = root.querySelector("[data-help-said]");
  const lists = root.querySelector("[data-help-lists]");
  const { root: site } = root.dataset;
  let turn = 0;
  let unknown = false;

  const asked = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements.namedItem(name).value]));

  function sentence(question, data) {
    const chosen = (name) => form.elements.namedItem(name).selectedOptions[0].text;
    const where = question.mrc ? ` ${data.territoires[question.mrc].dans}` : "";
    const stage = question.stade ? `, ${chosen("stade").toLowerCase()}${where && ","}` : "";
    return (question.besoin ? chosen("besoin") : "Tous les besoins") + stage + where;
  }

  // Whom to turn to: the Pôle and the MRC that have a record, else the MRC by its name; once, if they are above.
  function whoToAsk(question, data, above) {
    if (!question.mrc) return element("p", "section", "Choisissez un territoire pour savoir à qui demander le reste.");
    const { titre, demander } = data.territoires[question.mrc];
    const asked = demander.map((rank) => data.repondants[rank]);
    const again = asked.filter(({ u }) => above.has(u));
    const section = group(["demander", "À qui demander le reste", ""], asked.filter(({ u }) => !above.has(u)), site);
    if (again.length > 0) section.append(element("p", "", `Plus haut${NBSP}: ${again.map(({ n }) => n).join(", ")}.`));
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
    const first = groups.filter(([key]) => key === NEAR || !APART.has(key));
    const above = new Set(first.flatMap(([, , , records]) => records.map(({ u }) => u)));
    shown.append(...sections(first), whoToAsk(question, data, above), ...sections(apart.filter(([key]) => key !== NEAR)));
    print(heading.textContent, question, data, usual, apart);
    said.textContent = `${unknown ? `${UNKNOWN} ` : ""}${count}, plus bas.`;
  }

  // What paper shows instead of the answer.
  function print(title, question, data, usual, apart) {
    const asked = question.mrc ? data.territoires[question.mrc].demander.map((rank) => data.repondants[rank]) : [];
    const parts = usual.map(([, words, , records]) => ({ title: words, records, isCounted: true }));
    const near = apart.find(([key]) => key === NEAR);
    if (near) parts.splice(1, 0, { title: near[1], records: near[3].map(({ n, v }) => ({ n, w: v })), isBrief: true });
    if (asked.length > 0) parts.push({ title: "À qui demander le reste", records: asked });
    const left = apart.reduce((sum, [key, , , records]) => sum + (key === NEAR ? 0 : records.length), 0);
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
    said.className = "help-said no-print";
    said.textContent = unknown ? UNKNOWN : "";
    if (!isAsked && question.stade) said.textContent += ` ${MORE}`;
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
    unknown = false;
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      const value = words.get(name) ?? "";
      const isKnown = [...field.options].some((option) => option.value === value);
      field.value = isKnown ? value : "";
      unknown ||= !isKnown;
    }
    show(false);
  }

  form.addEventListener("change", () => {
    unknown = false;
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

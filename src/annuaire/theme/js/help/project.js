// « Mon projet est-il de l’économie sociale? »: the result among the four that the page already says, and whom to call.
import { element } from "../common/element.js";
import { NBSP, quote } from "../common/french.js";
import { button } from "../common/pieces.js";
import { load } from "./data.js";
import { outcome } from "./judge.js";
import { list } from "./rows.js";

const COUNT = 5;

export function startProject(root) {
  const form = root.querySelector("[data-project-form]");
  const outcomes = [...root.querySelectorAll("[data-outcome]")];
  const title = root.querySelector("#resultats");
  const call = root.querySelector("[data-project-call]");
  const said = root.querySelector("[data-project-said]");
  const more = root.querySelector("[data-project-more]");
  const { root: site } = root.dataset;
  const [former, address] = [title.textContent, more.href];

  // The answers that led there, in the words of the questions.
  function reasons() {
    const items = [...form.querySelectorAll("fieldset")].map((one) => {
      const no = one.querySelector("input:checked").dataset.why;
      const words = one.querySelector("legend").textContent;
      return element("li", "", `${words} ${no ? `Non${NBSP}: ${no}` : "Oui."}`);
    });
    const node = element("div", "outcome__why", element("p", "", element("strong", "", "Vos réponses")), element("ul", "small", ...items));
    node.append(button("Imprimer", "button no-print", () => window.print()));
    return node;
  }

  // Community action turns first to the CDC of its territory, where there is one.
  async function whom(mrc, slug) {
    call.replaceChildren();
    more.href = mrc ? `${address}&mrc=${mrc}` : address;
    if (!mrc) return;
    try {
      const { territoires, repondants } = await load(new URL(site, document.baseURI));
      const { cdc, demander: usual, titre } = territoires[mrc];
      const demander = slug === "communautaire" ? [...cdc, ...usual] : usual;
      if (demander.length > 0) call.replaceChildren(list(demander.map((rank) => repondants[rank]), site));
      else call.replaceChildren(element("p", "", `Aucune fiche ne dit qui répond ici${NBSP}: demandez au bureau de ${quote(titre)}.`));
    } catch {
      call.replaceChildren(element("p", "", "La liste n’a pas pu être lue."));
    }
  }

  function clear() {
    root.querySelector(".outcome__why")?.remove();
    for (const one of outcomes) {
      one.hidden = false;
      one.classList.remove("is-found");
    }
    title.textContent = former;
    said.textContent = "";
    call.replaceChildren();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    const answers = Array.from({ length: COUNT }, (_, rank) => form.elements.namedItem(`q${rank + 1}`).value === "oui");
    const slug = outcome(answers);
    for (const one of outcomes) {
      one.hidden = one.dataset.outcome !== slug;
      one.classList.toggle("is-found", !one.hidden);
    }
    const found = outcomes.find((one) => !one.hidden);
    title.textContent = "Votre résultat";
    found.append(reasons());
    said.textContent = found.querySelector("h3").textContent;
    whom(form.elements.namedItem("mrc").value, slug);
    title.focus();
  });
  form.addEventListener("reset", clear);
}

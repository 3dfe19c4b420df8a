// What the results are not, and a way out: words that nothing holds, another writing, nobody who offers what is asked, a
// search that could not start.
import { without } from "../answer/question.js";
import { wider } from "../answer/places.js";
import { element } from "../element.js";
import { NBSP, plural, quote } from "../french.js";
import { copy } from "../pieces.js";
import { members } from "../together.js";
import { remarks } from "./caveats.js";
import * as adresses from "../../../../data/adresses.json";

// `again(words)` asks another question; `site` is the URL of the root.
export function createNote(note, site, again) {
  function link(text, url) {
    const node = element("a", "", text);
    node.href = new URL(url, site).href;
    return node;
  }

  function button(text, act, className = "link-button") {
    const node = element("button", className, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function lists() {
    return element("p", "links", link("Catégories d’achat", adresses.categories), link("Toutes les entreprises", adresses.entreprises), link("Secteurs", adresses.secteurs));
  }

  // What can be done when nobody offers it: look wider, look at who may do it, ask the Pôle.
  function ways(catalogue, { said, sector, groups }) {
    const there = said.places.map(({ label }) => label).join(", ");
    const items = [];
    const around = said.places.length === 1 ? wider(catalogue, said.places[0]) : null;
    if (groups.length > 0 && around) items.push(button(`Élargir${NBSP}: ${around.label}`, () => again(`${without(said.question.words, said.places)} ${around.words}`.trim())));
    if (groups.length > 0 && said.places.length > 0) items.push(button("Chercher partout", () => again(said.bare)));
    if (sector.length > 0) {
      items.push(
        button(`Voir ${plural(sector.length, "entreprise")} du même secteur`, () => {
          const block = document.querySelector("[data-group=secteur]");
          block.open = true;
          block.querySelector("summary").focus();
          block.scrollIntoView();
        }),
      );
    }
    return [
      element("ul", "wayout", ...items.map((item) => element("li", "", item))),
      message(catalogue.json.courriel, said.bare || there, there),
    ];
  }

  // One category and where it must be served: nobody may cover it all alone.
  function several(catalogue, { categorie, dessert }) {
    if (categorie.length !== 1 || dessert.length === 0) return [];
    const wanted = dessert.map(catalogue.mrc);
    const found = members(catalogue, catalogue.category(categorie[0]), wanted);
    if (found.length === 0) return [];
    const query = new URLSearchParams([["categorie", categorie[0]], ...dessert.map((code) => ["dessert", code])]);
    const isWhole = found.some(({ mrcs }) => mrcs.size === wanted.length);
    const before = isWhole ? "Une quantité à couvrir? " : "Aucune entreprise ne dit desservir seule tout ce territoire. ";
    return [element("p", "", before, link("Voir qui pourrait répondre à plusieurs", `${adresses.ensemble}?${query}`))];
  }

  // A message to the Pôle, ready to be sent or copied, whether or not the site says where.
  function message(address, about, there) {
    const text = element("textarea", "wayout__message");
    text.rows = 9;
    text.value = [
      "Bonjour,",
      `Nous cherchons une entreprise d’économie sociale pour le besoin suivant${NBSP}: ${about}.`,
      `Lieu${NBSP}: ${there || "(à préciser)"}\nDate souhaitée${NBSP}: (à préciser)`,
      `Le répertoire n’en annonce aucune${there ? " à cet endroit" : ""}. En connaissez-vous une?`,
      "Merci.",
    ].join("\n\n");
    text.setAttribute("aria-label", "Message au Pôle");
    const said = element("p", "small");
    said.setAttribute("role", "status");
    const actions = element("p", "toolbar");
    if (!address) said.textContent = "Ce site n’a pas encore l’adresse de son Pôle. Copiez le message pour le lui envoyer.";
    if (address) {
      const send = element("a", "button button--main", "Ouvrir dans mon courriel");
      const write = () => {
        const subject = encodeURIComponent(`Recherche d’un fournisseur${NBSP}: ${about}`);
        send.href = `mailto:${encodeURIComponent(address).replace("%40", "@")}?subject=${subject}&body=${encodeURIComponent(text.value.replace(/\n/g, "\r\n"))}`;
      };
      write();
      text.addEventListener("input", write);
      actions.append(send);
    }
    const copied = async () => {
      said.textContent = await copy(text, "Message copié.");
    };
    actions.append(button("Copier le message", copied, "button"));
    return element("details", "wayout__ask", element("summary", "", "Demander au Pôle"), text, actions, said);
  }

  // Who asks may look for help rather than for a supplier: the page that answers that, with the need and the place asked.
  function helpers({ needs, mrc }) {
    if (needs.length === 0) return [];
    const links = needs.map(({ code, label }) => link(label, `${adresses.aide}?${new URLSearchParams({ besoin: code, ...(mrc && { mrc }) })}`));
    return [element("p", "", `Pour votre propre entreprise ou votre projet, voir qui peut aider${NBSP}: `, ...links.flatMap((one, rank) => (rank > 0 ? [", ", one] : [one])), ".")];
  }

  return {
    // `isDeaf`: words could not be looked for; `isPartial`: in other records than enterprises; `search`: the choices made;
    // `help`: what one may be helped with.
    show(catalogue, answer, isDeaf, isPartial, search, help) {
      const { said, found, sector, isAnswered = false } = answer;
      const lines = [];
      if (isPartial) lines.push(element("p", "", "Seules les entreprises ont pu être cherchées. Rechargez la page pour chercher dans tout le répertoire."));
      if (isDeaf) lines.push(element("p", "", "La recherche par mots n’a pas pu démarrer. Les filtres fonctionnent, et les listes sont complètes."), lists());
      for (const { key, text, words } of remarks(catalogue, answer)) {
        const [before, after] = words ? text.split(quote(words)) : [text];
        lines.push(words ? element("p", "", before, button(quote(words), () => again(words)), after) : element("p", "", text));
        if (key === "aucune-offre") lines.push(...ways(catalogue, answer));
      }
      if (said !== null && found.length + sector.length === 0 && !isAnswered) lines.push(lists());
      lines.push(...several(catalogue, search), ...helpers(help));
      note.replaceChildren(element("div", "", ...lines));
      note.hidden = lines.length === 0;
    },
  };
}

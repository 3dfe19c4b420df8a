// Why the results are not quite what was asked, and a way out: never an empty page without a word.
import { element } from "../element.js";
import { NBSP, plural, quote } from "../french.js";
import * as adresses from "../../../../data/adresses.json";


export function createNote(note, site, again) {
  function link(text, url) {
    const node = element("a", "", text);
    node.href = new URL(url, site).href;
    return node;
  }

  function rerun(after, before, words) {
    const button = element("button", "link-button", `«${NBSP}${words}${NBSP}»`);
    button.type = "button";
    button.addEventListener("click", () => again(words));
    return element("p", "", before, button, after);
  }

  return {
    hide() {
      note.hidden = true;
    },
    show(answer) {
      const lines = [];
      const said = remark(answer);
      if (said) lines.push(element("p", "", said));
      if (answer.correction) lines.push(rerun("?", "Vouliez-vous dire ", answer.correction));
      for (const { libelle, sectors, isAbsent } of answer.ways) {
        if (isAbsent) lines.push(element("p", "", `Aucune offre inscrite ne porte sur ${quote(libelle)}. Voici ce qui s’en rapproche.`));
        if (sectors.length === 0) continue;
        const links = sectors.flatMap(({ libelle: label, url, nombre }, rank) => [rank ? ", " : "", link(label, url), ` (${nombre})`]);
        const before = isAbsent ? "Ces" : `Pour le besoin ${quote(libelle)}, ces`;
        lines.push(element("p", "", `${before} secteurs peuvent y répondre${NBSP}: `, ...links, "."));
      }
      if (answer.results.length === 0 && answer.unfiltered === 0 && answer.ways.length > 0 && answer.asked) lines.push(rerun(".", "Ou voir les résultats pour ", answer.asked));
      if (answer.results.length === 0 && answer.unfiltered === 0) {
        const lists = [link("Toutes les entreprises", adresses.entreprises), link("Secteurs", adresses.secteurs), link("Catégories d’achat", adresses.categories)];
        lines.push(element("p", "links", ...lists));
      }
      note.replaceChildren(element("div", "", ...lines));
      note.hidden = lines.length === 0;
    },
  };
}

function remark({ results, asked, dropped, scattered, elsewhere, unfiltered, correction, ways }) {
  const absent = dropped.length > 0 ? `Aucune fiche ne contient ${dropped.map(quote).join(", ")}.` : "";
  if (results.length > 0 && scattered) {
    return `${absent} Aucune fiche ne répond à tous ces mots à la fois. Voici celles qui répondent à au moins un.`.trim();
  }
  if (results.length > 0 && elsewhere) {
    return `${absent} Aucune fiche de cet endroit ne répond à ce besoin. Voici celles d’ailleurs, qui le desservent peut-être.`.trim();
  }
  if (results.length > 0) return absent && `${absent} Voici les résultats pour ${quote(asked)}.`;
  if (unfiltered > 0) return `Sans les filtres, il y aurait ${plural(unfiltered, "entreprise")}. Enlevez-en un pour élargir la recherche.`;
  if (correction || ways.length > 0) return absent;
  return `${absent} Essayez un mot plus général, vérifiez l’orthographe ou parcourez une liste.`.trim();
}

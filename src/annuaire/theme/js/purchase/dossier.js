// The Word document of a purchase file: what the buyer has written and kept in this browser, and what the catalogue says today.
// Nothing is sent: it is made here, by a writer that is fetched only when it is asked for.
import { NBSP } from "../common/french.js";
import { agrees } from "../common/rotation/draw.js";
import { load } from "../common/rotation/register.js";
import { fetchBundle } from "../common/selection/bundle.js";
import { readDraft } from "../common/selection/drafts.js";
import { fileName, save } from "../common/saving.js";
import { readVerdict } from "../common/selection/verdict.js";
import { today } from "../common/today.js";
import { answered, titleOf } from "./questions.js";
import { MARK } from "./record.js";

export function createDossier(root, site) {
  const said = root.querySelector("[data-dossier-said]");
  const make = root.querySelector("[data-dossier-make]");
  let shown = null; // {catalogue, enterprises, kept, list, columns}

  make.addEventListener("click", async () => {
    said.textContent = "Préparation du document…";
    make.setAttribute("aria-disabled", "true");
    try {
      const title = titleOf(shown.list);
      const asked = await answered(shown.catalogue, shown.list.fiches, site);
      const facts = gather(shown, asked, site);
      const write = await fetchBundle("document");
      const blob = await write({
        title: `Dossier d’achat${NBSP}: ${facts.need || title}`,
        description: `Décision sommaire, recherche, comparaison, projet de résolution et lettre d’invitation. Données du ${shown.catalogue.day}.`,
        creator: facts.organisation || shown.catalogue.json.pole || site.host,
        mark: MARK,
        facts,
      });
      const name = `dossier-achat-${fileName(title)}-${today()}.docx`;
      save(blob, name);
      said.textContent = `Document prêt${NBSP}: ${name}. Il n’a été envoyé nulle part.`;
    } catch (error) {
      said.textContent = "Le document n’a pas pu être fait. Rechargez la page, puis recommencez.";
      throw error; // for the console: the visitor has been told
    } finally {
      make.removeAttribute("aria-disabled");
    }
  });

  return {
    show(what) {
      shown = what;
      said.textContent = "";
    },
  };
}

// Bring together all that the document tells: {catalogue, enterprises, kept, list, columns, site, asked (each with the `draft` of its
// record), verdict, draw (with `isSame`, and `isReferred`: its reference is that of the purchase), contact, need, reference, organisation}.
export function gather({ catalogue, enterprises, kept, list, columns }, asked, site) {
  const contact = readDraft(`contact:${list.id}`);
  const recorded = asked.map((one) => ({ ...one, draft: readDraft(`releve:${one.address}`) }));
  const first = (key) => contact[key]?.trim() || recorded.map(({ draft }) => draft[key]?.trim()).find(Boolean) || "";
  const needs = [...new Set(list.fiches.map(({ besoin }) => besoin).filter(Boolean))];
  const slugs = new Set(list.fiches.map(({ slug }) => slug));
  const draw = [...load().tirages].reverse().find(({ ordre }) => ordre.some(({ slug }) => slugs.has(slug))); // the last one
  const reference = first("reference");
  return {
    catalogue,
    enterprises,
    kept,
    list,
    columns: columns(),
    site,
    asked: recorded,
    verdict: readVerdict(list.id),
    draw: draw ? { ...draw, isSame: agrees(draw), isReferred: draw.besoin === reference } : null,
    contact,
    need: first("besoin") || needs.join(", "),
    reference,
    organisation: contact.signature?.trim() ?? "",
  };
}

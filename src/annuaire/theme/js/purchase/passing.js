// A selection passed on: as a file, or as a link that holds the addresses of records alone. Both name suppliers: who makes one is
// told so first. What is received is judged when it is opened, and becomes a selection of its own.
import { element } from "../common/element.js";
import { NBSP, plural, quote } from "../common/french.js";
import { button, copy, enterpriseLink } from "../common/pieces.js";
import { fileName, save } from "../common/saving.js";
import * as store from "../common/selection/store.js";
import { SLUG } from "../common/slug.js";
import { today } from "../common/today.js";

const KIND = "annuaire-selection";
const VERSION = 1;
const LARGEST = 2_000_000; // bytes
const LINK = "#fiches=";
const REMEDY = `Choisissez un fichier .json que la page «${NBSP}Ma sélection${NBSP}» a fait télécharger.`;

// Write a list of the store as a file.
export function write({ nom, fiches }, site) {
  const lines = fiches.map(({ slug, nom: name, besoin, niveau, recherche }) => ({ slug, nom: name, besoin, niveau, recherche }));
  return `${JSON.stringify({ format: KIND, version: VERSION, site: site.href, faite_le: today(), nom, fiches: lines }, null, 1)}\n`;
}

// Read the bytes of a file back: {nom, fiches, site}, not yet judged, or the sentence that says why it cannot be.
export function read(bytes) {
  if (bytes.byteLength > LARGEST) return `Ce fichier est trop gros pour être une sélection (2${NBSP}Mo au plus). ${REMEDY}`;
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return `Ce fichier ne se lit pas${NBSP}: il est vide, abîmé, ou n’est pas une sélection. ${REMEDY}`;
  }
  if (value === null || typeof value !== "object" || value.format !== KIND) return `Ce fichier n’est pas une sélection. ${REMEDY}`;
  if (value.version !== VERSION) return "Cette sélection a été faite par une version plus récente du site. Rechargez cette page, puis recommencez.";
  if (!Array.isArray(value.fiches) || value.fiches.length === 0) return `Ce fichier ne nomme aucune entreprise. ${REMEDY}`;
  return { nom: value.nom, fiches: value.fiches, site: typeof value.site === "string" ? value.site : "" };
}

// The records that an address names.
export function slugsOf(hash) {
  if (!hash.startsWith(LINK)) return [];
  return [...new Set(hash.slice(LINK.length).split(",").filter((slug) => SLUG.test(slug)))].slice(0, store.MOST_ENTERPRISES);
}

export function createPassing(root, site, say) {
  const part = (name) => root.querySelector(`[data-pass-${name}]`);
  const [input, ask, shown, received] = [part("file"), part("ask"), part("link"), part("received")];
  let catalogue = null;

  part("save").addEventListener("click", () => {
    const list = store.current();
    const name = `selection-${fileName(list.nom)}-${today()}.json`;
    save(new Blob([write(list, site)], { type: "application/json" }), name);
    tell(`Fichier enregistré${NBSP}: ${name}.`);
  });

  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    let opened;
    try {
      opened = file.size > LARGEST ? read({ byteLength: file.size }) : read(await file.arrayBuffer());
    } catch {
      opened = "Votre navigateur n’a pas pu lire ce fichier. Copiez-le sur votre appareil, puis recommencez.";
    }
    if (typeof opened === "string") tell(opened);
    else take(opened);
  });

  // Make it a selection, and say what became of each line.
  function take(given) {
    const done = store.receive(given);
    if (!done) {
      tell(`Le nombre de sélections est limité à ${store.MOST_LISTS}${NBSP}: supprimez-en une d’abord.`);
      return;
    }
    const { nom, fiches } = store.current();
    const gone = catalogue ? fiches.filter(({ slug }) => catalogue.indexOf(slug) < 0).length : 0;
    tell(
      [
        `Sélection ${quote(nom)} ouverte${NBSP}: ${plural(done.kept, "entreprise")}.`,
        gone > 0 && `${plural(gone, "n’est plus au catalogue", "ne sont plus au catalogue")}.`,
        done.left > 0 && `${plural(done.left, "ligne illisible ou répétée est laissée de côté", "lignes illisibles ou répétées sont laissées de côté")}.`,
        given.site && given.site !== site.href && "Ce fichier vient d’un autre site.",
        "Ce que chacune offre est jugé sur les données d’aujourd’hui.",
      ]
        .filter(Boolean)
        .join(" "),
    );
  }

  function tell(words) {
    part("said").textContent = words;
  }

  part("prepare").addEventListener("click", () => {
    shown.replaceChildren();
    ask.hidden = false;
    part("yes").focus();
  });
  const close = () => {
    ask.hidden = true;
    part("prepare").focus();
  };
  part("no").addEventListener("click", close);
  ask.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });
  part("yes").addEventListener("click", () => {
    ask.hidden = true;
    const field = element("input");
    field.id = "lien-selection";
    field.readOnly = true;
    field.value = here() + LINK + store.current().fiches.map(({ slug }) => slug).join(",");
    const label = element("label", "", "Lien vers les fiches retenues");
    label.htmlFor = field.id;
    shown.replaceChildren(element("div", "field field--copied", label, field, button("Copier le lien", "button", async () => tell(await copy(field, "Lien copié.")))));
    field.focus();
    field.select();
  });

  const here = () => location.href.split(/[?#]/)[0];

  // What a link names, asked before it is kept.
  function receive() {
    const slugs = slugsOf(location.hash);
    received.hidden = slugs.length === 0;
    if (slugs.length === 0) return;
    const known = slugs.map((slug) => catalogue.presentOf(slug) || slug).filter((slug) => catalogue.indexOf(slug) >= 0);
    const items = known.map((slug) => ({ slug, nom: catalogue.json.entreprises.nom[catalogue.indexOf(slug)] }));
    const gone = slugs.length - items.length;
    part("received-title").textContent = `Le lien que vous avez suivi nomme ${plural(slugs.length, "entreprise")}`;
    part("received-list").replaceChildren(...items.map(({ slug, nom }) => element("li", "", enterpriseLink(site, slug, nom))));
    part("received-gone").textContent = gone > 0 ? `${plural(gone, "n’est plus au catalogue", "ne sont plus au catalogue")}.` : "";
    part("take").hidden = items.length === 0;
    part("received-title").focus();
    part("take").onclick = () => {
      leave();
      take({ nom: "Sélection reçue", fiches: items });
      root.querySelector("[data-list-choice]").focus();
    };
    part("leave").onclick = () => {
      leave();
      say("Rien n’est retenu de ce lien.");
      root.querySelector("[data-list-choice]").focus();
    };
  }

  // The address no longer names anyone once it is answered.
  function leave() {
    history.replaceState(null, "", here());
    received.hidden = true;
  }

  globalThis.addEventListener("hashchange", () => catalogue && receive());
  return {
    // The link of another selection is not left on the screen.
    show(list) {
      part("out").hidden = list.fiches.length === 0;
      shown.replaceChildren();
      ask.hidden = true;
    },
    ready(read) {
      catalogue = read;
      receive();
    },
  };
}

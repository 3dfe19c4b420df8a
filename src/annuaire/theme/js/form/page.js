// The page « Contribuer »: `?fiche=<slug>` corrects a record, `?nouvelle` writes one, nothing finds one by its
// name; `&complet` shows all the fields, for the team.
import { NBSP } from "../common/french.js";
import { NEW, baseOf } from "./changes.js";
import { startEditor } from "./editor.js";
import { startFinder } from "./finder.js";
import { readKnowledge } from "./knowledge.js";
import { fold, slugify } from "../common/names.js";
import { SLUG } from "../common/slug.js";
import { readRecord } from "./record.js";
import * as adresses from "../../../data/adresses.json";

const NEW_INTRO =
  `Quatre réponses suffisent pour commencer${NBSP}: le nom, la forme juridique, le secteur et la municipalité. Ce que vous écrivez reste dans ce navigateur jusqu’à l’envoi, et rien n’est publié avant que le Pôle l’ait accepté.`;
const FIRST_VALUES = { statut: "active", etablissements: [{}], verification: { statut: "a-confirmer" } };

export async function startForm(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const { courriel = "", depot = "", modifier = "" } = root.dataset;
  const settings = { courriel, depot, modifier };
  const parameters = new URLSearchParams(location.search);
  const slug = parameters.get("fiche") ?? "";
  const isNew = parameters.has("nouvelle");

  async function ask(url) {
    const response = await fetch(new URL(url, site));
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response;
  }

  function fail(words) {
    part("wait").hidden = true;
    part("failed").hidden = false;
    part("failed-text").textContent = words;
  }

  const records = () => ask(adresses.fiches).then((answer) => answer.json());

  // The text of a record, and its present address where `slug` is a former one; null when there is none. The list of all
  // records, long in a large directory, is asked for only then.
  async function find(slug) {
    if (!SLUG.test(slug)) return null;
    const answer = await fetch(new URL(`${adresses.textesDesFiches}${slug}.yml`, site));
    if (answer.ok) return { name: slug, text: await answer.text() };
    if (answer.status !== 404) throw new Error(`${answer.status} ${answer.url}`);
    const present = (await records()).find(([, , , old]) => old.includes(slug));
    return present ? { name: present[0], text: await ask(`${adresses.textesDesFiches}${present[0]}.yml`).then((found) => found.text()) } : null;
  }

  part("wait").hidden = false;
  try {
    if (!slug && !isNew) {
      startFinder(part("find"), await records());
      part("wait").hidden = true;
      return;
    }
    const asked = ask(adresses.donneesDuFormulaire).then((answer) => answer.json());
    const [data, found, others] = await Promise.all([asked, isNew ? null : find(slug), isNew ? records() : []]);
    if (!isNew && !found) {
      fail("Cette fiche n’existe pas ou ne se corrige pas en ligne. Cherchez-la par son nom, ou écrivez au Pôle.");
      startFinder(part("find"), await records());
      return;
    }
    const knowledge = readKnowledge(data);
    const start = isNew ? { name: NEW, base: NEW, text: "", values: FIRST_VALUES } : { ...found, base: baseOf(found.text), values: readRecord(found.text) };
    const title = isNew ? "Ajouter une entreprise" : `Corriger la fiche «${NBSP}${start.values.nom}${NBSP}»`;
    part("title").textContent = title;
    document.title = `${title} - ${document.title}`;
    if (isNew) part("intro").textContent = NEW_INTRO;
    part("profile").hidden = isNew;
    if (!isNew) part("profile").querySelector("a").href = new URL(`${adresses.entreprises}${start.name}/`, site).href;
    startEditor(part("editor"), start, {
      knowledge,
      settings,
      isComplete: parameters.has("complet"),
      slugOf: (values) => freeSlug(values, others, knowledge.root.fields[0].constraints.maxLength),
      namesakeOf: (nom) => others.find(([, known]) => fold(known) === fold(nom)),
      polygonOf: (mrc) => ask(`${adresses.polygones}${mrc}.json`).then((answer) => answer.json()),
    });
    part("wait").hidden = true;
    // What was asked for is this form: go there, past the head of the page, unless the visitor is elsewhere already.
    if (document.activeElement === document.body && scrollY === 0) {
      part("title").focus({ preventScroll: true });
      part("title").scrollIntoView();
    }
  } catch (error) {
    fail("Le formulaire n’a pas pu être chargé. Rechargez la page dans un moment, ou écrivez au Pôle.");
    throw error; // for the console: the visitor has been told
  }
}

// The slug of a new record: its name, then its municipality, then a number, until it is free.
function freeSlug({ nom = "", etablissements = [] }, records, longest) {
  const taken = new Set(records.flatMap(([slug, , , old]) => [slug, ...old]));
  const name = slugify(nom);
  const town = slugify(`${nom} ${etablissements[0]?.municipalite ?? ""}`, longest);
  const found = [name, town].find((slug) => !taken.has(slug));
  if (found !== undefined) return found;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

// The page « Contribuer »: `?fiche=<slug>` corrects a record, `?nouvelle` writes one, nothing finds one by its name.
import { NEW, baseOf } from "./changes.js";
import { startEditor } from "./editor.js";
import { startFinder } from "./finder.js";
import { readKnowledge } from "./knowledge.js";
import { slugify } from "./names.js";
import { readRecord } from "./record.js";

const NBSP = "\u00a0";
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
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

  part("wait").hidden = false;
  try {
    const records = await (await ask("contribuer/fiches.json")).json();
    if (!slug && !isNew) {
      part("wait").hidden = true;
      startFinder(part("find"), records);
      return;
    }
    const found = records.find(([known]) => known === slug) ?? records.find(([, , , old]) => old.includes(slug));
    if (!isNew && !(SLUG.test(slug) && found)) {
      fail("Cette fiche n’existe pas ou ne se corrige pas en ligne. Cherchez-la par son nom, ou écrivez au Pôle.");
      startFinder(part("find"), records);
      return;
    }
    const [data, text] = await Promise.all([
      ask("contribuer/formulaire.json").then((answer) => answer.json()),
      isNew ? "" : ask(`contribuer/fiches/${found[0]}.yml`).then((answer) => answer.text()),
    ]);
    const knowledge = readKnowledge(data);
    const start = isNew
      ? { name: NEW, base: NEW, text: "", values: FIRST_VALUES }
      : { name: found[0], base: baseOf(text), text, values: readRecord(text) };
    const title = isNew ? "Ajouter une entreprise" : `Corriger la fiche «${NBSP}${start.values.nom}${NBSP}»`;
    part("title").textContent = title;
    document.title = `${title} - ${document.title}`;
    part("profile").hidden = isNew;
    if (!isNew) part("profile").querySelector("a").href = new URL(`entreprises/${found[0]}/`, site).href;
    startEditor(part("editor"), start, { knowledge, settings, slugOf: (values) => freeSlug(values, records) });
    part("wait").hidden = true;
  } catch (error) {
    fail("Le formulaire n’a pas pu être chargé. Rechargez la page dans un moment, ou écrivez au Pôle.");
    throw error; // for the console: the visitor has been told
  }
}

// The slug of a new record: its name, then its municipality, then a number, until it is free.
function freeSlug({ nom = "", etablissements = [] }, records) {
  const taken = new Set(records.flatMap(([slug, , , old]) => [slug, ...old]));
  const name = slugify(nom);
  const town = slugify(`${nom} ${etablissements[0]?.municipalite ?? ""}`, 80);
  const found = [name, town].find((slug) => !taken.has(slug));
  if (found !== undefined) return found;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

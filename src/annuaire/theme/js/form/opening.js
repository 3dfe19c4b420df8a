// A record in the form, or a new one: what its page says of it, and its editor.
import { NBSP } from "../common/french.js";
import { fold, slugify } from "../common/names.js";
import { startEditor } from "./editor.js";
import { extend, readKnowledge } from "./knowledge.js";
import { firstValues } from "./plan.js";
import { NEW, newName, referenceOf } from "./reference.js";
import * as adresses from "../../../data/adresses.json";

const NEW_INTRO =
  "Ce que vous écrivez reste dans ce navigateur jusqu’à l’envoi, et rien n’est publié avant que le Pôle l’ait accepté.";

// `found` is {slug, text}, null for a new record, whose form is laid before what judges it comes: `judging()` promises that
// (the bundle, and its data), `listing()` the records that it may be mistaken for. `read(url)` gives a file of data.
export async function open({ part, site, parameters, settings, data, found, judging, listing, read }) {
  const knowledge = readKnowledge(data);
  const { collection, plan } = knowledge;
  const isNew = found === null;
  let others = [];
  const means = async () => {
    const [pieces, more] = await judging();
    extend(knowledge, more);
    return pieces;
  };
  const list = async () => {
    others = await listing();
  };
  const ready = isNew ? null : await means();
  const fresh = isNew
    ? { name: newName(collection.name), slug: "", base: NEW, text: "", values: firstValues(knowledge) }
    : { ...found, name: referenceOf(collection.name, found.slug), base: ready.baseOf(found.text), values: ready.readRecord(found.text) };
  const title = isNew ? `Ajouter ${collection.isFeminine ? "une" : "un"} ${collection.one}` : `Corriger la fiche «${NBSP}${fresh.values[collection.naming]}${NBSP}»`;
  part("title").textContent = title;
  document.title = `${title} – ${document.title}`;
  if (isNew) part("intro").textContent = `${plan.intro} ${NEW_INTRO}`;
  part("profile").hidden = isNew || !collection.address;
  if (!isNew) part("profile").querySelector("a").href = new URL(`${collection.address}${fresh.slug}/`, site).href;
  startEditor(part("editor"), fresh, {
    knowledge,
    settings,
    ready,
    prepare: { means, list },
    isComplete: parameters.has("complet"),
    slugOf: (values) => freeSlug(values[collection.naming] ?? "", values, others, knowledge.root.fields[0].constraints.maxLength),
    namesakeOf: (nom) => others.find(([, known]) => fold(known) === fold(nom)),
    polygonOf: (mrc) => read(`${adresses.polygones}${mrc}.json`),
  });
}

// The slug of a new record: its name, then its municipality, then a number, until it is free.
function freeSlug(nom, { etablissements = [] }, records, longest) {
  const taken = new Set(records.flatMap(([slug, , , old]) => [slug, ...old]));
  const name = slugify(nom);
  const town = slugify(`${nom} ${etablissements[0]?.municipalite ?? ""}`, longest);
  const found = [name, town].find((slug) => !taken.has(slug));
  if (found !== undefined) return found;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

// The page « Contribuer »: `?fiche=<reference>` corrects a record, `?nouvelle` writes one, of a collection that it may name,
// nothing finds one by its name; `&complet` shows all the fields, for the team.
import { NBSP } from "../common/french.js";
import { startFinder } from "./finder.js";
import { fetchBundle } from "../common/selection/bundle.js";
import { SLUG } from "../common/slug.js";
import { firstTouch } from "../common/touched.js";
import { parted, referenceOf } from "./reference.js";
import * as adresses from "../../../data/adresses.json";

const UNREAD = `Le fichier de cette fiche n’a pas pu être lu${NBSP}: l’hébergement du site le refuse peut-être. Écrivez au Pôle.`;

class Absent extends Error {} // what was asked for is not there

export async function startForm(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const { courriel = "", depot = "", modifier = "" } = root.dataset;
  const settings = { courriel, depot, modifier };
  const parameters = new URLSearchParams(location.search);
  const reference = parameters.get("fiche") ?? "";
  const isNew = parameters.has("nouvelle");
  const wanted = parted(isNew && parameters.get("nouvelle") ? referenceOf(parameters.get("nouvelle"), "") : reference);

  async function ask(url) {
    const response = await fetch(new URL(url, site));
    if (response.status === 404) throw new Absent(response.url);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response;
  }

  const read = (url) => ask(url).then((answer) => answer.json());
  const textOf = (slug) => ask(`${adresses.textesDesFiches}${referenceOf(wanted.collection, slug)}.yml`).then((answer) => answer.text());

  function fail(words) {
    part("wait").hidden = true;
    part("failed").hidden = false;
    part("failed-text").textContent = words;
  }

  // The records of the collection, as the finder has them.
  const records = async () => (await read(adresses.fiches)).find(({ nom }) => nom === wanted.collection)?.fiches ?? [];

  function isListed(listed) {
    const { fiches = null } = listed.find(({ nom }) => nom === wanted.collection) ?? {};
    if (isNew || fiches === null) return fiches !== null;
    return fiches.some(([slug, , , old]) => slug === wanted.slug || old.includes(wanted.slug));
  }

  // The text of a record, and its present address where its slug is a former one. The list of all records, long in a large
  // directory, is asked for only then.
  async function find({ slug }) {
    try {
      return { slug, text: await textOf(slug) };
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      const present = (await records()).find(([, , , old]) => old.includes(slug));
      if (!present) throw error;
      return { slug: present[0], text: await textOf(present[0]) };
    }
  }

  try {
    if (!reference && !isNew) {
      await startFinder(part("find"), firstTouch().then(() => read(adresses.fiches)));
      return;
    }
    part("wait").hidden = false;
    const editing = fetchBundle("editor"); // while the data come
    editing.catch(() => {}); // told below
    // A new record is judged once something is done: until then its form is all there is to read.
    const judging = () => Promise.all([fetchBundle("judging"), read(rulesOf(wanted.collection))]);
    let asked;
    try {
      if (![wanted.collection, ...(isNew ? [] : [wanted.slug])].every((name) => SLUG.test(name))) throw new Absent(reference);
      asked = await Promise.all([read(dataOf(wanted.collection)), isNew ? null : find(wanted)]);
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      const listed = await read(adresses.fiches);
      // A host may refuse a kind of file as if it were not there: what the list names exists.
      fail(isListed(listed) ? UNREAD : `${isNew ? "Il n’y a pas de formulaire pour cette sorte de fiche" : "Cette fiche n’existe pas ou ne se corrige pas en ligne"}. Cherchez-la par son nom, ou écrivez au Pôle.`);
      await startFinder(part("find"), listed);
      return;
    }
    const [data, found] = asked;
    const { open } = await editing;
    await open({ part, site, parameters, settings, data, found, judging, listing: records, read });
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

function rulesOf(collection) {
  return referenceOf(collection, "") === "" ? adresses.reglesDuFormulaire : `${adresses.reglesDUnFormulaire}${collection}.json`;
}

function dataOf(collection) {
  return referenceOf(collection, "") === "" ? adresses.donneesDuFormulaire : `${adresses.donneesDUnFormulaire}${collection}.json`;
}

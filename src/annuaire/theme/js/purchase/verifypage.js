// The page that opens a record again: is it whole, what does it say, and what changed since.
import { loadCatalogue } from "../common/catalogue/data.js";
import { parse } from "../common/catalogue/query.js";
import { listenForFile } from "../common/drop.js";
import { element } from "../common/element.js";
import { NBSP, plural, quote } from "../common/french.js";
import { inWords } from "../common/today.js";
import { KEPT, LARGEST, RecordError, changes, unseal } from "./record.js";
import { instant } from "./recordpage.js";
import { enterpriseLink, facts, icon } from "../common/pieces.js";
import { runSearch } from "../common/results/run.js";
import { LEVELS, counted, levelText } from "../common/results/wording.js";
import * as adresses from "../../../data/adresses.json";


export function startVerifyPage(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-${name}]`);
  const [drop, verdict, verified] = [part("drop"), part("verdict"), part("verified")];
  let turn = 0;
  root.querySelector("[data-purchase-page]").hidden = false;

  listenForFile(drop, read);

  async function read(file) {
    const mine = ++turn;
    verified.hidden = true;
    let opened;
    try {
      if (file.size > LARGEST) throw new RecordError(`Ce fichier est trop gros pour être un relevé (2${NBSP}Mo au plus). Choisissez le fichier .json téléchargé avec le relevé.`);
      opened = unseal(await file.arrayBuffer());
    } catch (error) {
      if (mine !== turn) return;
      const text = error instanceof RecordError ? error.message : "Votre navigateur n’a pas pu lire ce fichier. Copiez-le sur votre appareil, puis recommencez.";
      say("wait", `Le fichier ${quote(file.name)} ne peut pas être vérifié`, text);
      return;
    }
    if (mine !== turn) return;
    const { record, isWhole } = opened;
    if (isWhole) say("ok", "Le relevé est entier", "Son contenu correspond à son empreinte.");
    else say("wait", "Le relevé a été modifié ou abîmé", "Son contenu ne correspond plus à son empreinte. Reprenez le fichier d’origine, ou la version imprimée au dossier.");
    tell(record);
    verified.hidden = false;
    await compare(record, mine);
  }

  function say(kind, title, text) {
    verdict.replaceChildren(
      element("div", kind === "ok" ? "hint seal__hint--ok" : "hint hint--wait", icon(kind === "ok" ? "check" : "info"), element("div", "", element("p", "", element("strong", "", title)), element("p", "", text))),
    );
  }

  function tell(record) {
    const { recherche, donnees, trouvees, autres, decompte, mises_en_garde: texts } = record;
    part("verified-sentence").textContent = `${recherche.phrase}.`;
    const kept = trouvees.filter(({ decision }) => decision === KEPT);
    part("verified-facts").replaceChildren(
      ...facts([
        ["Mention", record.mention],
        ["Établi le", instant(record.etabli_le)],
        ["Référence du besoin", record.reference],
        ["Description", record.besoin],
        ["Données", `${day(donnees.date)}${donnees.commit ? `, révision ${donnees.commit}` : ""}, ${plural(donnees.fiches, "fiche")}`],
        ["Site", donnees.site],
        ["Trouvées", plural(trouvees.length, "entreprise")],
        ["Répondent", decompte && counted({ headline: { sure: decompte.confirmees, others: decompte.a_confirmer } })],
        ["Mises en garde", texts?.length > 0 && element("ul", "plain-list", ...texts.map((text) => element("li", "", text)))],
        ["Retenues", named([...kept, ...autres])],
        ["Écartées", named(trouvees.filter(({ decision }) => decision !== KEPT))],
      ]),
    );
  }

  function day(text) {
    return /^\d{4}-\d\d-\d\d/.test(text) ? inWords(text.slice(0, 10)) : text;
  }

  function named(lines) {
    if (lines.length === 0) return "";
    const items = lines.map(({ nom, raison, niveau, confirmee, besoin }) => {
      const need = besoin && `pour ${quote(besoin)}`;
      const by = confirmee === undefined ? LEVELS[niveau] : niveau !== undefined && levelText(niveau, confirmee);
      const said = [need, by, raison].filter(Boolean).join("; ");
      return element("li", "", nom, said ? element("span", "quiet", ` (${said})`) : "");
    });
    return element("ul", "plain-list", ...items);
  }

  async function compare(record, mine) {
    const said = part("changes-said");
    const place = part("changes");
    said.textContent = "Lecture des données d’aujourd’hui…";
    place.replaceChildren();
    let catalogue;
    let answer;
    try {
      catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
      answer = await runSearch(catalogue, parse(new URLSearchParams(record.recherche.adresse)), site);
    } catch (error) {
      if (mine === turn) said.textContent = "Les données d’aujourd’hui n’ont pas pu être lues. Rechargez la page, puis recommencez.";
      throw error; // for the console: the visitor has been told
    }
    if (mine !== turn) return;
    const { same, added, gone } = changes(record, catalogue, answer);
    const isSame = catalogue.version.sha256 === record.donnees.sha256;
    const moved = added.length + gone.length;
    const version = isSame ? "Les données sont encore celles du relevé." : `Les données d’aujourd’hui sont du ${day(catalogue.version.date)}.`;
    const difference =
      moved === 0
        ? "La même recherche trouve les mêmes entreprises."
        : `La même recherche donne ${plural(added.length, "entreprise")} de plus et ${plural(gone.length, "entreprise")} de moins.`;
    const others = same.filter(({ now }) => now);
    const otherwise = others.length > 0 ? ` ${plural(others.length, "entreprise y répond", "entreprises y répondent")} autrement.` : "";
    said.textContent = `${version} ${difference}${otherwise}`;
    place.replaceChildren(
      group("Nouvelles", added.map((line) => entry(line, true))),
      group("Disparues", gone.map((line) => entry(line, catalogue.indexOf(line.slug) >= 0, line.why))),
      group("Répondent autrement", others.map((line) => entry(line, true, `${levelText(line.before.niveau, line.before.confirmee)}, puis ${levelText(line.now.niveau, line.now.confirmee)}`))),
      group("Toujours trouvées", same.filter(({ now }) => !now).map((line) => entry(line, true))),
    );
  }

  function entry({ slug, nom }, isListed, note = "") {
    return element("li", "", isListed ? enterpriseLink(site, slug, nom) : nom, note ? element("span", "quiet", `${NBSP}: ${note}`) : "");
  }

  function group(title, entries) {
    if (entries.length === 0) return "";
    return element("section", "changes__group", element("h3", "", `${title} (${entries.length})`), element("ul", "plain-list", ...entries));
  }
}

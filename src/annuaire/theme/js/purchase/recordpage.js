// The page of a search record: it runs the search of its own address again, and asks why each enterprise stayed or left.
import { loadCatalogue } from "../common/catalogue/data.js";
import { asks, format, parse } from "../common/catalogue/query.js";
import { sentence } from "../common/catalogue/sentence.js";
import { element } from "../common/element.js";
import { NBSP, figure, plural, quote } from "../common/french.js";
import { inWords, today } from "../common/today.js";
import { readDraft, writeDraft } from "../common/selection/drafts.js";
import { fileName, save } from "../common/saving.js";
import { questionsOf, recordLink } from "./questions.js";
import { KEPT, LEFT, MOST_FOUND, compose, localInstant, seal } from "./record.js";
import { enterpriseLink, facts } from "../common/pieces.js";
import { caveats } from "../common/results/caveats.js";
import { runSearch } from "../common/results/run.js";
import { LEVELS, answeringOffers, counted, groupText, levelText, told } from "../common/results/wording.js";
import * as store from "../common/selection/store.js";
import * as adresses from "../../../data/adresses.json";
import { owns } from "../common/plain.js";

const SHOWN_OFFERS = 3;
const SECTOR = "secteur";
const DECISIONS = { [KEPT]: "Retenue", [LEFT]: "Écartée" };

export async function startRecordPage(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-record-${name}]`);
  root.querySelector("[data-not-kept]").hidden = store.isKept();
  root.querySelector("[data-purchase-page]").hidden = false;
  const search = parse(new URLSearchParams(location.search));
  const stop = (title, text) => {
    part("wait").hidden = true;
    part("none-title").textContent = title;
    part("none-text").textContent = text;
    part("none").hidden = false;
  };
  if (!asks(search)) {
    await propose({ stop, part, site });
    return;
  }
  let catalogue;
  let answer;
  try {
    catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
    store.follow(catalogue);
    answer = await runSearch(catalogue, search, site);
  } catch (error) {
    stop("Les données du catalogue n’ont pas pu être lues", "Rechargez la page dans un moment. Vos raisons déjà écrites sont gardées.");
    throw error; // for the console: the visitor has been told
  }
  if (answer.found.length > MOST_FOUND) {
    const text = `Cette recherche trouve ${plural(answer.found.length, "entreprise")}; un relevé en compte ${MOST_FOUND} au plus. Précisez-la${NBSP}: une catégorie, un territoire desservi, les fiches confirmées.`;
    stop("Trop d’entreprises pour un relevé", text);
    return;
  }
  part("wait").hidden = true;
  root.querySelector("[data-record]").hidden = false;
  fill({ root, part, site, catalogue, search, answer });
}

// Without a search in the address: those that the selection was made by, else where to make one.
async function propose({ stop, part, site }) {
  const list = store.current();
  const asked = questionsOf(list.fiches);
  if (asked.length === 0) {
    stop("Aucune recherche à relever", "Faites d’abord une recherche dans le catalogue, puis demandez-en le relevé.");
    return;
  }
  const catalogue = await loadCatalogue(new URL(adresses.donneesDuCatalogue, site));
  stop("Quelle recherche relever?", `Celles de votre sélection ${quote(list.nom)}, ou une autre que vous ferez dans le catalogue${NBSP}:`);
  part("kept").replaceChildren(...asked.map(({ address, search }) => element("li", "", recordLink(catalogue, address, search, site))));
}

function fill({ root, part, site, catalogue, search, answer }) {
  const name = `releve:${format({ ...search, vue: "cartes" })}`;
  const form = root.querySelector("[data-record-form]");
  const draft = followed(readDraft(name), catalogue);
  const phrase = sentence(catalogue, search);
  for (const field of form.querySelectorAll("[name]")) field.value = draft[field.name] ?? "";

  const keep = (key, text) => {
    Object.assign(draft, readDraft(name), { [key]: text }); // another tab may have written too
    writeDraft(name, draft);
  };
  // On paper a field would be cut at its width.
  const need = () => part("need").replaceChildren(...facts([["Référence", draft.reference], ["Description", draft.besoin]]));
  form.addEventListener("input", ({ target }) => {
    keep(target.name, target.value);
    need();
  });
  need();

  part("sentence").textContent = `${phrase}.`;
  part("count").textContent = answer.found.length === 0 ? "Aucune entreprise trouvée" : counted(answer);
  part("counted").textContent = `${told(answer)}.`;
  const remarks = caveats(catalogue, answer, search);
  part("caveats").replaceChildren(...remarks.map((text) => element("li", "", text)));
  part("caveats-frame").hidden = remarks.length === 0;
  const { version } = catalogue;
  part("version").replaceChildren(
    ...facts([
      ["Version", [inWords(version.date.slice(0, 10)), version.commit && `révision ${version.commit}`].filter(Boolean).join(", ")],
      ["Fiches", figure(version.fiches)],
      ["Empreinte (SHA-256)", version.sha256],
      ["Adresse", site.href],
    ]),
  );

  // When it is printed or downloaded, the record says the time of that moment.
  const date = () => part("facts").replaceChildren(...facts([["Date et heure", moment(new Date())], ["Recherche", location.href]]));
  date();
  globalThis.addEventListener("beforeprint", date);

  const rows = answer.found.map((index) => createRow(catalogue.enterprise(index), true));
  part("found").replaceChildren(...answer.groups.map(group));
  let others = [];

  // As the results are grouped; the ranks go on from one group to the next.
  function group({ key, ranks }) {
    const [title] = groupText(catalogue, answer, key);
    const heading = element("h3", "", title, " ", element("span", "group__count", figure(ranks.length)));
    heading.id = `releve-${key}`;
    const list = element("ol", "found", ...rows.filter(({ enterprise }) => ranks.includes(enterprise.index)).map(({ node }) => node));
    const section = element("section", "section", heading, list);
    section.setAttribute("aria-labelledby", heading.id);
    section.dataset.group = key;
    return section;
  }

  // `item`: what the selection keeps of it, where the search does not find it.
  function createRow(enterprise, isFound, item = {}) {
    const { slug, nom } = enterprise;
    const facts = element("p", "row__facts");
    const by = isFound ? levelText(answer.levelOf(enterprise.index), answer.isSure(enterprise.index)) : item.besoin && keptAs(item);
    for (const text of [enterprise.municipalite?.nom, by]) {
      if (text) facts.append(element("span", "", text), " ");
    }
    const title = element(isFound ? "h4" : "h3", "found__name", isFound || catalogue.indexOf(slug) >= 0 ? enterpriseLink(site, slug, nom) : nom);
    const printed = element("p", "print-only");
    const reason = element("input");
    reason.type = "text";
    reason.maxLength = 300;
    reason.value = draft[`raison:${slug}`] ?? "";
    reason.autocomplete = "off";
    const fields = element("p", "found__fields");
    const choice = element("select");
    for (const [value, text] of Object.entries(DECISIONS)) choice.append(new Option(text, value));
    if (isFound) fields.append(labelled("Décision", nom, choice));
    fields.append(labelled("Raison", nom, reason));
    const row = {
      node: element("li", "found__item", element("div", "", title, facts, isFound ? offersOf(enterprise) : ""), fields, printed),
      enterprise,
      item,
      decision: () => (isFound ? choice.value : KEPT),
      raison: () => reason.value.trim(),
      // Until the buyer decides, the selection does.
      refresh() {
        const decided = draft[`decision:${slug}`];
        choice.value = owns(DECISIONS, decided ?? "") ? decided : store.has(slug) ? KEPT : LEFT;
        reason.setAttribute("list", `raisons-${row.decision()}`);
        printed.textContent = `${DECISIONS[row.decision()]}${row.raison() ? `${NBSP}: ${row.raison()}` : ""}`;
      },
      say(text) {
        reason.value = text;
        keep(`raison:${slug}`, text);
        row.refresh();
      },
    };
    choice.addEventListener("change", () => {
      keep(`decision:${slug}`, choice.value);
      row.refresh();
      count();
    });
    reason.addEventListener("input", () => {
      keep(`raison:${slug}`, reason.value);
      row.refresh();
      count();
    });
    row.refresh();
    return row;
  }

  // A few of them: the file names them all.
  function offersOf({ index }) {
    const names = answeringOffers(answer, index).map((offer) => catalogue.offer(offer).nom);
    if (names.length === 0) return "";
    const others = names.length - SHOWN_OFFERS;
    const text = names.slice(0, SHOWN_OFFERS).join(", ") + (others > 0 ? ` et ${plural(others, "autre offre", "autres offres")}` : "");
    return element("p", "row__text", text);
  }

  function labelled(text, nom, field) {
    return element("label", "field", element("span", "", text, element("span", "hidden-text", `${NBSP}: ${nom}`)), field);
  }

  function select() {
    const list = store.current();
    part("list").textContent = list.nom;
    for (const row of rows) row.refresh();
    const found = new Set(answer.found);
    const outside = list.fiches.filter(({ slug }) => !found.has(catalogue.indexOf(slug)));
    const listed = outside.filter(({ slug, niveau }) => niveau !== SECTOR && !answer.sector.includes(catalogue.indexOf(slug)));
    others = listed.map((item) => {
      const rank = catalogue.indexOf(item.slug);
      return createRow(rank < 0 ? item : catalogue.enterprise(rank), false, item);
    });
    const left = outside.length - listed.length;
    part("left").textContent = left > 0 ? `${plural(left, "entreprise")} de votre sélection ${left > 1 ? "sont" : "est"} du même secteur seulement, sans offre pour ce besoin${NBSP}: le relevé n’en dit rien.` : "";
    part("others-list").replaceChildren(...others.map(({ node }) => node));
    part("others").hidden = others.length === 0;
    count();
  }

  function count() {
    const missing = [...rows, ...others].filter((row) => !row.raison()).length;
    part("missing").textContent = missing === 0 ? "" : `${plural(missing, "raison manque", "raisons manquent")} encore.`;
  }

  part("fill").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = event.target.elements.namedItem("raison").value.trim();
    const empty = rows.filter((row) => row.decision() === LEFT && !row.raison());
    if (!text || empty.length === 0) return;
    for (const row of empty) row.say(text);
    count();
    part("said").textContent = `Raison appliquée à ${plural(empty.length, "entreprise")}.`;
  });
  for (const node of root.querySelectorAll("[data-print]")) node.addEventListener("click", () => globalThis.print());

  part("download").addEventListener("click", () => {
    date();
    const [reference, besoin] = ["reference", "besoin"].map((key) => (draft[key] ?? "").trim());
    const record = compose({
      catalogue,
      search,
      answer,
      phrase,
      entries: rows.map((row) => ({ index: row.enterprise.index, decision: row.decision(), raison: row.raison() })),
      others: others.map(({ enterprise: { slug, nom }, item, raison }) => ({ slug, nom, besoin: item.besoin ?? "", niveau: item.niveau ?? "", raison: raison() })),
      reference,
      besoin,
      list: store.current().nom,
      site,
      now: new Date(),
    });
    const text = seal(record);
    const file = `releve-${reference ? `${fileName(reference)}-` : ""}${today()}.json`;
    save(new Blob([text], { type: "application/json" }), file);
    part("said").textContent = `Relevé ${quote(file)} téléchargé. Gardez-le au dossier avec sa version imprimée. ${part("missing").textContent}`.trim();
  });

  store.subscribe(select);
  select();
}

// What was decided of a record that has been renamed or merged since holds for the one of today, unless that has its own.
function followed(draft, { indexOf, presentOf }) {
  for (const [key, text] of Object.entries(draft)) {
    const [, kind, slug] = /^(raison|decision):(.+)$/.exec(key) ?? [];
    if (slug && indexOf(slug) < 0 && presentOf(slug)) draft[`${kind}:${presentOf(slug)}`] ??= text;
  }
  return draft;
}

// « Pour « traiteur » : une offre inscrite », as the selection keeps it.
function keptAs({ besoin, niveau }) {
  return `Pour ${quote(besoin)}${niveau ? `${NBSP}: ${LEVELS[niveau].toLowerCase()}` : ""}`;
}

// « 22 novembre 2026 à 0 h 15 (UTC−05:00) ».
export function moment(date) {
  const text = localInstant(date);
  return instant(text);
}

export function instant(text) {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):\d\d(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!found) return text;
  const [, day, hours, minutes, zone] = found;
  const offset = zone === "Z" || zone === "+00:00" ? "UTC" : `UTC${zone.replace("-", "−")}`;
  return `${inWords(day)} à ${Number(hours)}${NBSP}h${NBSP}${minutes} (${offset})`;
}

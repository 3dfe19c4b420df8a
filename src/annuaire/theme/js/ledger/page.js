// The page of a ledger: a file is dropped, its columns are shown, its suppliers matched. Its worker reads; nothing is sent, and
// nothing is fetched once the page is ready.
import { listenForFile } from "../common/drop.js";
import { element } from "../common/element.js";
import { NBSP, figure, plural, quote } from "../common/french.js";
import { icon } from "../common/pieces.js";
import { fetchBundle } from "../common/selection/bundle.js";
import { save } from "../common/saving.js";
import { inWords, today } from "../common/today.js";
import { firstTouch } from "../common/touched.js";
import { showVerdicts } from "./askpage.js";
import { startWorker } from "./calling.js";
import { showColumns } from "./columnsform.js";
import { showResult } from "./resultpage.js";
import { sheetsOf } from "./sheets.js";
import * as adresses from "../../../data/adresses.json";

export async function startLedger(root) {
  const site = new URL(root.dataset.root, document.baseURI);
  const part = (name) => root.querySelector(`[data-ledger-${name}]`);
  const call = startWorker();
  const url = (name) => new URL(adresses[name], site).href;
  let known = null;
  let data = "";
  let columns = null;
  let result = null;
  let name = "";
  let shown = null; // how many of a long list, and whether lines set aside are there, so that a choice folds nothing
  let turn = 0;

  part("page").hidden = false;
  listen();
  await firstTouch(); // before any file is read
  const loading = call("load", { catalogue: url("donneesDuCatalogue"), textes: url("textesDuCatalogue"), carnet: url("donneesDuCarnet") });
  // Fetched beforehand: no request tells that a ledger is read.
  const writer = fetchBundle("workbook");
  try {
    known = await loading;
    await writer;
  } catch {
    part("failed-text").textContent = "Les données du répertoire n’ont pas pu être lues. Rechargez la page dans un moment.";
    part("failed").hidden = false;
    return;
  }
  const { version } = known;
  data = `${inWords(version.date.slice(0, 10))}, ${plural(version.fiches, "fiche")}${version.commit ? `, révision ${version.commit}` : ""}`;
  part("version").textContent = `Données du répertoire${NBSP}: ${data}. Carnet lu le ${inWords(today())}.`;
  root.dataset.ledger = "pret";

  function progress(doing, value) {
    part("progress").hidden = doing === "";
    part("doing").textContent = doing;
    part("progress").querySelector("progress").value = value;
  }

  function say(kind, title, text) {
    part("read").replaceChildren(element("div", kind === "ok" ? "hint" : "hint hint--wait", icon(kind === "ok" ? "check" : "info"), element("div", "", element("p", "", element("strong", "", title)), element("p", "", text))));
  }

  async function read(file) {
    const mine = ++turn;
    for (const place of ["columns", "result"]) part(place).hidden = true;
    part("read").replaceChildren();
    name = file.name;
    progress("Lecture du fichier…", 0);
    try {
      const bytes = await file.arrayBuffer();
      const found = await call("read", { bytes }, undefined, [bytes]);
      if (mine !== turn) return;
      progress("", 0);
      const { sheets, how } = found;
      say("ok", `${quote(name)} a été lu`, `${how.join(", ")}${NBSP}: ${plural(sheets[found.at].rows, "ligne")}.`);
      show(found, sheets);
    } catch (error) {
      if (mine !== turn) return;
      progress("", 0);
      say("wait", `${quote(name)} n’a pas pu être lu`, error.message);
    }
  }

  function show(guess, sheets) {
    const change = async (at) => show(await call("sheet", { at }), sheets);
    columns = showColumns({ fields: part("fields"), sample: part("sample"), fault: part("fault") }, guess, sheets, change);
    part("columns").hidden = false;
    part("result").hidden = true;
  }

  async function match() {
    const chosen = columns.read();
    if (chosen === null) return;
    const mine = ++turn;
    progress("Rapprochement des fournisseurs…", 0);
    const found = await call("match", chosen, (value) => progress("Rapprochement des fournisseurs…", value));
    if (mine !== turn || found === null) return;
    progress("", 0);
    result = found;
    shown = { pending: 0, hasLines: false };
    tell();
    part("result").hidden = false;
    document.getElementById("resultat").focus();
    await judge(mine);
  }

  // The objects of lines: each answer is a question to the catalogue, so that they come after.
  async function judge(mine) {
    if (result.else.isWhole) return;
    const found = await call("objects", {}, (value) => progress("Lecture des objets…", value));
    if (mine !== turn || found === null) return;
    progress("", 0);
    result = found;
    tell();
  }

  // What has the focus is made again: the focus goes back to it.
  function tell() {
    const label = document.activeElement?.getAttribute("aria-label");
    showResult(part, result, { site, decide, confirmAlike, shown });
    if (label && document.activeElement === document.body) root.querySelector(`[aria-label="${CSS.escape(label)}"]`)?.focus();
  }

  async function decide(keys, rank) {
    await decided(call("decide", { keys, rank }), rank === null ? "Choix oublié" : rank < 0 ? "Fournisseur écarté" : "Fournisseur confirmé");
  }

  async function confirmAlike() {
    await decided(call("alike"), "Noms identiques confirmés");
  }

  // The next one to confirm is under the finger: the focus stays in the list, or goes to its title.
  async function decided(asking, done) {
    const within = document.activeElement?.closest("section[aria-labelledby]");
    const at = [...root.querySelectorAll(".ledger__pending")].findIndex((entry) => entry.contains(document.activeElement));
    const mine = turn;
    result = await asking;
    if (mine !== turn) return;
    tell();
    part("said").textContent = `${done}. ${figure(result.pending.suppliers)} à confirmer.`;
    const entries = root.querySelectorAll(".ledger__pending");
    const next = at >= 0 ? entries[Math.min(at, entries.length - 1)]?.querySelector("button") : null;
    const title = within?.querySelector("h2");
    if (title) title.tabIndex = -1;
    (next ?? title)?.focus();
    await judge(mine);
  }

  async function workbook() {
    const about = [["Titre", part("title").textContent], ["Fichier lu", name], ["Données du répertoire", data], ["Site", site.href], ["Fait le", inWords(today())], ["Portée", `Une entreprise absente du répertoire peut être collective${NBSP}: la part est un minimum.`]];
    const write = await writer;
    const file = `carnet-d-achats-${today()}.xlsx`;
    save(await write(sheetsOf(result, about)), file);
    part("said").textContent = `Classeur ${quote(file)} prêt.`;
  }

  function listen() {
    listenForFile(root.querySelector("[data-drop]"), read);
    part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      match();
    });
    const title = root.querySelector("#titre-carnet");
    title.addEventListener("input", () => {
      part("title").textContent = title.value.trim();
    });
    part("print").addEventListener("click", () => globalThis.print());
    part("workbook").addEventListener("click", workbook);
    part("ask").addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = root.querySelector("#question-collective").value;
      if (text.trim()) showVerdicts(part("verdicts"), await call("ask", { text }), site);
    });
  }
}

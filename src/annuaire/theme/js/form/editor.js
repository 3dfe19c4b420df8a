// The form of one record: parts, faults at their fields, what is typed kept, preview, and the ways out.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { today } from "../common/today.js";
import { button } from "../common/pieces.js";
import { completenessOf } from "./completeness.js";
import { confirmedLine, drawConfirmation, fromKept, isAny, isConfirmable, newConfirmation, otherChanges, senderOf, toKept, vouchedValues, withDoubts } from "./confirmation.js";
import { withoutStale } from "./derived.js";
import { forgetDraft, readDraft, writeDraft } from "./drafts.js";
import { showSummary } from "../common/faults.js";
import { keyOf } from "./faults.js";
import { datalists } from "./lists.js";
import { isSpelledAlike } from "../common/names.js";
import { createParts } from "./parts.js";
import { previewOf } from "./preview.js";
import { NEW, kindOf, referenceOf } from "./reference.js";
import { hasTeamFields } from "./sections.js";
import { createState, fromDraft, ranksOf, toDraft, valuesOf } from "./state.js";
import { capital, lower } from "./wording.js";
import { copied } from "../common/plain.js";
import { firstTouch } from "../common/touched.js";

const UNPREPARED = "Ce qui vérifie la fiche n’a pas pu être lu. Ce que vous écrivez reste dans ce navigateur : attendez un moment, puis demandez de nouveau à l’envoyer.";
const WAITING = `Un moment${NBSP}: ce qui vérifie la fiche est en chemin. L’envoi suivra sans autre geste.`;
const PAUSE = 250; // ms without a key: then the record is judged
const WHEN = new Intl.DateTimeFormat("fr-CA", { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });

// `fresh` is { name, slug, base, text, values }: the record as the form found it, under the name that drafts are kept by;
// `slugOf(values)` names a new one,
// `namesakeOf(nom)` finds one that has its name, and `polygonOf(mrc)` fetches the polygon that the rule on points needs.
// `ready` holds what judges and writes (`judging.js`), null for a new record: `prepare.means()` then promises it, and
// `prepare.list()` that `slugOf` and `namesakeOf` know the other records, both at the first touch.
export function startEditor(place, fresh, { knowledge, settings, slugOf, namesakeOf, polygonOf, ready, prepare, isComplete = false }) {
  let means = ready;
  let [preparing, isPrepared] = [null, ready !== null];
  let [start, isOld] = [fresh, false];
  const isNew = fresh.base === NEW;
  const { collection, plan } = knowledge;
  const nameOf = (values) => values[collection.naming];
  const part = (name) => place.querySelector(`[data-${name}]`);
  const form = part("edit");
  const said = part("said");
  const touched = new Set();
  let [state, parts, problems, timer, isSent, isAsked, isPressed] = [null, null, [], 0, false, false, false];
  let [confirmation, confirming] = [newConfirmation(), null];

  function begin(draft) {
    state = draft ? fromDraft(copied(draft), knowledge) : createState(start.values, knowledge, isNew);
    confirmation = draft ? fromKept(draft.confirme, state) : newConfirmation();
    touched.clear();
    [isAsked, isSent] = [false, Boolean(draft?.envoye)];
    draw();
    part("send").hidden = true;
    showSummary(part("faults"), []);
    refresh();
  }

  function draw() {
    parts = createParts(state, knowledge, { isNew, isComplete, tell, changed, touched: leave });
    confirming = isConfirmable(knowledge) ? drawConfirmation(confirmation, state, knowledge, {
      changed(words) {
        tell(words);
        changed();
      },
    }) : null;
    part("parts").replaceChildren(...parts.nodes, ...(confirming ? [confirming.node] : []));
    part("complete").hidden = !hasTeamFields(knowledge);
    part("complete").textContent = isComplete ? `Montrer les champs ${collection.of} seulement` : "Tous les champs (équipe du Pôle)";
  }

  // What is typed stays: only what is shown of it changes.
  function showAll(isAll) {
    isComplete = isAll;
    draw();
    refresh();
  }

  const values = () => withoutStale(isNew ? {} : start.values, valuesOf(state, knowledge), knowledge);
  const vouched = () => (confirmation.isOwner ? confirmation : newConfirmation()); // who does not say to own it confirms nothing
  const names = () => means.named(ranksOf(state).offres ?? []);
  const changes = () => {
    const found = means.changesOf(isNew ? {} : start.values, withDoubts(values(), vouched(), state), ranksOf(state), knowledge);
    return otherChanges(found, vouched(), state, names());
  };
  const hasSomething = () => (isNew ? hasBegun() : changes().length > 0 || isAny(vouched(), state));

  function tell(words) {
    said.textContent = words;
  }

  // What judges a new record, then the list of the others; asked for again after a failure.
  function prepared() {
    const list = preparing ?? prepare.list();
    list.catch(() => {}); // told below
    preparing ??= (async () => {
      means ??= await prepare.means();
      listWords();
      refresh();
      await list;
      isPrepared = true;
      refresh();
    })();
    preparing.catch(() => {
      preparing = null;
    });
    return preparing;
  }

  function changed() {
    isSent = false;
    part("send").hidden = true;
    keep();
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }

  // Under a finger or a mouse, nothing moves before it is lifted: the button it is on would slip away.
  function leave(key) {
    touched.add(key);
    clearTimeout(timer);
    if (isPressed) timer = setTimeout(refresh, PAUSE);
    else refresh();
  }

  function keep() {
    const now = values();
    if (!hasSomething()) forgetDraft(start.name);
    else writeDraft(start.name, { ...toDraft(state), confirme: toKept(confirmation, state), base: start.base, texte: start.text, nom: nameOf(now) ?? "", date: new Date().toISOString(), envoye: isSent });
  }

  // A new record holds a few values before anything is typed.
  function hasBegun() {
    return JSON.stringify(values()) !== JSON.stringify(valuesOf(createState(start.values, knowledge), knowledge));
  }

  // At the last check (`isLast`), the field in hand is left too.
  function refresh({ isLast = false } = {}) {
    if (means) {
      problems = judged(values());
      if (tidy(problems, isLast)) problems = judged(values());
    }
    const now = values();
    const byKey = grouped(problems, key);
    for (const [name, control] of parts.controls) control.show(touched.has(name) ? (byKey.get(name) ?? []) : []);
    if (isAsked) summary();
    parts.refresh();
    confirming?.refresh();
    part("preview").replaceChildren(...previewOf(now, knowledge));
    complete(now);
    for (const code of means?.polygonsToFetch({ values: now }, knowledge) ?? []) survey(code);
  }

  function judged(now) {
    const found = means.judge(isNew ? slugOf(now) : start.slug, now, knowledge, today());
    const namesake = isNew && nameOf(now) && namesakeOf(nameOf(now));
    if (namesake) found.push(alreadyThere(namesake, collection));
    return found.filter(({ code, path }) => !(path.length === 0 && isNew && !nameOf(now) && code === "fichier-nom"));
  }

  // A field that was left is written right where only its spaces, its punctuation or its accents were not, or where a
  // municipality is named with what people write around its name.
  function tidy(found, isLast) {
    let isDone = false;
    for (const { values: { valeur = "", suggestion = "" }, ...problem } of found) {
      const control = parts.controls.get(key(problem));
      const isLeft = touched.has(key(problem)) && (isLast || control?.focus !== document.activeElement);
      const isMeant = isSpelledAlike(valeur, suggestion) || (problem.code === "municipalite-inconnue" && means.isSameTown(valeur, suggestion, knowledge));
      if (!isLeft || !control?.accept || !suggestion || !isMeant) continue;
      control.accept(suggestion);
      tell(`${control.title}${NBSP}: écrit «${NBSP}${suggestion}${NBSP}».`);
      isDone = true;
    }
    return isDone;
  }

  // Asked once: where there is no answer, the staff's command judges the point.
  async function survey(code) {
    knowledge.polygons.set(code, null);
    try {
      knowledge.polygons.set(code, await polygonOf(code));
      refresh();
    } catch (error) {
      console.warn(error);
    }
  }

  const key = (problem) => keyOf(problem, state, knowledge);

  function complete(now) {
    const { score, missing, isCounted } = completenessOf(now, knowledge);
    for (const name of ["complete-score", "missing"]) part(name).hidden = !isCounted;
    part("score").textContent = `${score}${NBSP}%`;
    part("meter").value = score;
    part("missing").textContent = missing.length > 0 ? `Ce qui l’aiderait le plus${NBSP}: ${missing.slice(0, 3).map(({ field }) => lower(field.title)).join(", ")}.` : "Tout y est.";
  }

  function errors() {
    return problems.filter(({ isError }) => isError);
  }

  function summary() {
    const entries = errors().map((problem) => {
      const name = key(problem);
      const control = parts.controls.get(name);
      const list = parts.lists.get(problem.at[0]);
      const target = control?.focus ?? list?.add ?? form;
      const go = () => {
        if (!control && !isComplete) showAll(true); // it is about a field that the team alone sees
        reach(parts.controls.get(name)?.focus ?? target);
      };
      return { title: control ? placed(control.title, problem) : "La fiche", problem, id: target.id || "formulaire", go };
    });
    showSummary(part("faults"), entries, " avant l’envoi");
  }

  // « Lieu 2, téléphone », where there are several.
  function placed(title, { at: [table, index] }) {
    return state.items[table]?.length > 1 ? `${capital(plan.words[table].one)} ${index + 1}, ${lower(title)}` : title;
  }

  // Open what hides a field, then go there.
  function reach(node) {
    const field = node.closest(".field");
    if (field) field.hidden = false;
    for (let parent = node.closest("details"); parent; parent = parent.parentElement.closest("details")) parent.open = true;
    node.focus();
  }

  async function attempt() {
    clearTimeout(timer);
    if (!isPrepared) {
      tell(WAITING);
      try {
        await prepared();
        if (said.textContent === WAITING) tell(""); // what a field was written as stays told
      } catch (error) {
        tell(UNPREPARED);
        throw error; // for the console: the visitor has been told
      }
    }
    isAsked = true;
    for (const name of parts.controls.keys()) touched.add(name);
    refresh({ isLast: true });
    clearTimeout(timer);
    if (errors().length > 0) {
      part("send").hidden = true;
      part("faults").focus();
      return;
    }
    if (!hasSomething()) {
      const orConfirm = confirming ? `, ou confirmez qu’elle est exacte${NBSP}: «${NBSP}J’écris au nom ${collection.of}${NBSP}»` : "";
      tell(`Rien n’a changé dans la fiche. Modifiez un champ${orConfirm}.`);
      return;
    }
    tell("");
    const now = values();
    const slug = isNew ? slugOf(now) : start.slug;
    const proposal = {
      slug,
      reference: referenceOf(collection.name, slug),
      kind: kindOf(collection),
      nom: nameOf(isNew ? now : start.values),
      base: start.base,
      isNew,
      isOld,
      changes: changes(),
      sender: senderOf(confirmation, knowledge.collection),
      confirmed: confirmedLine(vouched(), state, names(), today()),
      isConfirmed: vouched().isExact,
      offers: (state.items.offres ?? []).filter(({ uid }) => vouched().offers.includes(uid)).map((item) => item.values),
      text: means.writeRecord(isNew ? "" : start.text, vouchedValues(now, vouched(), state, today(), knowledge), ranksOf(state), knowledge),
    };
    means.showSend(part("send"), proposal, {
      settings,
      knowledge,
      sent() {
        isSent = true;
        keep();
      },
    });
  }

  function again() {
    const undone = { ...copied(toDraft(state)), confirme: toKept(confirmation, state), envoye: isSent };
    forgetDraft(start.name);
    const before = [start, isOld];
    [start, isOld] = [fresh, false];
    begin(null);
    const back = button("Reprendre ce que j’avais écrit", "button", () => {
      [start, isOld] = before;
      begin(undone);
      keep();
      showHint();
      tell("Ce que vous aviez écrit est revenu.");
    });
    showHint(isNew ? "Le formulaire est vide de nouveau." : "La fiche est revenue à son point de départ.", back);
    back.focus();
  }

  // What was typed upon an older text of the record goes on from that text.
  function takeUp(draft) {
    isOld = draft !== null && draft.base !== fresh.base;
    if (isOld) start = { ...fresh, base: draft.base, text: draft.texte, values: means.readRecord(draft.texte) };
    begin(draft);
    if (draft === null) return;
    const words = [`Nous avons repris ce que vous aviez écrit le ${WHEN.format(new Date(draft.date))}.`];
    if (draft.envoye) words.push(`Si vous l’avez déjà envoyé, choisissez «${NBSP}Recommencer${NBSP}».`);
    if (isOld) words.push(`La fiche a changé depuis${NBSP}: le Pôle joindra vos changements aux autres.`);
    showHint(words.join(" "), button("Recommencer", "button", again));
  }

  function showHint(words = "", ...actions) {
    const hint = part("hint");
    hint.hidden = words === "";
    hint.replaceChildren(element("p", "", words), ...(actions.length > 0 ? [element("p", "act", ...actions)] : []));
  }

  function listWords() {
    for (const node of form.querySelectorAll("datalist")) node.remove();
    form.append(...datalists(knowledge));
  }

  listWords();
  for (const [type, pressed] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    form.addEventListener(type, () => { isPressed = pressed; }, true);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt();
  });
  part("again").addEventListener("click", again);
  part("complete").addEventListener("click", () => {
    showAll(!isComplete);
    tell(isComplete ? "Tous les champs sont montrés." : `Les champs ${collection.of} sont montrés.`);
  });
  globalThis.addEventListener("beforeunload", (event) => {
    if (!isSent && hasSomething()) event.preventDefault();
  });

  const draft = readDraft(fresh.name);
  try {
    takeUp(stillToDo(draft, fresh, knowledge, means));
  } catch (error) {
    if (draft === null) throw error;
    console.warn(error); // another version of the form kept it, or what it held was cut
    forgetDraft(fresh.name);
    [start, isOld] = [fresh, false];
    begin(null);
    showHint("Ce que vous aviez écrit la dernière fois n’a pas pu être repris, car le formulaire a changé depuis.");
  }
  place.hidden = false;
  if (!isNew) return;
  const begun = draft === null ? firstTouch(form) : Promise.resolve();
  begun.then(prepared).catch((error) => {
    tell(UNPREPARED);
    console.warn(error);
  });
}

// What was typed, unless the record holds it all by now: it was accepted.
function stillToDo(draft, { name, base, values }, knowledge, means) {
  if (draft === null || base === NEW) return draft;
  const typed = fromDraft(draft, knowledge);
  for (const list of Object.values(typed.items)) list.forEach((item, index) => { item.rank = index + 1; });
  const isConfirmation = draft.base === base && isAny(fromKept(draft.confirme, typed), typed);
  if (isConfirmation || means.changesOf(values, valuesOf(typed, knowledge), ranksOf(typed), knowledge).length > 0) return draft;
  forgetDraft(name);
  return null;
}

// What only the form can say before a new record is sent: the same enterprise may have one.
function alreadyThere([slug, , where], { name, theSame, naming }) {
  const link = element("a", "", "Corriger sa fiche");
  link.href = `?fiche=${referenceOf(name, slug)}`;
  return { path: [naming], at: [naming], values: {}, isError: false, said: `une fiche porte déjà ce nom${where && ` (${where})`}`, advice: `si c’est ${theSame}, corriger plutôt sa fiche`, link };
}

function grouped(items, name) {
  const found = new Map();
  for (const item of items) found.set(name(item), [...(found.get(name(item)) ?? []), item]);
  return found;
}

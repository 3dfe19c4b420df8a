// Draw the parts of the form and their items; what is typed goes to the state at once.
import { element } from "../common/element.js";
import { NBSP, plural } from "../common/french.js";
import { button, icon } from "../common/pieces.js";
import { createControl } from "./controls.js";
import { at } from "./lay.js";
import { isAsked, itemFields, sectionsOf, titleOf } from "./sections.js";
import { newItem, setValue } from "./state.js";
import { labelOf } from "./wording.js";


// Give the nodes, the controls by their key, and what redraws titles. `touched(key)`, `changed()`, `tell(words)` come
// from the editor.
export function createParts(state, knowledge, { isNew, isComplete, touched, changed, tell }) {
  const controls = new Map();
  const lists = new Map(); // table -> { list, add }
  const titles = []; // what to write again when a value changes

  const { plan, collection } = knowledge;
  const sections = sectionsOf(knowledge, isComplete);
  const more = element("details", "part part--more", element("summary", "part__summary", element("h3", "part__title", "Compléter ma fiche"), element("span", "part__note", "Si vous avez le temps")));
  more.id = "partie-completer";
  const added = sections.filter(({ isMore }) => isMore);
  more.append(...added.map(drawSection));
  const nodes = [...sections.filter(({ isMore, isStaff }) => !isMore && !isStaff).map(drawSection), ...(added.length > 0 ? [more] : []), ...sections.filter(({ isStaff }) => isStaff).map(drawSection)];

  function drawSection(section) {
    const note = element("span", "part__note");
    const summary = element("summary", "part__summary", element(section.isMore ? "h4" : "h3", "part__title", section.title), note);
    const body = element("div", "part__body");
    const node = element("details", "part", summary, body);
    node.id = `partie-${section.id}`;
    node.open = (isNew || plan.isShort) && plan.opened.includes(section.id);
    if (section.note) body.append(element("p", "quiet", section.note));
    const items = section.table ? table(section.table) : [];
    const fields = section.fields.map((field) => control(field, state.root, field.path.join("."), `champ-${field.name}`));
    body.append(...(section.isTableFirst ? [...items, ...fields] : [...fields, ...items]));
    titles.push(() => {
      note.textContent = noteOf(section);
    });
    return node;
  }

  function control(field, values, key, id) {
    const built = createControl(field, at(values, field.path), id, knowledge, {
      write(value) {
        setValue(values, field.path, value);
        if (values === state.root) settle(state.root, field);
        changed();
      },
      left: () => touched(key),
      remark: values === state.root && guessed(state.root).includes(field.name) ? `Deviné à partir du nom ${collection.of}.` : "",
    });
    controls.set(key, built);
    if (!isComplete) {
      titles.push(() => {
        built.node.hidden = !isAsked(field, values, knowledge);
      });
    }
    return built.node;
  }

  function table(key) {
    const list = element("ul", "items");
    const add = button(plan.words[key].add, "button", () => {
      const item = newItem();
      state.items[key].push(item);
      draw(key, item.uid);
      changed();
      list.lastElementChild.querySelector("input, select, textarea").focus();
      tell(`${plan.words[key].none}${NBSP}: remplissez ses champs.`);
    });
    add.prepend(icon("plus"));
    if (plan.words[key].label) add.setAttribute("aria-label", plan.words[key].label); // which list, for who does not see it
    const back = element("span");
    lists.set(key, { list, add, back });
    draw(key);
    return [list, element("p", "act", add, back)];
  }

  function draw(key, opened = "") {
    const { list, back } = lists.get(key);
    back.replaceChildren();
    const open = new Set([...list.querySelectorAll("details.item[open]")].map((node) => node.dataset.uid));
    for (const [name, { node }] of controls) if (list.contains(node)) controls.delete(name);
    const items = state.items[key];
    const own = knowledge.children.get(key);
    list.replaceChildren(
      ...items.map((item, index) => {
        const row = drawItem(key, own, item, index);
        row.firstElementChild.open = open.has(item.uid) || item.uid === opened || items.length === 1;
        return row;
      }),
    );
  }

  function drawItem(key, own, item, index) {
    const { main, more } = itemFields(own, isComplete, knowledge);
    const title = element("span", "item__title");
    const legend = element("legend", "hidden-text");
    const name = (field) => `champ-${key}-${item.uid}-${field.name}`;
    const draw = (field) => control(field, item.values, `${item.uid}.${field.path.join(".")}`, name(field));
    const fields = element("fieldset", "item__fields", legend, ...main.map(draw));
    if (more.length > 0) fields.append(element("details", "item__more", element("summary", "", "Plus de détails"), ...more.map(draw)));
    const act = element("p", "act item__act");
    const moves = [];
    for (const [text, step, picture] of [["Monter", -1, "up"], ["Descendre", 1, "down"]]) {
      const node = button(text, "button", () => move(key, item, step));
      node.prepend(icon(picture));
      node.disabled = index + step < 0 || index + step >= state.items[key].length;
      node.dataset.step = String(step);
      moves.push(node);
    }
    const remove = button("Retirer", "button", () => takeAway(key, item));
    remove.prepend(icon("closed"));
    act.append(...(state.items[key].length > 1 ? moves : []), ...(own.required && state.items[key].length === 1 ? [] : [remove]));
    const node = element("details", "item", element("summary", "item__summary", title), fields, act);
    node.dataset.uid = item.uid;
    const write = () => {
      const text = titleOf(key, item.values, knowledge);
      title.textContent = text;
      legend.textContent = text;
      for (const one of act.querySelectorAll("button")) one.setAttribute("aria-label", `${one.textContent}${NBSP}: ${text}`);
    };
    titles.push(() => node.isConnected && write());
    write();
    return element("li", "", node);
  }

  function move(key, item, step) {
    const items = state.items[key];
    const from = items.indexOf(item);
    items.splice(from, 1);
    items.splice(from + step, 0, item);
    draw(key, item.uid);
    changed();
    const row = lists.get(key).list.querySelector(`[data-uid="${item.uid}"]`);
    const same = row.querySelector(`[data-step="${step}"]`);
    (same.disabled ? row.querySelector(`[data-step="${-step}"]`) : same).focus();
    tell(`${titleOf(key, item.values, knowledge)}${NBSP}: ${from + step + 1} sur ${items.length}.`);
  }

  function takeAway(key, item) {
    const items = state.items[key];
    const from = items.indexOf(item);
    items.splice(from, 1);
    draw(key);
    changed();
    const { list, add, back } = lists.get(key);
    const next = list.children[Math.min(from, items.length - 1)];
    (next ? next.querySelector("summary") : add).focus();
    const title = titleOf(key, item.values, knowledge);
    back.append(button(`Remettre «${NBSP}${title}${NBSP}»`, "button", () => putBack(key, item, from)));
    tell(`${title}${NBSP}: retiré.`);
  }

  // What was taken away by mistake comes back where it was, until the list changes again.
  function putBack(key, item, rank) {
    state.items[key].splice(rank, 0, item);
    draw(key);
    changed();
    const { list } = lists.get(key);
    list.querySelector(`[data-uid="${item.uid}"] > summary`).focus();
    tell(`${titleOf(key, item.values, knowledge)}${NBSP}: remis.`);
  }

  function noteOf({ table: key, fields }) {
    if (key && state.items[key].length > 0) {
      const count = state.items[key].length;
      const phone = key === "etablissements" ? state.items[key][0].values.telephone : "";
      const { one, many, unit = [one, many] } = plan.words[key];
      return [plural(count, ...unit), phone].filter(Boolean).join(", ");
    }
    const filled = fields.filter((field) => field.name !== "statut" && at(state.root, field.path) !== undefined);
    if (filled.length === 0) return "Rien encore";
    const text = labelOf(filled[0], at(state.root, filled[0].path), knowledge).replace(/\s+/g, " ");
    if (filled[0].name === collection.naming && state.root.statut === "fermee") return `${text} (fermée)`;
    return text.length > 48 ? `${text.slice(0, 47).replace(/[,;:]*\s+\S*$/, "")}…` : text;
  }

  const refresh = () => titles.forEach((write) => write());
  refresh();
  return { nodes, controls, lists, refresh };
}

// Fields that an import guessed; what a person writes is guessed no more.
function guessed(root) {
  return Array.isArray(root.verification?.deduits) ? root.verification.deduits : [];
}

function settle(root, { name }) {
  const names = guessed(root);
  if (names.includes(name)) setValue(root, ["verification", "deduits"], names.filter((other) => other !== name));
}

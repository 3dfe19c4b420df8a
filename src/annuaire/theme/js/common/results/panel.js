// The facets as boxes: made once, then only their numbers change, so that what has the focus keeps it.
import { element } from "../element.js";
import { findTown, nearTowns, townLabel, towns } from "../answer/places.js";
import { KIND, RADII, RADIUS } from "../catalogue/query.js";
import { FACETS, ageLabel, documentLabel, valuesOf } from "../catalogue/wording.js";
import { NBSP, figure } from "../french.js";

const KINDS = { key: KIND, label: "Genre de résultat", isOpen: true };

// `changed(change)`: the visitor chose; `change` holds the keys of the search that differ. `current` gives the search.
// `keys`: the facets wanted, every one when left out.
export function createPanel(catalogue, current, changed, keys = FACETS.map(({ key }) => key)) {
  const facets = [KINDS, ...FACETS].filter(({ key }) => keys.includes(key));
  const node = element("div", "facets catalogue__facets");
  const groups = new Map();
  for (const facet of facets) {
    const summary = element("summary", "", facet.label);
    summary.id = `facette-${facet.key}`;
    const body = element("div", "facet__body"); // a group that has a name, for who hears its boxes one by one
    body.setAttribute("role", "group");
    body.setAttribute("aria-labelledby", summary.id);
    const group = element("details", "facet", summary, body);
    group.open = facet.isOpen ?? false;
    const make = { pres: createNear, depuis: createSince }[facet.key] ?? createBoxes;
    groups.set(facet.key, { group, ...make(facet.key, body) });
    node.append(group);
  }

  function createBoxes(key, body) {
    const lines = new Map();
    const titles = new Map(); // kinds of documents, each with the list of its answers
    let list = element("ul");
    if (key !== "conformite") body.append(list);
    const line = (value, text, parent) => {
      const input = element("input");
      Object.assign(input, { type: "checkbox", name: key, value });
      const number = element("span", "facet__count");
      const item = element("li", "", element("label", "", input, element("span", "", text), number));
      parent.append(item);
      lines.set(value, { item, input, number });
    };
    for (const [value, text] of key === KIND ? [] : valuesOf(catalogue, key)) {
      const kind = key === "conformite" ? value.split(":")[0] : "";
      if (kind && !titles.has(kind)) {
        list = element("ul");
        const title = element("fieldset", "facet__kind", element("legend", "", documentLabel(catalogue, kind)), list);
        titles.set(kind, title);
        body.append(title);
      }
      line(value, text, list);
    }
    body.addEventListener("change", (event) => {
      const { value, checked } = event.target;
      const others = current()[key].filter((other) => other !== value);
      changed({ [key]: checked ? [...others, value].sort() : others });
    });
    return {
      show(search, counts, hidden, fresh, genres) {
        let shown = 0;
        // Kinds come with the records, after the first question.
        for (const [value, text] of key === KIND ? genres : []) if (!lines.has(value)) line(value, text, list);
        for (const value of search[key]) {
          // A value that the catalogue does not know stands there too, to be taken away.
          if (!lines.has(value)) line(value, value, titles.get(value.split(":")[0])?.querySelector("ul") ?? list);
        }
        const chosen = new Set(search[key]);
        for (const [value, { item, input, number }] of lines) {
          const count = counts.get(value) ?? 0;
          const text = figure(count);
          if (number.textContent !== text) number.textContent = text;
          input.checked = chosen.has(value);
          const isShown = count > 0 || input.checked || item.contains(document.activeElement);
          if (item.hidden === isShown) item.hidden = !isShown;
          if (isShown) shown += 1;
        }
        for (const [kind, title] of titles) title.hidden = hidden.has(`conformite:${kind}`);
        return shown > 0;
      },
    };
  }

  function createSince(key, body) {
    const select = element("select");
    select.setAttribute("aria-label", "Fiche vérifiée");
    body.append(element("p", "facet__field", select));
    select.addEventListener("change", () => changed({ depuis: select.value }));
    return {
      show(search, counts, hidden, fresh) {
        const values = [...new Set(["", ...fresh, search.depuis])];
        const option = (value) => {
          const number = counts.has(value) ? ` (${figure(counts.get(value))})` : "";
          return new Option(value ? `${ageLabel(catalogue, fresh, value)}${number}` : "Peu importe la date", value);
        };
        select.replaceChildren(...values.map(option));
        select.value = search.depuis;
        return true;
      },
    };
  }

  function createNear(key, body) {
    const input = element("input");
    Object.assign(input, { type: "text", id: "pres", autocomplete: "off" });
    input.setAttribute("list", "municipalites");
    const list = element("datalist");
    list.id = "municipalites";
    const radius = element("select");
    radius.id = "rayon";
    const said = element("p", "small", "");
    said.setAttribute("role", "status");
    const label = (text, target) => Object.assign(element("label", "", text), { htmlFor: target });
    body.append(
      element("p", "facet__field", label("Municipalité", "pres"), input),
      list,
      element("p", "facet__field", label("Rayon", "rayon"), radius),
      said,
    );
    // Thousands of towns are made into a list only for who needs it.
    input.addEventListener("focus", () => {
      if (list.children.length === 0) list.replaceChildren(...towns(catalogue).map(({ label: text }) => new Option(text, text)));
    });
    const ask = () => {
      const code = findTown(catalogue, input.value);
      const near = code || !input.value.trim() ? [] : nearTowns(catalogue, input.value);
      said.textContent = "";
      if (!code && input.value.trim()) {
        said.replaceChildren(`Cette municipalité n’est pas connue.${near.length > 0 ? " Vouliez-vous dire " : ""}`);
        for (const [rank, town] of near.entries()) {
          const button = element("button", "link-button", town.label);
          button.type = "button";
          button.addEventListener("click", () => {
            input.value = town.label;
            input.focus();
            ask();
          });
          said.append(rank > 0 ? " ou " : "", button);
        }
        if (near.length > 0) said.append("?");
      }
      if (code !== current().pres) changed({ pres: code, ...(code ? {} : { rayon: RADIUS }) });
    };
    input.addEventListener("change", ask);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      ask();
    });
    radius.addEventListener("change", () => changed({ rayon: radius.value }));
    return {
      show(search) {
        if (input !== document.activeElement || findTown(catalogue, input.value) !== search.pres) {
          if (search.pres || input !== document.activeElement) input.value = search.pres ? townLabel(catalogue, search.pres) : "";
        }
        const values = [...new Set([...RADII, search.rayon])].sort((one, other) => one - other);
        radius.replaceChildren(...values.map((value) => new Option(`${value}${NBSP}km`, value)));
        radius.value = search.rayon;
        radius.disabled = !search.pres;
        return true;
      },
    };
  }

  return {
    node,
    // Put the numbers of an answer beside the boxes; a facet with nothing to choose goes away.
    show(search, { counts, hidden, fresh, genres = new Map() }) {
      for (const { key } of facets) {
        const { group, show } = groups.get(key);
        const useful = show(search, counts[key] ?? new Map(), hidden, fresh, genres);
        const isUsed = Array.isArray(search[key]) ? search[key].length > 0 : Boolean(search[key]);
        group.hidden = (hidden.has(key) || !useful) && !isUsed && !group.contains(document.activeElement);
        if (isUsed && !group.dataset.used) group.open = true;
        group.toggleAttribute("data-used", isUsed);
      }
    },
  };
}

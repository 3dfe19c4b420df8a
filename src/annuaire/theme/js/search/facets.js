// The facets: one group of boxes each, several values at once, with the number of results each would give.
import { FACETS } from "../common/words/filters.js";

const french = new Intl.Collator("fr-CA");
const LAST = /à préciser$/i;

export function createFacets(panel, changed) {
  const lists = new Map();
  for (const { key, label } of FACETS) {
    const group = document.createElement("details");
    group.className = "facet";
    group.open = key === "territoire" || key === "secteur";
    const summary = document.createElement("summary");
    summary.textContent = label;
    const list = document.createElement("ul");
    group.append(summary, list);
    panel.append(group);
    lists.set(key, { group, list });
  }
  panel.addEventListener("change", changed);
  const wide = matchMedia("(min-width: 60rem)");
  const unfold = () => {
    panel.open = wide.matches; // a sheet to open on narrow screens, always there on wide ones
  };
  wide.addEventListener("change", unfold);
  unfold();

  function box(key, value) {
    return [...lists.get(key).list.querySelectorAll("input")].find((input) => input.value === value);
  }

  function line(key, value, count, checked) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.name = key;
    input.value = value;
    input.checked = checked;
    const text = document.createElement("span");
    text.textContent = value;
    const number = document.createElement("span");
    number.className = "facet__count";
    number.textContent = String(count);
    label.append(input, text, number);
    item.append(label);
    return item;
  }

  return {
    chosen() {
      const chosen = new Map();
      for (const { key } of FACETS) {
        const inputs = lists.get(key).list.querySelectorAll("input:checked");
        if (inputs.length > 0) chosen.set(key, new Set([...inputs].map((input) => input.value)));
      }
      return chosen;
    },
    // Boxes that the address asks for exist before the first answer gives the others.
    choose(chosen) {
      for (const { key } of FACETS) {
        const values = [...(chosen.get(key) ?? [])];
        lists.get(key).list.replaceChildren(...values.map((value) => line(key, value, "", true)));
      }
    },
    remove(key, value) {
      const input = box(key, value);
      if (input) input.checked = false;
    },
    clear() {
      for (const input of panel.querySelectorAll("input:checked")) input.checked = false;
    },
    // Without counts, the boxes checked are all that stays: those of another answer would mislead.
    show(counts, chosen) {
      for (const { key } of FACETS) {
        const { group, list } = lists.get(key);
        const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
        const kept = [...(chosen.get(key) ?? [])];
        const given = counts.has(key) ? Object.entries(counts.get(key)) : kept.map((value) => [value, ""]);
        const values = given
          .filter(([value, count]) => count > 0 || kept.includes(value))
          .sort(([one], [other]) => LAST.test(one) - LAST.test(other) || french.compare(one, other));
        list.replaceChildren(...values.map(([value, count]) => line(key, value, count, kept.includes(value))));
        group.hidden = values.length === 0;
        if (focused !== null) box(key, focused)?.focus();
      }
      panel.hidden = [...lists.values()].every(({ group }) => group.hidden);
    },
  };
}

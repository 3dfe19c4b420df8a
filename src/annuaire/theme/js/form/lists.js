// The lists that help to write a municipality or a category, shared by every field that takes one.
import { element } from "../common/element.js";

export function datalists({ data, mrcs }) {
  const isOwn = ([, , mrc]) => data.regionsDuSite.length === 0 || data.regionsDuSite.includes(mrcs.get(mrc).region);
  const towns = data.municipalites.filter(isOwn).sort((one, other) => one[1].localeCompare(other[1], "fr"));
  const groups = new Map(data.groupes);
  return [
    list("liste-municipalites", towns.map(([, nom, mrc]) => [nom, mrcs.get(mrc).titre])),
    list("liste-categories", data.categories.map(([, label, words, group]) => [label, [groups.get(group), ...words.slice(0, 4)].join(", ")])),
  ];
}

function list(id, options) {
  const node = element("datalist");
  node.id = id;
  for (const [value, words] of options) {
    const option = element("option");
    option.value = value;
    option.label = words;
    node.append(option);
  }
  return node;
}

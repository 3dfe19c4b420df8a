// The columns as they were understood, each a list of titles that the person corrects.
import { element } from "../common/element.js";
import { plural } from "../common/french.js";
import { ROLES } from "./columns.js";

const LABELS = { fournisseur: "Fournisseur", neq: "NEQ", montant: "Montant", date: "Date", objet: "Objet" };
const NEEDED = ["montant"];
const NONE = "Aucune colonne";

// `guess`: what the worker understood; `sheets`: those of a workbook; `changed(at)` asks for another sheet. Give what the form says:
// {read() -> {at, header, roles}, or null with the fault told}.
export function showColumns({ fields, sample, fault }, guess, sheets, changed) {
  const choices = Object.fromEntries(ROLES.map((role) => [role, choice(role, guess)]));
  const nodes = ROLES.map((role) => labelled(choices[role], LABELS[role]));
  if (sheets.length > 1) {
    const select = element("select");
    select.id = "feuille";
    for (const [at, { name, rows }] of sheets.entries()) select.append(new Option(`${name} (${plural(rows, "ligne")})`, at, false, at === guess.at));
    select.addEventListener("change", () => changed(Number(select.value)));
    nodes.unshift(labelled(select, "Feuille"));
  }
  fields.replaceChildren(...nodes);
  fault.textContent = "";
  showSample(sample, guess);

  function read() {
    const roles = Object.fromEntries(ROLES.map((role) => [role, Number(choices[role].value)]));
    const wrong = faultOf(roles);
    fault.textContent = wrong?.text ?? "";
    for (const role of ROLES) choices[role].toggleAttribute("aria-invalid", wrong?.role === role);
    if (wrong) choices[wrong.role].focus();
    return wrong ? null : { at: guess.at, header: guess.header, roles };
  }
  return { read };
}

function faultOf(roles) {
  for (const role of NEEDED) if (roles[role] < 0) return { role, text: "Choisissez la colonne du montant." };
  if (roles.fournisseur < 0 && roles.neq < 0) return { role: "fournisseur", text: "Choisissez la colonne du fournisseur, ou celle du NEQ." };
  for (const role of ROLES) {
    const other = ROLES.find((one) => one !== role && roles[role] >= 0 && roles[one] === roles[role]);
    if (other) return { role: other, text: `Une même colonne ne peut pas être à la fois ${LABELS[role]} et ${LABELS[other]}.` };
  }
  return null;
}

function choice(role, { titles, roles }) {
  const select = element("select");
  select.id = `colonne-${role}`;
  select.append(new Option(NONE, -1));
  for (const [rank, title] of titles.entries()) select.append(new Option(title.slice(0, 60), rank, false, rank === roles[role]));
  return select;
}

function labelled(control, text) {
  const label = element("label", "", text);
  label.htmlFor = control.id;
  return element("p", "field", label, control);
}

function showSample(place, { titles, sample }) {
  const head = element("tr", "", ...titles.map((title) => Object.assign(element("th", "", title), { scope: "col" })));
  const rows = sample.map((cells) => element("tr", "", ...titles.map((_, rank) => element("td", "", String(cells[rank] ?? "").slice(0, 80)))));
  place.replaceChildren(element("table", "", element("caption", "", "Les premières lignes, telles que lues"), element("thead", "", head), element("tbody", "", ...rows)));
}

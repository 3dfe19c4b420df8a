// The main parts of the profile as they would be, in texts only.
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { at } from "./lay.js";
import { isKept, isOfTeam } from "./plan.js";
import { titleOf } from "./sections.js";
import { categoryLabel, told } from "./wording.js";

const LONGEST = 220;
const MOST = 5;
const LONGEST_FACT = 300; // characters that a field may hold: one that may hold more is a text of its own

export function previewOf(values, knowledge) {
  return (knowledge.plan.isEnterprise ? ofEnterprise : ofRecord)(values, knowledge);
}

// A record as its schema has it: its name, what says it in a sentence, its facts, its texts, what its lists hold.
function ofRecord(values, knowledge) {
  const { collection, root, children } = knowledge;
  const shown = root.own.filter((field) => ![collection.naming, collection.summary].includes(field.name) && !isOfTeam(field) && !isKept(field));
  const filled = shown.flatMap((field) => (at(values, field.path) === undefined ? [] : [[field, told(field, at(values, field.path), knowledge)]]));
  const isLong = ([field]) => (field.constraints.maxLength ?? 0) > LONGEST_FACT;
  const parts = [element("p", "preview__name", values[collection.naming] || `Nom ${collection.of}`)];
  if (values[collection.summary]) parts.push(element("p", "", short(values[collection.summary])));
  for (const [field, text] of filled.filter((one) => !isLong(one))) parts.push(element("p", "", `${field.title}${NBSP}: ${short(text)}`));
  for (const [field, text] of filled.filter(isLong)) parts.push(heading(field.title), element("p", "preview__text", short(plain(text))));
  for (const [key, { title }] of children) {
    const items = knowledge.plan.sections.some(({ table }) => table === key) ? (values[key] ?? []) : [];
    const lines = items.slice(0, MOST).map((item) => element("li", "", titleOf(key, item, knowledge)));
    if (items.length > MOST) lines.push(element("li", "quiet", `et ${items.length - MOST} de plus`));
    if (lines.length > 0) parts.push(heading(title), element("ul", "", ...lines));
  }
  return parts;
}

function ofEnterprise(values, knowledge) {
  const places = values.etablissements ?? [];
  const named = (list, code) => list.find(([known]) => known === code)?.[1] ?? "";
  const parts = [element("p", "preview__name", values.nom || "Nom de l’entreprise")];
  const facts = [places[0]?.municipalite, named(knowledge.data.secteurs, values.secteur), named(knowledge.data.formes, values.forme_juridique)];
  parts.push(element("p", "quiet", facts.filter(Boolean).join(" · ")));
  const inBrief = values.activite || values.mission;
  if (inBrief) parts.push(element("p", "", short(inBrief)));
  if (values.offres) {
    const lines = values.offres.slice(0, MOST).map(({ nom, categorie }) => element("li", "", element("strong", "", nom || "…"), categorie ? ` (${categoryLabel(categorie, knowledge)})` : ""));
    if (values.offres.length > MOST) lines.push(element("li", "quiet", `et ${values.offres.length - MOST} de plus`));
    parts.push(heading("Produits et services"), element("ul", "", ...lines));
  }
  if (values.description) parts.push(heading("Ce que fait l’entreprise"), element("p", "preview__text", short(plain(values.description))));
  const lines = places.slice(0, MOST).map((place) => element("li", "", ...placeOf(place, values.adresse_confidentielle === "oui")));
  if (lines.length > 0) parts.push(heading("Joindre l’entreprise"), element("ul", "plain-list", ...lines));
  if (values.site_web) parts.push(element("p", "", values.site_web));
  return parts;
}

function heading(text) {
  return element("p", "preview__heading", text);
}

function placeOf({ nom, adresse, municipalite, code_postal: code, telephone, courriel, heures }, isConfidential) {
  const address = isConfidential ? [municipalite, "adresse confidentielle"] : [adresse, municipalite, code];
  return [nom, address.filter(Boolean).join(", "), telephone, courriel, heures].filter(Boolean).map((text) => element("div", "", text));
}

// The words of a text without the marks of its bold, its lists and its links.
function plain(text) {
  return text.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, "$1").replace(/\*\*|__/g, "").replace(/(^|[\s(«])\*(\S[^*\n]*)\*/g, "$1$2");
}

function short(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : text;
}

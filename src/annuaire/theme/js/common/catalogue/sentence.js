// A search as one French sentence, for the page, the printed record of a search and whoever reads it years later:
// « Fournisseurs d’entretien ménager de locaux situés dans la MRC de Mékinac, offres ou fiches
// confirmées, triés par nom ».
import { NBSP, figure, quote } from "../french.js";
import { inWords } from "../today.js";

const ORDERS = { pertinence: "par pertinence", distance: "par distance", nom: "par nom", fraicheur: "par date de vérification" };
export const ANSWERS = { __proto__: null, oui: "valide", non: "échéance dépassée", inconnu: "sans indication" };

export function sentence(catalogue, search) {
  const { json } = catalogue;
  const row = (table, find, code) => json[table][find(code)];
  const label = (table, find) => (code) => row(table, find, code)?.[1] ?? code;
  const parts = [];
  const say = (values, text) => {
    if (values.length > 0) parts.push(text(values));
  };
  const isSuppliers = search.categorie.length > 0;
  const head = isSuppliers
    ? `Fournisseurs ${either(search.categorie.map((slug) => of(label("categories", catalogue.category)(slug))))}`
    : "Entreprises d’économie sociale";
  const agree = (word) => (isSuppliers ? `${word}s` : `${word}es`);
  const located = search.mrc.map((code) => row("mrc", catalogue.mrc, code)?.[4] ?? `dans la MRC ${code}`);
  const served = search.dessert.map((code) => the(row("mrc", catalogue.mrc, code)?.[3] ?? `MRC ${code}`));

  let text = head;
  if (search.mrc.length > 0) text += ` ${agree("situé")} ${either(located)}`;
  if (search.pres) {
    const town = row("municipalites", catalogue.town, search.pres)?.[1] ?? search.pres;
    text += `${search.mrc.length > 0 ? "," : ""} à ${figure(Number(search.rayon))}${NBSP}km ou moins ${of(town, true)}`;
  }
  if (search.dessert.length > 0) text += `${search.mrc.length > 0 || search.pres ? "," : ""} qui desservent ${either(served)}`;
  // Straight after what it restricts; after a place of its own, which a second « qui » would seem to speak of, a comma.
  const asked = `qui répondent à ${quote(search.q)}`;
  if (search.q && text === head) text += ` ${asked}`;
  else if (search.q && search.dessert.length > 0) text += ` et ${asked}`;
  else if (search.q) parts.push(asked);
  say(search.secteur, (values) => `du secteur ${either(values.map((slug) => quote(label("secteurs", catalogue.sector)(slug))))}`);
  say(search.forme, (values) => `de forme juridique ${either(values.map((slug) => quote(label("formes", catalogue.form)(slug))))}`);
  say(search.adhesion, (values) => `adhésion ${either(values.map((code) => quote(label("adhesions", catalogue.adhesion)(code))))}`);
  say(search.certification, (values) => `certification ${either(values.map((slug) => quote(label("certifications", catalogue.certification)(slug))))}`);
  for (const kind of new Set(search.conformite.map((value) => value.split(":")[0]))) {
    const answers = search.conformite.filter((value) => value.split(":")[0] === kind).map((value) => value.split(":")[1]);
    parts.push(`${label("conformites", catalogue.conformity)(kind)}${NBSP}: ${either(answers.map((value) => ANSWERS[value] ?? value))}`);
  }
  const sure = search.confirme.join();
  if (sure === "oui") parts.push("offres ou fiches confirmées");
  if (sure === "non") parts.push("offres ou fiches à confirmer");
  if (search.depuis) parts.push(`fiches vérifiées depuis le ${inWords(search.depuis)}`);
  if (search.tri !== "pertinence" || search.q || search.pres) parts.push(`${agree("trié")} ${ORDERS[order(search)]}`);
  return [text, ...parts].join(", ");
}

// Without words, what is near a place comes by distance.
function order({ tri, q, pres }) {
  if (tri === "pertinence" && !q) return pres ? "distance" : "nom";
  return tri === "distance" && !pres ? (q ? "pertinence" : "nom") : tri;
}

// « a », « a ou b », « a, b ou c ».
export function either(texts) {
  if (texts.length < 2) return texts.join("");
  return `${texts.slice(0, -1).join(", ")} ou ${texts.at(-1)}`;
}

// « de mobilier », « d’entretien »; a common noun loses its capital, the name of a town keeps it.
export function of(label, isName = false) {
  const capital = label.match(/^(?:\p{Lu}\p{Lu}|\p{Lu}\.)/u) || isName; // an acronym keeps it too
  const text = capital ? label : label.charAt(0).toLowerCase() + label.slice(1);
  if (isName && /^Les? /u.test(text)) return `${text.startsWith("Les") ? "des" : "du"} ${text.replace(/^Les? /u, "")}`;
  return /^[aeiouyhâàéèêëîïôùûœ]/iu.test(text) && !/^(?:ha(?!b|r)|ho[cr]|y[a-z])/iu.test(text) ? `d’${text}` : `de ${text}`;
}

function the(title) {
  return title.startsWith("MRC ") ? `la ${title}` : title;
}

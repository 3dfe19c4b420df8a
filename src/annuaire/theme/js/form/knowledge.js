// What the rules know besides the record: fields, vocabularies, territories, from the data file of the form.
import { fold } from "../common/names.js";
import { planOf } from "./plan.js";
import { partout } from "../../../data/communs.json";

// A vocabulary that no field of the collection asks for is not in its data.
const NOTHING = { secteurs: [], formes: [], groupes: [], categories: [], certifications: [], regions: [], mrc: [], municipalites: [], anciennes: [], polygones: [] };

export function readKnowledge(given) {
  const data = { ...NOTHING, ...given };
  const tables = data.tables.map(readTable);
  const root = tables[0];
  const children = new Map(tables.slice(1).map((table) => [table.key, table]));
  const municipalities = data.municipalites.map(([code, nom, mrc]) => ({ code, nom, mrc }));
  const mrcs = new Map(data.mrc.map(([code, nom, titre, slug, de, region]) => [code, { code, nom, titre, slug, de, region }]));
  const byCode = new Map(municipalities.map((town) => [town.code, town]));
  const byName = grouped(municipalities.map((town) => [town.nom, town]));
  const byFoldedName = grouped([...municipalities.map((town) => [fold(town.nom), town]), ...data.anciennes.map(([nom, code]) => [fold(nom), byCode.get(code)])]);
  const words = vocabularies(data, root, children, mrcs);
  const { nom, un, du, leMeme, feminin, intitule, adresse, resume } = data.collection;
  const knowledge = {
    data,
    collection: { name: nom, one: un, of: du, theSame: leMeme, isFeminine: feminin, address: adresse, naming: intitule, summary: resume },
    order: data.ordre,
    messages: data.messages,
    root,
    children,
    mrcs,
    regions: new Map(data.regions.map(([code, nom, de, letters]) => [code, { code, nom, de, letters }])),
    byName,
    byFoldedName,
    words,
    free: data.libre, // the code of a field that names none: a free text, or a number
    cuts: data.coupes,
    derived: revived(data.derives),
    writing: revived(data.ecriture),
    judging: new Set(data.juges), // the names of the rules of the collection
    rules: revived(data.regles), // what each rule knows, by its name
    polygons: new Map(), // of the MRCs of the places met so far, by code: they are fetched one by one
    municipality(nom, code = "") {
      const found = (byName.get(nom) ?? []).filter((town) => !code || town.code === code);
      return found.length === 1 ? found[0] : null;
    },
  };
  knowledge.plan = planOf(knowledge);
  return knowledge;
}

// Add what a record is judged with (the second data file), in place: the fields stay those of the form that is laid.
export function extend(knowledge, more) {
  const { regles } = knowledge.data;
  const { root, children, plan, polygons, ...rest } = readKnowledge({ ...knowledge.data, ...more, regles: { ...regles, ...more.regles } });
  return Object.assign(knowledge, rest);
}

function readTable({ cle = "", titre, requis = false, maximum = 0, champs }) {
  const fields = champs.map((field) => ({
    name: field.nom,
    table: cle,
    type: field.type,
    title: field.titre,
    help: field.aide,
    example: field.exemple ?? "",
    required: field.requis ?? false,
    path: field.chemin ?? [],
    vocabulary: field.vocabulaire ?? "",
    code: field.code,
    itemPattern: field.motifElement ? pattern(field.motifElement) : null,
    labels: new Map(field.libelles ?? []),
    weight: field.poids ?? 0,
    nature: field.nature ?? "",
    derivedFrom: field.derive ?? [],
    constraints: field.contraintes ?? {},
    pattern: field.contraintes?.pattern ? pattern(field.contraintes.pattern) : null,
    isList: field.type === "list",
  }));
  const own = fields.filter((field) => field.path.length > 0);
  return { key: cle, title: titre, required: requis, maximum, fields, own, byPath: new Map(own.map((field) => [field.path.join("."), field])) };
}

// The schema's patterns are written in what Python and this flag read alike; an older browser does without the flag.
export function pattern(text) {
  try {
    return new RegExp(`^(?:${text})$`, "v");
  } catch {
    return new RegExp(`^(?:${text})$`);
  }
}

// Give a value with each of its patterns, written as Python wrote it (`motif`), ready for use: to find one, to find all, to
// match a whole text.
function revived(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(revived);
  const { motif, options } = value;
  if (motif !== undefined) return { one: new RegExp(motif, options), all: new RegExp(motif, `g${options}`), whole: new RegExp(`^(?:${motif})$`, options) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner)]));
}

function grouped(pairs) {
  const found = new Map();
  for (const [key, town] of pairs) {
    if (!found.has(key)) found.set(key, []);
    if (!found.get(key).includes(town)) found.get(key).push(town);
  }
  return found;
}

// For each vocabulary, what people may write (codes, labels, synonyms) and the code it means.
function vocabularies(data, root, children, mrcs) {
  const words = {};
  for (const name of ["secteurs", "formes", "categories", "certifications"]) {
    const known = new Map();
    for (const [slug, label, synonyms] of data[name]) {
      known.set(label, slug);
      for (const word of Array.isArray(synonyms) ? synonyms : []) known.set(word, slug);
    }
    for (const [slug] of data[name]) known.set(slug, slug);
    words[name] = known;
  }
  const inLists = [...children].flatMap(([key, { own }]) => own.map(({ name }) => `${key}.${name}`));
  words.champs = new Map([...data.ordre, ...root.own.map(({ name }) => name), ...inLists].map((name) => [name, name]));
  const territories = new Map();
  for (const { code, nom, titre, slug } of mrcs.values()) for (const word of [nom, titre, slug]) territories.set(word, code);
  for (const code of mrcs.keys()) territories.set(code, code);
  words.mrc = territories;
  words.territoires = new Map([...territories, ...Object.keys(partout).map((code) => [code, code])]);
  words.regions = new Map([...data.regions.map(([code, nom]) => [nom, code]), ...data.regions.map(([code]) => [code, code])]);
  return words;
}

// The text of a record: read as values, and written again with other values. What did not change keeps its comments, its
// order and its writing; what is new is written as `annuaire format` would, in the order of the schema.
import { Document, Pair, Scalar, YAMLMap, YAMLSeq, isCollection, isMap, isScalar, isSeq, parseDocument, visit } from "yaml";

const AT_END = "\u0001"; // begins a comment that stands at the end of a line
// Every scalar is a text, as the command line reads it.
export function readRecord(text) {
  const document = parseDocument(text, { schema: "failsafe" });
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS() ?? {};
}

// `ranks` says, for each list of mappings, which item of the text each item was, from 1; 0 is a new one.
export function writeRecord(text, values, ranks, knowledge) {
  const { writing } = knowledge;
  const isNew = text === "";
  const document = isNew ? new Document(new YAMLMap(), { schema: "failsafe" }) : parseDocument(text, { schema: "failsafe" });
  markComments(document, text);
  const root = document.contents;
  setMapping(root, values, knowledge.root, knowledge.order, 0, writing);
  for (const [key, table] of knowledge.children) setTable(root, key, values[key] ?? [], ranks[key] ?? [], table, knowledge.order, writing);
  const options = { lineWidth: writing.largeur, minContentWidth: 0, flowCollectionPadding: false, commentString };
  return (isNew ? `${writing.entete}\n` : "") + tidy(document.toString(options), writing.largeur);
}

// The library puts one space before a comment at the end of a line, where the formatter puts two, and moves down the one
// beside the key of a list: these comments are marked, and written back where they stood.
function markComments(document, text) {
  visit(document, {
    Pair(_, { key, value }) {
      if (!isCollection(value) || value.flow || !value.commentBefore || !/^[ \t]*:[ \t]*#/.test(text.slice(key.range[1]))) return;
      const [first, ...others] = value.commentBefore.split("\n");
      key.comment = AT_END + first;
      value.commentBefore = others.join("\n") || undefined;
    },
    Node(_, node) {
      if (node.comment && !node.comment.includes("\n") && !node.comment.startsWith(AT_END) && (isScalar(node) || node.flow)) node.comment = AT_END + node.comment;
    },
  });
}

function commentString(comment) {
  if (comment.startsWith(AT_END)) return ` #${comment.slice(AT_END.length)}`;
  return comment.replace(/^(?!$)(?: $)?/gm, "#");
}

function setTable(root, key, items, ranks, table, order, writing) {
  if (items.length === 0) {
    root.delete(key);
    return;
  }
  let list = root.get(key, true);
  if (!isSeq(list)) {
    list = new YAMLSeq();
    insert(root, key, list, order);
  }
  const before = [...list.items];
  const keys = [...new Set(table.own.map((field) => field.path[0]))];
  list.flow = false;
  if (list.commentBefore && isMap(before[0]) && (ranks[0] ?? 0) !== 1) {
    before[0].commentBefore = list.commentBefore; // what stands above the first item goes along with it
    list.commentBefore = undefined;
  }
  list.items = items.map((item, index) => {
    const kept = before[(ranks[index] ?? 0) - 1];
    const node = isMap(kept) ? kept : new YAMLMap();
    setMapping(node, item, table, keys, 4, writing);
    return node;
  });
}

function setMapping(map, values, table, order, indent, writing) {
  for (const field of table.own) {
    const [first, second] = field.path;
    if (second === undefined) {
      setValue(map, first, values[first], order, indent, writing);
      continue;
    }
    const names = table.own.filter(({ path }) => path.length === 2 && path[0] === first).map(({ path }) => path[1]);
    const value = values[first]?.[second];
    let group = map.get(first, true);
    if (!isMap(group)) {
      if (value === undefined) continue;
      group = new YAMLMap();
      insert(map, first, group, order);
    }
    setValue(group, second, value, names, indent + 2, writing);
    if (group.items.length === 0) map.delete(first);
  }
}

function setValue(map, key, value, order, indent, writing) {
  if (value === undefined) {
    map.delete(key);
    return;
  }
  const node = map.get(key, true);
  if (node !== undefined && same(node, value)) return;
  const written = Array.isArray(value) ? listNode(value, indent + key.length + 2, writing) : textNode(value, indent + key.length + 1, writing);
  if (node === undefined) {
    insert(map, key, written, order);
    return;
  }
  written.commentBefore = node.commentBefore;
  if (isSeq(written) && !written.flow && node.comment) map.items.find((pair) => pair.value === node).key.comment = node.comment;
  else written.comment = node.comment;
  map.set(key, written);
}

function same(node, value) {
  if (isScalar(node)) return node.value === value;
  return isSeq(node) && Array.isArray(value) && JSON.stringify(node.items.map((item) => item.value)) === JSON.stringify(value);
}

// A key takes its place in the order of the schema; those that are there stay where they are.
function insert(map, key, value, order) {
  const rank = order.indexOf(key);
  const found = map.items.findIndex(({ key: other }) => order.indexOf(String(other)) > rank);
  map.items.splice(found < 0 ? map.items.length : found, 0, new Pair(new Scalar(key), value));
}

function listNode(items, before, writing) {
  const list = new YAMLSeq();
  list.items = items.map((item) => styled(item, writing.ordinaireEntreCrochets.whole.test(item) && !writing.motsDeYaml.includes(item) ? "PLAIN" : "QUOTE_DOUBLE"));
  const length = items.reduce((sum, item, index) => sum + item.length + (index ? 2 : 0) + (list.items[index].type === "PLAIN" ? 0 : 2), 2);
  list.flow = before + length <= writing.largeur;
  if (!list.flow) list.items = items.map((item) => styled(item, isPlain(item, writing) ? "PLAIN" : "QUOTE_DOUBLE"));
  return list;
}

function textNode(text, before, writing) {
  if (isParagraphs(text)) return styled(text, "BLOCK_LITERAL");
  if (!text.includes("\n") && before + 1 + text.length > writing.largeur && text === text.trim() && text.includes(" ")) return styled(text, "BLOCK_FOLDED");
  return styled(text, isPlain(text, writing) ? "PLAIN" : "QUOTE_DOUBLE");
}

function styled(text, type) {
  const node = new Scalar(text);
  node.type = type;
  return node;
}

// A plain text starts with a letter and holds nothing that YAML, of any version, reads otherwise.
function isPlain(text, { ordinaire, motsDeYaml }) {
  return /^\p{L}/u.test(text) && ordinaire.whole.test(text) && !motsDeYaml.includes(text.toLowerCase());
}

function isParagraphs(text) {
  const lines = text.replace(/\n$/, "").split("\n");
  return text.includes("\n") && !text.endsWith("\n\n") && lines[0].trim() === lines[0] && lines[0] !== "" && lines.every((line) => line === line.trimEnd());
}

// The library lets a folded text of one line go one column too far.
function tidy(text, width) {
  const lines = text.split("\n");
  return lines
    .flatMap((line, index) => {
      if (line.length !== width + 1 || !/(?:: |^ *- )>-?(?: +#.*)?$/.test(lines[index - 1] ?? "")) return [line];
      const cut = line.lastIndexOf(" ", width);
      const indent = line.slice(0, line.length - line.trimStart().length);
      return cut > indent.length ? [line.slice(0, cut), indent + line.slice(cut + 1)] : [line];
    })
    .join("\n");
}

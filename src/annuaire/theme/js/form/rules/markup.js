// Markup in free texts: pages show HTML as text, leave images out and keep whole links alone.
import { FREE } from "../knowledge.js";

export const MARKDOWN = ["description", "presentation"]; // of a record itself; other texts are shown as they are
const HTML = /<\/?[A-Za-z][^<>]{0,200}>|<!--|&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});/;
const IMAGE = /!\[[^\]]*\][(\[]/;
const CODE = /(`+)[^`]+?\1(?!`)/g;
const LINK = /(?<!\\)\[(?:[^[\]\\]|\\.)*\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const SCHEMES = ["https", "http", "mailto", "tel"];
const NEVER_A_LINK = /^(?:vbscript|javascript|file|data):/i;

export function check({ cells }) {
  const findings = [];
  for (const { field, path, value } of cells) {
    if (field.type !== "string" || field.vocabulary || field.code !== FREE || field.constraints.enum || !/[<&[]/.test(value)) continue;
    const html = HTML.exec(value);
    if (html) findings.push({ code: "texte-html", path, values: { champ: field.name, valeur: html[0] } });
    if (IMAGE.test(value)) findings.push({ code: "texte-image", path, values: { champ: field.name } });
    const link = path.length === 1 && MARKDOWN.includes(path[0]) ? droppedLink(value) : "";
    if (link) findings.push({ code: "texte-lien", path, values: { champ: field.name, valeur: link } });
  }
  return findings;
}

export function* links(text) {
  for (const [, bracketed, bare] of text.replace(CODE, "").matchAll(LINK)) {
    const address = bracketed ?? bare;
    if (address && !NEVER_A_LINK.test(address)) yield address;
  }
}

function droppedLink(text) {
  for (const address of links(text)) if (!SCHEMES.includes(address.split(":")[0].toLowerCase())) return address;
  return "";
}

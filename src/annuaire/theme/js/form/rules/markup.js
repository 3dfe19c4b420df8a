// Markup in free texts: pages show HTML as text, leave images out and keep whole links alone.
const CODE = /(`+)[^`]+?\1(?!`)/g;
// An escaped bracket opens none, and is passed over first.
const LINK = /\\\[|\[(?:[^[\]\\]|\\.)*\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const NEVER_A_LINK = /^(?:vbscript|javascript|file|data):/i;

export function check({ cells }, { free, rules }) {
  const { champs, html: tag, image, protocoles } = rules.markup;
  const findings = [];
  for (const { field, path, value } of cells) {
    if (field.type !== "string" || field.vocabulary || field.code !== free || field.constraints.enum || !/[<&[]/.test(value)) continue;
    const html = tag.one.exec(value);
    if (html) findings.push({ code: "texte-html", path, values: { champ: field.name, valeur: html[0] } });
    if (image.one.test(value)) findings.push({ code: "texte-image", path, values: { champ: field.name } });
    const link = path.length === 1 && champs.includes(path[0]) ? droppedLink(value, protocoles) : "";
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

function droppedLink(text, schemes) {
  for (const address of links(text)) if (!schemes.includes(address.split(":")[0].toLowerCase())) return address;
  return "";
}

// Where web addresses lead: a public host, by its name, without a password.
import { isReadable } from "./cells.js";

const ADDRESS = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s;
const ASCII = /^[\0-\x7f]*$/;

export function check({ cells }, knowledge) {
  const own = knowledge.rules.web_address;
  return cells.flatMap(({ field, path, value }) => {
    if (!own.champs.includes(field.code)) return [];
    const [code, suggestion] = judge(value, own);
    if (!code || !isReadable(field, value, knowledge)) return []; // one fault for one value: the writing comes first
    return [{ code, path, values: { valeur: value, suggestion, exemple: field.example } }];
  });
}

function judge(address, own) {
  const parts = ADDRESS.exec(address);
  if (!parts) return ["", ""]; // the cell's own fault
  const [, scheme, netloc, path, query = "", fragment = ""] = parts;
  const afterUser = netloc.slice(netloc.lastIndexOf("@") + 1);
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(afterUser);
  const at = afterUser.indexOf(":");
  const [name, port] = bracketed ? [bracketed[1], bracketed[2]] : at < 0 ? [afterUser, ""] : [afterUser.slice(0, at), afterUser.slice(at + 1)];
  const host = name.toLowerCase();
  if (/[[\]]/.test(netloc) && !bracketed) return ["url-hote-invalide", ""];
  if (port && (!/^[0-9]+$/.test(port) || Number(port) > 65535)) return ["url-hote-invalide", ""];
  if (!ASCII.test(address)) return ["url-non-ascii", ascii(scheme, host, port, [path, query, fragment], own)];
  if (netloc.includes("@")) return ["url-identifiants", `${scheme}://${afterUser}${path}${query}${fragment}`];
  if (netloc.startsWith("[") || own.nombres.whole.test(host)) return ["url-adresse-ip", ""];
  const bare = host.replace(/\.+$/, "");
  if (!bare.replace(/^\.+/, "").includes(".") || own.locaux.includes(bare.slice(bare.lastIndexOf(".") + 1))) return ["url-hote-local", ""];
  return own.hote.whole.test(host) && host.length <= own.plusLongHote ? ["", ""] : ["url-hote-invalide", ""];
}

// An address with accents as machines want it; nothing if the host has no such form.
function ascii(scheme, host, port, rest, { gardes }) {
  let plain;
  try {
    plain = new URL(`http://${host}`).hostname;
  } catch {
    return "";
  }
  const percent = (text) => [...text].map((letter) => (/[\w.~-]/.test(letter) || gardes.includes(letter) ? letter : encodeURIComponent(letter))).join("");
  return `${scheme}://${plain}${port ? `:${Number(port)}` : ""}${rest.map(percent).join("")}`;
}

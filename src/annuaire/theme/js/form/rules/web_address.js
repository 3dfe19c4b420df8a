// Where web addresses lead, in a field of their own or in a link of a text: a public host, by its name, without a password.
import { isReadable } from "./cells.js";
import { MARKDOWN, links } from "./markup.js";

const EXAMPLE = "https://www.exemple.org/";
const FIELDS = ["url-invalide", "reseau-invalide"];
const LOCAL = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "test", "invalid", "onion"];
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:xn--[a-z0-9-]{1,59}|[a-z]{2,24})\.?$/;
const NUMBERS = /^(?:\[.*|(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?)$/; // every way to write an IP
const ADDRESS = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s;
const ASCII = /^[\0-\x7f]*$/;
const KEPT = /[!#$%&'()*+,/:;=?@[\]~A-Za-z0-9_.-]/;

export function check({ cells }) {
  return cells.flatMap(({ field, path, value }) => {
    if (path.length === 1 && MARKDOWN.includes(path[0]) && typeof value === "string") return inText(path, value);
    if (!FIELDS.includes(field.code)) return [];
    const [code, suggestion] = judge(value);
    if (!code || !isReadable(field, value)) return []; // one fault for one value: the writing comes first
    return [{ code, path, values: { valeur: value, suggestion, exemple: field.example } }];
  });
}

function inText(path, text) {
  for (const address of links(text)) {
    const [code, suggestion] = judge(plain(address));
    if (code) return [{ code, path, values: { valeur: plain(address), suggestion, exemple: EXAMPLE } }];
  }
  return [];
}

// Markdown writes the accents of an address as machines want them.
function plain(address) {
  const parts = ADDRESS.exec(address);
  if (ASCII.test(address) || !parts) return address;
  const [, scheme, netloc, path, query = "", fragment = ""] = parts;
  return ascii(scheme, netloc, "", path, query, fragment) || address;
}

function judge(address) {
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
  if (!ASCII.test(address)) return ["url-non-ascii", ascii(scheme, host, port, path, query, fragment)];
  if (netloc.includes("@")) return ["url-identifiants", `${scheme}://${afterUser}${path}${query}${fragment}`];
  if (netloc.startsWith("[") || NUMBERS.test(host)) return ["url-adresse-ip", ""];
  const bare = host.replace(/\.+$/, "");
  if (!bare.replace(/^\.+/, "").includes(".") || LOCAL.includes(bare.slice(bare.lastIndexOf(".") + 1))) return ["url-hote-local", ""];
  return HOST.test(host) && host.length < 254 ? ["", ""] : ["url-hote-invalide", ""];
}

// An address with accents as machines want it; nothing if the host has no such form.
function ascii(scheme, host, port, path, query, fragment) {
  let plain;
  try {
    plain = new URL(`http://${host}`).hostname;
  } catch {
    return "";
  }
  const quote = (text) => [...text].map((letter) => (KEPT.test(letter) ? letter : encodeURIComponent(letter))).join("");
  return `${scheme}://${plain}${port ? `:${Number(port)}` : ""}${quote(path)}${quote(query)}${quote(fragment)}`;
}

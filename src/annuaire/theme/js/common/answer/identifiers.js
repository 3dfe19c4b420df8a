// What a question may be instead of words: a NEQ, a telephone, a postal code, a site or an e-mail, a code of UNSPSC or SEAO.
import { fold } from "../names.js";

const DOMAIN = /^(?:https?:\/\/)?(?:[^\s@/]*@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/?#]\S*)?$/iu;
const POSTAL = /^([a-z]\d[a-z])[ -]?(\d[a-z]\d)$/i;
const NUMBER = /^(?:neq|t[ée]l(?:[ée]phone)?\.?|unspsc|code)?[\s:]*(\+?[\d\s().-]{8,})(?:\s*(?:poste|#)\s*\d+)?$/iu;
const SEAO = /^(?:seao|cat[ée]gorie)?\s*([a-z]\d{1,2})$/iu;

// Give null, or {ranks: enterprises that are so identified} or {categories: ranks of those that bear the code}.
export function identify(catalogue, text) {
  const words = text.trim();
  const { entreprises, categories } = catalogue.json;
  const those = (is) => [...entreprises.nom.keys()].filter(is);
  const coded = (is) => [...categories.keys()].filter((rank) => is(categories[rank]));
  const postal = POSTAL.exec(words);
  if (postal) {
    const code = `${postal[1]} ${postal[2]}`.toUpperCase();
    const ranks = those((rank) => entreprises.code_postal[rank] === code);
    return ranks.length > 0 ? { ranks } : null; // else a place
  }
  const seao = SEAO.exec(words);
  if (seao) {
    const code = seao[1].toUpperCase();
    const found = coded(([, , , , , own]) => plainCode(own) === plainCode(code));
    return found.length > 0 ? { categories: found } : null;
  }
  const number = NUMBER.exec(words);
  if (number) {
    const digits = number[1].replace(/\D/g, "").replace(/^1(?=\d{10}$)/, "");
    if (digits.length === 10) return { ranks: those((rank) => entreprises.neq[rank] === digits || telephoneDigits(entreprises.telephone[rank]) === digits) };
    const prefix = digits.replace(/(?:00)+$/, "");
    if (digits.length === 8 && prefix) return { categories: coded(([, , , , , , own]) => own !== "" && (own.startsWith(prefix) || digits.startsWith(own.replace(/(?:00)+$/, "")))) };
  }
  const domain = DOMAIN.exec(words);
  if (domain) {
    const host = bareHost(domain[1]);
    const is = (rank) => hostOf(entreprises.site_web[rank]) === host || entreprises.courriel[rank].toLowerCase().endsWith(`@${host}`);
    return { ranks: those(is) };
  }
  return null;
}

// « G5 » and « G05 » are one code.
function plainCode(code) {
  return code.replace(/^([A-Z])0+(?=\d)/, "$1");
}

function telephoneDigits(text) {
  return text.split(" poste ")[0].replace(/\D/g, "").slice(-10);
}

function bareHost(host) {
  return fold(host).replace(/^www\./, "");
}

function hostOf(address) {
  const [, host] = /^https?:\/\/([^/?#:]+)/i.exec(address) ?? [];
  return host ? bareHost(host) : "";
}

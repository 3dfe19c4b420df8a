// An address built like a person's name, without a word of the enterprise, of its town or of a service.
import { listAt, textAt } from "../lay.js";
import { fold } from "../../common/names.js";

export function check({ values, cells }, { rules }) {
  const own = rules.email;
  let known;
  return cells.flatMap(({ field, path, value }) => {
    if (field.code !== "courriel-invalide") return [];
    const lower = value.toLowerCase();
    const at = lower.lastIndexOf("@");
    const [local, host] = at < 0 ? ["", lower] : [lower.slice(0, at), lower.slice(at + 1)];
    const parts = letters(local, own);
    if (parts.some((part) => isService(part, own))) return [];
    known ??= wordsOf(values, own);
    const isPrivate = own.boites.whole.test(host) && parts.join("").length >= own.plusCourt;
    const isName = own.nom.whole.test(local) && Math.max(...parts.map((part) => part.length)) > 2;
    return (isPrivate || isName) && !isIn(parts, known) ? [{ code: "courriel-personnel", path, values: { valeur: value } }] : [];
  });
}

function letters(text, { lettres }) {
  return text.match(lettres.all) ?? [];
}

function isService(part, { services, debutsDeService }) {
  return services.includes(part) || services.includes(part.replace(/[sx]+$/, "")) || debutsDeService.some((start) => part.startsWith(start));
}

// The words and the initials of an enterprise and of its towns.
function wordsOf(values, own) {
  const places = listAt(values, "etablissements").map((_, index) => index);
  const texts = [textAt(values, "nom"), ...["nom", "municipalite"].flatMap((key) => places.map((index) => textAt(values, "etablissements", index, key)))];
  const found = texts.map((text) => letters(fold(text), own));
  const initials = (words) => words.map((word) => word[0]).join("");
  return {
    words: new Set(found.flat().filter((word) => word.length > 2)),
    initials: [...found.filter((words) => words.length > 0).map(initials), ...found.map((words) => initials(words.filter((word) => word.length > 2)))],
  };
}

function isIn(parts, { words, initials }) {
  const whole = parts.join("");
  if (parts.some((part) => words.has(part)) || [...words].some((word) => word.length > 3 && whole.includes(word))) return true;
  return [...parts, whole].some((part) => part.length > 1 && initials.includes(part)) || initials.some((known) => known.length > 2 && whole.includes(known));
}

// The images that a record names: a file is chosen to know its name alone. Nothing is read of it nor sent from here: who
// sends the message attaches it. The name it takes is that of `annuaire apply` (`intake/applying/images.py`).
import { element } from "../common/element.js";
import { NBSP } from "../common/french.js";
import { slugify } from "../common/names.js";

const LONGEST = 60; // characters of a name, its ending aside

export function isImage({ table, name }) {
  return table === "images" && name === "fichier";
}

export function plainName(name) {
  const [, stem, ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(name.split(/[\\/]/).at(-1));
  return `${slugify(stem, LONGEST) || "image"}${ending.toLowerCase().replace(".jpeg", ".jpg")}`;
}

// The control of the field: a file to choose, and the name that is kept of it.
export function image(value, id, write) {
  const input = element("input", "field__file");
  input.type = "file";
  input.accept = "image/jpeg,image/png,image/webp";
  input.id = id;
  const kept = element("p", "field__kept");
  const set = (name) => {
    kept.textContent = name ? `Image retenue${NBSP}: ${name}` : "";
    kept.hidden = !name;
  };
  set(value);
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    set(plainName(file.name));
    write(plainName(file.name));
  });
  return { node: element("div", "", input, kept), focus: input, set };
}

// The images that changes bring, by name.
export function imagesOf(changes) {
  return changes.filter(({ field, after }) => field && isImage(field) && after).map(({ after }) => after);
}

// What says to attach them, in the message and above it; nothing when there are none.
export function attaching(changes) {
  const names = imagesOf(changes);
  return names.length > 0 ? `Joindre ${names.length > 1 ? "ces fichiers" : "ce fichier"} au message${NBSP}: ${names.join(", ")}.` : "";
}

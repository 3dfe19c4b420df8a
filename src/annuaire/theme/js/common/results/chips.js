// The places that a question names, each a chip: taken away, or widened to what is around.
import { wider } from "../answer/places.js";
import { without } from "../answer/question.js";
import { element } from "../element.js";
import { NBSP } from "../french.js";

// `again(words)` asks another question.
export function createPlaces(catalogue, list, again) {
  function chip(text, label, act, mark = "") {
    const button = element("button", "", text);
    button.type = "button";
    if (mark) button.append(Object.assign(element("span", "active-filters__mark", mark), { ariaHidden: "true" }));
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      act();
      document.getElementById("resultats").focus();
    });
    return element("li", "", button);
  }

  return {
    show(said) {
      const places = said?.places ?? [];
      const items = places.flatMap((place) => {
        const others = without(said.question.words, [place]);
        const chips = [chip(place.label, `Enlever le lieu${NBSP}: ${place.label}`, () => again(others), "×")];
        const around = wider(catalogue, place);
        if (around) chips.push(chip(`Élargir${NBSP}: ${around.label}`, `Élargir à ${around.label}`, () => again(`${others} ${around.words}`.trim())));
        return chips;
      });
      list.replaceChildren(...items);
      list.hidden = items.length === 0;
    },
  };
}

// The summary of the faults of a form, above it: each names its field and leads there.
import { element } from "./element.js";
import { NBSP, plural } from "./french.js";

// `entries` are { title, problem: { said }, id, go }, errors only; `before` says what they keep from happening.
export function showSummary(place, entries, before = "") {
  place.hidden = entries.length === 0;
  if (entries.length === 0) return;
  const heading = element("h3", "", `${plural(entries.length, "réponse")} à corriger${before}`);
  heading.id = "fautes-titre";
  const lines = entries.map(({ title, problem, id, go }) => {
    const link = element("a", "", title);
    link.href = `#${id}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
    return element("li", "", link, `${NBSP}: ${problem.said}`);
  });
  place.setAttribute("aria-labelledby", heading.id);
  place.replaceChildren(heading, element("ul", "", ...lines));
}

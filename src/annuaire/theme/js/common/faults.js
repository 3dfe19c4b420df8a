// The faults of a form: at their fields, and their summary above it, where each leads to its field.
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

// Say a fault at its field: `controls` are its inputs (several for a choice), `box` holds them.
export function markFault(id, said, controls, box) {
  clearFault(id, controls);
  const fault = element("span", "fault", element("strong", "", "À corriger"), `${NBSP}: ${said}.`);
  fault.id = id;
  box.append(fault);
  for (const one of controls) {
    one.setAttribute("aria-invalid", "true");
    describe(one, (ids) => [id, ...ids]);
  }
}

export function clearFault(id, controls) {
  const fault = document.getElementById(id);
  if (!fault) return;
  fault.remove();
  for (const one of controls) {
    one.removeAttribute("aria-invalid");
    describe(one, (ids) => ids.filter((own) => own !== id));
  }
}

function describe(one, change) {
  const ids = change((one.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (ids.length > 0) one.setAttribute("aria-describedby", ids.join(" "));
  else one.removeAttribute("aria-describedby");
}

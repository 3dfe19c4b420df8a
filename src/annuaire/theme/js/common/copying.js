// Buttons that copy a short text, `data-copy`, which show once this script runs; one that copies the address of the page, in
// the footer. What was done is said beside them.
import { element } from "./element.js";

export function startCopying() {
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  const link = Object.assign(element("button", "button", "Copier le lien"), { type: "button" });
  link.dataset.copyLink = "";
  const done = element("span");
  done.setAttribute("role", "status");
  document.querySelector(".site-foot__acts > :last-child")?.before(element("span", "", link, " ", done));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy], button[data-copy-link]");
    if (!button) return;
    const said = button.parentElement.querySelector("[role=status]");
    if ("copyLink" in button.dataset) {
      const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
      said.textContent = copied ? "Lien copié." : location.href; // refused: it can be selected
      return;
    }
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copié.";
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector(".copying__text"));
      said.textContent = "Le numéro est sélectionné\u00a0: appuyez sur Ctrl+C (ou ⌘C) pour le copier.";
    }
  });
}

// Buttons that copy a short text, `data-copy`; they show once this script runs. What was done is said beside them.
export function startCopying() {
  for (const button of document.querySelectorAll("button[data-copy], button[data-copy-link]")) button.hidden = false;
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

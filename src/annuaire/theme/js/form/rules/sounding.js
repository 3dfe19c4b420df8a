// Needs: each says what is asked, can be answered, and is no longer said to be open after its last day.
import { textAt } from "../lay.js";
import { dayIn } from "../../common/days.js";

export function check({ values, today }) {
  const [genre, quantite, echeance] = ["genre", "quantite", "echeance"].map((key) => textAt(values, key));
  const findings = [];
  const report = (code, key, said = {}) => findings.push({ code, path: [key], values: said });
  if (genre === "sondage" && !textAt(values, "categorie")) report("besoin-sans-categorie", "genre");
  if (["je-cherche", "je-partage"].includes(genre) && !textAt(values, "ressource")) report("besoin-sans-ressource", "genre");
  if (quantite && !textAt(values, "unite")) report("besoin-sans-unite", "quantite", { valeur: quantite });
  if (!textAt(values, "contact", "telephone") && !textAt(values, "contact", "courriel")) report("besoin-sans-contact", "contact");
  const day = dayIn(echeance);
  if (textAt(values, "statut") === "ouvert" && day && day < today) report("besoin-echu", "statut", { valeur: echeance });
  return findings;
}

// A list that is all on its page, taken away: on paper, or as a workbook made of its own lines.
import { fetchBundle } from "./selection/bundle.js";
import { fileName, save } from "./saving.js";
import { today } from "./today.js";

const COLUMNS = [
  ["Secteur", 30, (row) => row.querySelector("[data-sector]") ?? row.closest(".group--titled")?.querySelector(".group__title > a")],
  ["Entreprise", 40, (row) => row.querySelector("h2, h3, h4")],
  ["Municipalité", 30, (row) => row.querySelector("[data-town]")],
  ["Adresse", 40, (row) => row.querySelector("[data-address]")],
  ["Téléphone", 24, (row) => row.querySelector("[data-phone]")],
  ["Site Web", 30, (row) => row.querySelector("[data-site]")],
  ["Ce qu’elle offre ou fait", 60, (row) => row.querySelector(".row__text")],
];

export function startListing() {
  for (const button of document.querySelectorAll("[data-print-page]")) button.addEventListener("click", () => globalThis.print());
  for (const button of document.querySelectorAll("[data-listing-workbook]")) {
    button.addEventListener("click", () => take(button.parentElement.querySelector("[role=status]")));
  }
}

// What no line says has no column.
async function take(said) {
  const title = document.querySelector("h1").textContent.trim();
  const lines = [...document.querySelectorAll(".tabular .rows > li")].map((row) => COLUMNS.map(([, , find]) => find(row)?.textContent.trim() ?? ""));
  const ranks = COLUMNS.map((_, rank) => rank).filter((rank) => lines.some((line) => line[rank]));
  try {
    const write = await fetchBundle("workbook");
    const rows = lines.map((line) => ranks.map((rank) => ({ text: line[rank] })));
    const sheet = { name: "Entreprises", header: ranks.map((rank) => COLUMNS[rank][0]), rows, columns: ranks.map((rank) => ({ width: COLUMNS[rank][1] })) };
    save(new Blob([await write([sheet])], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" }), `${fileName(title)}-${today()}.xlsx`);
    said.textContent = "Fichier téléchargé.";
  } catch (error) {
    said.textContent = "Le fichier n’a pas pu être fait. Rechargez la page.";
    throw error; // for the console: the visitor has been told
  }
}

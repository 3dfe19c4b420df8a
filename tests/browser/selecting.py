"""Put enterprises in the selection as a browser keeps it, and read what pages and files say of them."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Download, Page

from annuaire.exports import packing
from annuaire.text import french

LINK = re.compile(r"=?HYPERLINK\((.*)\)", re.DOTALL)  # in a workbook
SELECTION = "acheter/selection/"
RECORD = "acheter/releve/"
VERIFY = "acheter/verifier/"
CLEANING = ("entretien-exemple-entreprise-d-insertion", "Entretien Exemple, entreprise d’insertion")
HOME_HELP = ("aide-a-domicile-des-grands-exemples", "Aide à domicile des Grands-Exemples")
UNSURE = ("association-sportive-exemple", "Association sportive Exemple")
PRINTER = ("exemplaire", "Exemplaire")
GONE = ("cooperative-disparue", "Coopérative disparue")
HOSTILE = ("exemple-hostile", "Exemple hostile")
CATERER = ("traiteur-la-table-d-exemple", "Traiteur La Table d’Exemple")
BREWERY = ("microbrasserie-cooperative-le-prototype-d-exemple", "Microbrasserie coopérative Le Prototype d’Exemple")
CAMP = ("base-de-plein-air-du-grand-exemple", "Base de plein air du Grand-Exemple")
# Who offers rooms, each with an offer that is confirmed.
ROOMS = "Location de salles"
FUNERALS = ("cooperative-funeraire-d-exemple", "Coopérative funéraire d’Exemple")
THEATRE = ("theatre-de-l-oeuvre-exemple", "Théâtre de l’Œuvre-Exemple")
HALL = ("le-carrefour-exemple", "Le Carrefour Exemple")


def kept_for(firm: tuple[str, str], need: str, level: str, search: str = "") -> tuple[str, ...]:
    """Say what an enterprise was kept for, at which level it answered then, and the search that found it."""
    return (*firm, need, level, search)


def stored(*chosen: tuple[str, ...], name: str = "Entretien 2027") -> str:
    """Write the store of a browser that holds one list: slugs and names, the need and the level of some."""
    keys = ("slug", "nom", "besoin", "niveau", "recherche")
    items = [dict(zip(keys, firm, strict=False)) | {"ajoutee": "2026-11-01T10:00:00Z"} for firm in chosen]
    lists = [{"id": "a1", "nom": name, "creee": "2026-11-01T10:00:00Z", "fiches": items}]
    return json.dumps({"format": 1, "courante": "a1", "listes": lists})


def choose(page: Page, *chosen: tuple[str, ...], name: str = "Entretien 2027") -> None:
    """Fill the store before the first page is opened, once: what the page then changes stays."""
    text = json.dumps(stored(*chosen, name=name))
    page.add_init_script(
        f"localStorage.getItem('annuaire-selections') ?? localStorage.setItem('annuaire-selections', {text})"
    )


def catalogue(site: Path) -> dict[str, Any]:
    """Read the data of the catalogue of a built site."""
    return packing.read(site)


def kept(page: Page) -> dict[str, tuple[str, str]]:
    """Read the store: what each enterprise was kept for, and its level then."""
    lists = json.loads(page.evaluate("localStorage.getItem('annuaire-selections')"))["listes"]
    return {item["slug"]: (item.get("besoin", ""), item.get("niveau", "")) for item in lists[0]["fiches"]}


def names(page: Page) -> list[str]:
    """List the enterprises of the selection shown, in order."""
    return page.locator("[data-chosen] h3").all_inner_texts()


def every_result(page: Page) -> list[str]:
    """List the enterprises that the catalogue found, its last page included."""
    page.locator("[data-catalogue-rows] .rows > li > h4").first.wait_for()
    while page.locator("[data-catalogue-more]").is_visible():
        page.locator("[data-catalogue-more]").click()
    return page.locator("[data-catalogue-rows] .rows > li > h4").all_inner_texts()


def ready(page: Page) -> None:
    """Wait for the selection page to have read the catalogue."""
    page.locator("[data-chosen] li .badge").first.wait_for()


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until the element in focus says `name`, as a keyboard user does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent)"
        )
        if str(said).strip().startswith(name):
            return
    raise AssertionError(f"« {name} » is not reached with {most} presses of Tab")


def shown_table(page: Page) -> list[list[str]]:
    """Read the comparison as a table of enterprises: the heading, then one row each; an unknown value is empty."""
    table: list[list[str]] = page.evaluate(
        """() => {
        const screen = document.querySelector(".compare__screen");
        const text = (cell) => {
          const lines = [...cell.querySelectorAll("li")].map((line) => line.textContent);
          if (lines.length) return lines.join(" | ");
          return cell.querySelector(".hidden-text") ? "" : cell.textContent;
        };
        const rows = [...screen.rows].map((row) => [...row.cells].map(text));
        rows[0][0] = "Entreprise";
        return rows[0].map((_, column) => rows.map((row) => row[column]));
        }"""
    )
    return table


def read_csv(download: Download) -> tuple[bytes, list[list[str]]]:
    """Read a CSV that was downloaded: its bytes, its cells."""
    data = Path(download.path()).read_bytes()
    text = data.decode("utf-8-sig")
    return data, list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def read_workbook(download: Download, folder: Path) -> tuple[Any, list[list[str]]]:
    """Read a workbook that was downloaded: its first sheet, its cells as the screen says them, records aside."""
    path = folder / download.suggested_filename
    download.save_as(path)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Workbook contains no default style")  # the writer names none
        sheet = load_workbook(path).worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    shown = len(heads) - heads.count("Fiche")
    rows = [[said(cell, head) for cell, head in zip(row[:shown], heads, strict=False)] for row in sheet.iter_rows()]
    rows[0] = [head.removesuffix(" (km)") for head in heads[:shown]]
    return sheet, rows


def said(cell: Any, head: str) -> str:
    """Say what a cell of a workbook holds as the screen does: the words of a link, a day in words."""
    if cell.data_type == "f":
        return json.loads("[" + LINK.fullmatch(cell.value)[1].replace('""', '\\"') + "]")[1]  # type: ignore[index,no-any-return]
    if cell.is_date:
        return f"Le {french.day(cell.value.date())}"
    if cell.data_type == "n" and head.startswith("J’achète"):
        return f"Depuis {cell.value}"
    return "" if cell.value is None else str(cell.value)


def same_order(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether texts come in an order, others left aside."""
    return [text for text in found if text in wanted] == list(wanted)

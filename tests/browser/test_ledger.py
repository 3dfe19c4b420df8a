"""« Carnet d’achats » in a real browser: by keyboard, on a telephone, on paper, and with the network cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests import ledgers

from .conftest import WIDTHS, Open, Visit
from .looking import overflow, violations
from .selecting import read_workbook, tab_to

pytestmark = pytest.mark.browser

LEDGER = "acheter/carnet/"
TYPES = "text/csv"
SMALL = """() => [...document.querySelector("main").querySelectorAll("button, select, summary, td a, th a, li a")]
  .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44).map((node) => node.outerHTML)"""


@contextmanager
def cut_off(visited: Visit) -> Iterator[list[str]]:
    """Open the page, then cut the network; give every request that it or its worker still makes."""
    page = visited.page
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    visited.open(LEDGER)
    page.locator("[data-ledger=pret]").wait_for()
    assert any(url.endswith("/acheter/carnet.json") for url in asked), "what the worker asks is seen here"
    asked.clear()
    page.context.set_offline(True)
    yield asked
    page.context.set_offline(False)


def drop(page: Page, text: str, name: str = "carnet 2025.csv") -> None:
    """Choose a file, and wait for what is said of it."""
    page.set_input_files("#fichier-carnet", {"name": name, "mimeType": TYPES, "buffer": text.encode("cp1252")})
    page.locator("[data-ledger-read] strong").wait_for()


def said(page: Page, place: str) -> str:
    """Read a part of the page, its spaces plain."""
    return page.locator(f"[data-ledger-{place}]").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_ledger_by_keyboard_and_nothing_leaves_the_browser(
    site: str, visit: Open, tmp_path: Path, width: int
) -> None:
    with visit(site, width=width, alone=True) as visited, cut_off(visited) as asked:
        page = visited.page
        assert violations(page) == []
        drop(page, ledgers.THIRTY)
        assert "encodage Windows-1252" in said(page, "read")
        assert page.locator("#colonne-montant option:checked").inner_text() == "Montant"
        assert (violations(page), overflow(page)) == ([], [])
        page.locator("#fichier-carnet").focus()
        tab_to(page, "Rapprocher du répertoire")
        page.keyboard.press("Enter")
        page.locator("[data-ledger-categories-body] tbody tr").nth(4).wait_for()  # the objects are read
        assert page.evaluate("document.activeElement.id") == "resultat"
        assert "20,8 % des achats lus viennent d’entreprises collectives : 8 325,25 $ sur 40 045,00 $" in said(
            page, "summary"
        )
        assert "3 fournisseurs (1 400,00 $) portent un nom qui ressemble" in said(page, "summary")
        tab_to(page, "C’est elle\u00a0: Navette Exemple")
        page.keyboard.press("Enter")
        page.get_by_text("Fournisseur confirmé. 2 à confirmer.").wait_for(state="attached")
        assert page.evaluate("document.activeElement.closest('.ledger__pending') !== null")
        assert "9 325,25 $" in said(page, "summary")
        assert "Entretien Exemple, entreprise d’insertion" in said(page, "else-body")
        assert "27 274,75 $, un objet où rien de ce qu’il offre n’a été reconnu" in said(page, "else-body")
        assert (violations(page), overflow(page)) == ([], [])

        assert page.evaluate(SMALL) == []
        page.fill("#titre-carnet", "Ville d’Exemple, achats de 2025")
        with page.expect_download() as waiting:
            page.locator("[data-ledger-workbook]").click()
        book = read_workbook(waiting.value, tmp_path)[0].parent
        sums = {row[0]: row[1] for row in book["Sommaire"].iter_rows(min_row=2, values_only=True)}
        assert sums["Entreprises collectives confirmées"] == 9325.25
        assert sums["Total des achats lus"] == 40045
        assert sum(row[1] for row in book["Par catégorie"].iter_rows(min_row=2, values_only=True)) == 9325.25
        assert ("Titre", "Ville d’Exemple, achats de 2025") in list(book["À propos"].iter_rows(values_only=True))
        assert "Pavage" not in str(list(book["Confirmés"].iter_rows(values_only=True)))

        page.emulate_media(media="print")
        assert page.locator("[data-ledger-title]").inner_text() == "Ville d’Exemple, achats de 2025"
        assert not page.locator("[data-drop]").is_visible()
        assert not page.get_by_role("button", name="Retirer").first.is_visible()
        page.emulate_media(media="screen")

        page.fill("#question-collective", "1100000102\nPavage Imaginaire\nRessourcerie Exmple")
        tab_to(page, "Chercher au répertoire")
        page.keyboard.press("Enter")
        page.locator("[data-ledger-verdicts] tbody tr").nth(2).wait_for()
        verdicts = said(page, "verdicts")
        assert "1 inscrite, 1 à confirmer, 1 absente." in verdicts
        assert "Cela ne veut pas dire qu’elle n’est pas collective" in verdicts
        assert (violations(page), overflow(page)) == ([], [])
        assert asked == []
        assert page.evaluate("[location.search, location.hash, localStorage.length]") == ["", "", 0]


def test_wrong_columns_and_files_are_told(site: str, visit: Open) -> None:
    with visit(site, alone=True) as visited, cut_off(visited):
        page = visited.page
        drop(page, "%PDF-1.7", "carnet.csv")
        assert "Un PDF ne se lit pas comme un tableau" in said(page, "read")
        assert not page.locator("[data-ledger-columns]").is_visible()
        drop(page, "Rue;Ville\nDes Exemples;Exempleville\nDu Modèle;Exempleville\n")
        page.locator("[data-ledger-form] button").click()
        assert said(page, "fault") == "Choisissez la colonne du montant."
        assert page.evaluate("document.activeElement.id") == "colonne-montant"
        drop(page, "Compte;Nom;Payé\nA-1;Exemplaire;10,00\nA-2;Navette Exemple;5,00\n")
        page.select_option("#colonne-fournisseur", label="Nom")
        page.select_option("#colonne-objet", label="Nom")
        page.select_option("#colonne-montant", label="Payé")
        page.locator("[data-ledger-form] button").click()
        assert "à la fois Fournisseur et Objet" in said(page, "fault")
        page.select_option("#colonne-objet", label="Aucune colonne")
        page.locator("[data-ledger-form] button").click()
        page.get_by_role("button", name="Confirmer les 2 noms identiques").click()
        page.get_by_text("100,0 % des achats lus").first.wait_for()
        assert "n’a pas de colonne d’objet" in said(page, "else-body")


def test_the_page_stays_alive_while_a_long_ledger_is_matched(site: str, visit: Open) -> None:
    rows = "".join(f"Fournisseur fictif numéro {n};{n},50\n" for n in range(10_000))
    with visit(site, alone=True) as visited, cut_off(visited):
        page = visited.page
        drop(page, f"Fournisseur;Montant\n{rows}")
        page.evaluate(
            """() => {
            window.beats = 0;
            const result = document.querySelector("[data-ledger-result]");
            const beat = () => { window.beats += 1; if (result.hidden) setTimeout(beat, 5); };
            document.querySelector("[data-ledger-form]").addEventListener("submit", beat, { once: true });
        }"""
        )
        page.locator("[data-ledger-form] button").click()
        page.locator("[data-ledger-result]:not([hidden])").wait_for(timeout=60_000)
        assert page.evaluate("window.beats") > 10
        assert "0,0 % des achats lus" in said(page, "summary")


def test_without_scripts_the_page_says_why(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(LEDGER)
        words = visited.page.locator("main").inner_text()
        assert "cette page demande JavaScript" in words
        assert not visited.page.locator("#fichier-carnet").is_visible()

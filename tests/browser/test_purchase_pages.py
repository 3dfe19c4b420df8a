"""The pages of the purchase file as buyers fill them: accessible, within their width, quiet, whatever they hold."""

from __future__ import annotations

import pytest
from tests.sites import Project

from .conftest import WIDTHS, Open
from .looking import LOOKED_AT, faults_everywhere
from .selecting import CLEANING, GONE, RECORD, SELECTION, VERIFY, catalogue, choose, ready

pytestmark = pytest.mark.browser

MANY = 12


@pytest.mark.parametrize("count", [0, 1, MANY])
def test_selection(example: Project, site: str, visit: Open, count: int) -> None:
    firms = catalogue(example.site)["entreprises"]
    chosen = list(zip(firms["slug"], firms["nom"], strict=True))[:count]
    with visit(site, **LOOKED_AT) as visited:
        page = visited.page
        choose(page, *chosen, *([GONE] if count == MANY else []))
        visited.open(SELECTION)
        if count:
            ready(page)
            page.locator(".choices summary").click()
            page.locator("[data-list-new]").click()
            page.locator("[data-list-erase]").click()
        assert faults_everywhere(page) == []


def test_hostile_enterprise(site: str, visit: Open) -> None:
    with visit(site, **LOOKED_AT) as visited:
        page = visited.page
        choose(page, ("exemple-hostile", "Exemple"), CLEANING)
        visited.open(SELECTION)
        ready(page)
        assert faults_everywhere(page) == []
        assert page.evaluate("window.pirate") is None


def test_record_and_its_verification(site: str, visit: Open) -> None:
    with visit(site, **LOOKED_AT) as visited:
        page = visited.page
        choose(page, CLEANING, GONE)
        visited.open(f"{RECORD}?dessert=997")
        page.locator("[data-record-found] li").first.wait_for()
        assert faults_everywhere(page) == []
        with page.expect_download() as waiting:
            page.locator("[data-record-download]").click()
        visited.open(VERIFY)
        page.set_input_files("#fichier-releve", waiting.value.path())
        page.locator("[data-changes] section").first.wait_for()
        assert faults_everywhere(page) == []


def test_controls_are_large_enough(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        choose(page, CLEANING)
        for url, wait in ((SELECTION, "[data-chosen] .badge"), (f"{RECORD}?dessert=997", "[data-record-found] li")):
            visited.open(url)
            page.locator(wait).first.wait_for()
            small = page.evaluate(
                """() => [..."button, .button, input, select, summary".split(", ")]
                .flatMap((name) => [...document.querySelectorAll(`main ${name}`)])
                .map((e) => (e.type === "checkbox" ? e.closest("label") : e))
                .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
                .map((e) => `${e.tagName} ${e.className} ${e.name ?? ""}`)"""
            )
            assert small == [], url


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_names_of_territories_are_never_cut(made_up: str, visit: Open, width: int) -> None:
    """A heading has as many lines as it has words, or parts of a compound name, at most."""
    with visit(made_up, width=width) as visited:
        visited.open("acheter/lacunes/")
        cut = visited.page.evaluate(
            """() => [...document.querySelectorAll(".heat-table thead th a")].filter((e) => {
            const range = document.createRange();
            range.selectNodeContents(e);
            const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
            return lines > e.textContent.split(/[ -]/).length;
            }).map((e) => e.textContent)"""
        )
        assert cut == []

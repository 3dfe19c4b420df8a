"""What the page of the form asks for, when: little before it is touched, the rules and the other records after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from .conftest import WIDTHS, Open
from .correcting import FORM, NEW, plain, typed

pytestmark = pytest.mark.browser

LATER = ("contribuer/fiches.json", "contribuer/regles.json")
KNOWN = "Coop Octet, services numériques d’Exemple"
SEND = "Vérifier et envoyer"
WAITING = "Un moment : ce qui vérifie la fiche est en chemin. L’envoi suivra sans autre geste."


def begin(page: Page, url: str) -> list[str]:
    """Open a blank form without touching it; give what it asks for, as it asks."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, wait_until="networkidle")
    page.locator("[data-editor]").wait_for()
    return asked


def name(page: Page, text: str) -> None:
    """Type the name of a new record, and leave the field."""
    page.get_by_label("Nom (obligatoire)").fill(text)
    page.keyboard.press("Tab")


def test_a_blank_form_waits_for_the_visitor(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        asked = begin(page, visited.origin + NEW)
        assert page.locator(".part").count() == 12
        assert not [url for url in asked if url.endswith(LATER) or "judging" in url]
        page.get_by_label("Nom (obligatoire)").focus()
        page.wait_for_load_state("networkidle")
        assert sorted(url.partition(visited.origin)[2] for url in asked if url.endswith(LATER)) == sorted(LATER)


def test_a_list_that_comes_late_still_warns_and_names(site: str, visit: Open) -> None:
    """A duplicate typed and sent before the list of the records is there: it is said, and the file has a free name."""
    waiting: list[Route] = []
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        page.route("**/contribuer/fiches.json", lambda route: waiting.append(route))
        begin(page, visited.origin + NEW)
        name(page, KNOWN)
        page.wait_for_timeout(600)
        assert "porte déjà ce nom" not in page.locator("[data-editor]").inner_text()
        page.get_by_role("button", name=SEND).click()
        page.wait_for_timeout(300)
        assert not page.locator("[data-faults]").is_visible(), "nothing is judged without the list"
        assert plain(page.locator("[data-said]").inner_text()) == WAITING
        assert len(waiting) == 1
        waiting[0].continue_()
        page.get_by_text("une fiche porte déjà ce nom").first.wait_for()
        page.locator("[data-faults]").wait_for()
        assert page.locator("[data-said]").inner_text() == ""


@pytest.mark.parametrize("file", LATER)
def test_what_could_not_be_read_is_said_and_asked_for_again(file: str, site: str, visit: Open) -> None:
    with visit(site, quiet=False, reduced_motion="reduce") as visited:
        page = visited.page
        page.route(f"**/{file}", lambda route: route.fulfill(status=500))
        begin(page, visited.origin + NEW)
        name(page, KNOWN)
        page.wait_for_function("() => document.querySelector('[data-said]').textContent.includes('pas pu être lu')")
        assert "reste dans ce navigateur" in plain(page.locator("[data-said]").inner_text())
        page.unroute(f"**/{file}")
        page.get_by_role("button", name=SEND).click()
        page.get_by_text("une fiche porte déjà ce nom").first.wait_for()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_what_may_be_pressed_stays_there_when_the_list_comes(width: int, site: str, visit: Open) -> None:
    """It is asked for at the first sign of a visitor, and may come before the finger is lifted."""
    where = """() => [...document.querySelectorAll("[data-find] :is(a, button, input, label, summary, h2)")]
        .filter((e) => e.checkVisibility())
        .map((e) => [e.textContent.slice(0, 15), e.getBoundingClientRect().x, e.getBoundingClientRect().y])"""
    waiting: list[Route] = []
    with visit(site, width=width, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(FORM)
        typed(page).fill("Une mission toute neuve.")
        page.route("**/contribuer/fiches.json", lambda route: waiting.append(route))
        page.goto(f"{site}contribuer/")
        page.get_by_role("link", name="Entretien Exemple").hover()
        before = page.evaluate(where)
        assert len(before) == 8
        with page.expect_request("**/contribuer/fiches.json"):
            page.mouse.down()
        while not waiting:
            page.wait_for_timeout(20)
        waiting[0].continue_()
        page.locator("[data-find-new] a", has_text="Ajouter un organisme").wait_for(state="attached")
        assert page.evaluate(where)[: len(before)] == before
        page.mouse.up()
        page.wait_for_url(f"**/{FORM}")

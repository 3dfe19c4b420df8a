"""Searching a site that has fairs beside its enterprises: each kind said, counted, chosen; the catalogue knows none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from tests import foires
from tests.sites import EXAMPLES, Project, lay_out

from .conftest import WIDTHS, Open, Visit
from .looking import LOOKED_AT, faults_everywhere

pytestmark = pytest.mark.browser

DATA = "recherche/fiches.json"
MANY = 12  # fairs of one word
HOSTILE = "<img src=x onerror=window.pirate=1>{{ 7*7 }}\u202e"
BOTH_WIDTHS = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the Exemple site, with fairs, by a program that has them."""
    program = foires.program_with_fairs(tmp_path_factory.mktemp("programme"))
    project = lay_out(tmp_path_factory.mktemp("site"), EXAMPLES)
    foires.be_alone(project)
    for number in range(1, MANY + 1):
        path = project.root / "content" / foires.NAME / f"kermesse-{number}.yml"
        path.write_text(f"nom: Kermesse Exemple {number:02}\ngenre: fete\n", encoding="utf-8")
    project.commit()
    done = foires.run(program, project, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def fairs(built: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve that site; give its address."""
    return serve_folder(built.site)


SETTLED = """
(text) => {
  const said = document.querySelector("[data-catalogue-count]").textContent.replace(/\\u00a0/g, " ");
  const isBusy = document.querySelector("[data-catalogue-rows]").hasAttribute("aria-busy");
  return said.includes(text) && !isBusy && document.querySelector(".facet") !== null;
}
"""


def settled(page: Page, text: str) -> str:
    """Wait for the headline to hold a text, and the filters to be laid; return the headline."""
    page.wait_for_function(SETTLED, arg=text)
    return page.locator("[data-catalogue-count]").inner_text().replace("\u00a0", " ")


def ask(visited: Visit, words: str, **filters: str) -> str:
    """Open the search of some words; return its headline."""
    visited.page.goto(f"{visited.origin}recherche/?{urlencode({'q': words, **filters})}")
    return settled(visited.page, f"« {words} »")


def found(page: Page, kind: str = "foire") -> list[str]:
    """List the names shown of a kind."""
    return page.locator(f"[data-kind={kind}] h4 a").all_inner_texts()


def facets(page: Page) -> list[str]:
    """List the titles of the facets offered, wherever they stand."""
    shown: list[str] = page.locator(".facet").evaluate_all(
        "all => all.filter((e) => !e.hidden).map((e) => e.querySelector('summary').textContent)"
    )
    return shown


def test_a_fair_is_no_enterprise(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        assert ask(visited, "foire") == "1 foire pour « foire »"
        assert page.locator("[data-catalogue-said]").inner_text().replace("\u00a0", " ") == "1 foire pour « foire »"
        assert page.locator("section[data-group]").count() == 0
        assert not page.locator("[data-catalogue-note]").is_visible(), "something was found"
        assert not page.locator("[data-catalogue-rest]").is_visible()
        assert "entreprise" not in page.locator("[data-catalogue-found]").inner_text().lower()
        group = page.get_by_role("region", name="Foires 1")
        row = group.get_by_role("listitem")
        heading = row.get_by_role("heading", level=4)
        assert heading.text_content() == "Foire\u00a0: Foire Exemple des fromages"
        assert "Trois-Rivières" in row.inner_text()
        assert "On y goûte les fromages" in row.inner_text()
        assert facets(page) == ["Genre de résultat"]
        heading.get_by_role("link").click()
        page.wait_for_url(f"**/foires/{foires.SLUG}/")
        assert page.locator("h1").inner_text() == "Foire Exemple des fromages"


def test_each_kind_is_counted_and_titled(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        assert ask(visited, "fromages") == "2 entreprises (2 confirmées · 0 à confirmer) et 1 foire pour « fromages »"
        titles = page.locator("[data-catalogue-found] h3").all_inner_texts()
        assert titles.index("Foires 1") > next(rank for rank, title in enumerate(titles) if "Offrent" in title)
        page.get_by_role("link", name="Voir 1\u00a0foire").press("Enter")
        assert page.url.endswith("q=fromages#genre-foire")
        expect(page.locator("#genre-foire")).to_be_in_viewport()
        assert facets(page)[0] == "Genre de résultat"
        assert len(facets(page)) > 2
        assert ask(visited, "foire exemple des fromages").startswith("1 foire pour")
        first = page.locator("[data-catalogue-found] h3").first
        assert first.inner_text() == "Foires 1", "no enterprise offers it"
        assert ask(visited, "traiteur").startswith("1 confirmée · 0 à confirmer pour")
        assert "Genre de résultat" not in facets(page)


def test_a_kind_is_chosen_by_keyboard_and_taken_away(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        before = ask(visited, "fromages")
        box = page.get_by_role("checkbox", name="Foires")
        box.focus()
        page.keyboard.press("Space")
        assert settled(page, "1 foire pour").startswith("1 foire")
        assert page.url.endswith("?q=fromages&genre=foire")
        assert page.locator("section[data-group]").count() == 0
        assert facets(page) == ["Genre de résultat"], "those of enterprises say nothing of fairs"
        assert box.evaluate("e => e === document.activeElement")
        page.reload()
        assert settled(page, "fromages") == "1 foire pour « fromages »"
        page.go_back()
        assert settled(page, "2 entreprises") == before
        page.go_forward()
        settled(page, "1 foire pour")
        chip = page.get_by_role("button", name="Enlever le filtre Genre\u00a0: Foires")
        chip.focus()
        page.keyboard.press("Enter")
        assert settled(page, "2 entreprises") == before
        page.get_by_role("checkbox", name="Entreprises").check()
        assert settled(page, "confirmée").startswith("2 confirmées · 0 à confirmer")
        assert found(page) == []


def test_a_kind_is_chosen_on_a_telephone(fairs: str, visit: Open) -> None:
    with visit(fairs, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        ask(visited, "fromages")
        page.get_by_role("button", name="Filtrer", exact=True).press("Enter")
        page.get_by_role("checkbox", name="Foires").press("Space")
        settled(page, "1 foire pour")
        page.get_by_role("button", name="Voir 1\u00a0foire").press("Enter")
        assert page.get_by_role("button", name="Filtrer (1)").is_visible()
        assert found(page) == ["Foire Exemple des fromages"]


def test_nothing_of_a_kind_says_so_and_leads_on(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        assert ask(visited, "traiteur", genre="foire") == "Aucune foire pour « traiteur »"
        page.get_by_role("button", name="Enlever Genre\u00a0: Foires\u00a0: 2\u00a0entreprises").or_(
            page.get_by_role("button", name="Enlever Genre\u00a0: Foires\u00a0: 1\u00a0entreprise")
        ).click()
        assert settled(page, "confirmée").startswith("1 confirmée")


def test_many_of_a_kind_come_a_few_at_a_time(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        page = visited.page
        page.goto(f"{fairs}recherche/?genre=foire")
        assert settled(page, "foires") == f"{MANY + 2} foires"
        assert len(found(page)) == MANY + 2
        page.locator("#q").fill("kermesse exemple")
        page.locator("#q").press("Enter")
        settled(page, "kermesse exemple")
        page.get_by_role("button", name="Enlever le filtre").first.click()
        assert f"{MANY} foires" in settled(page, "foires pour")
        if page.locator("[data-group]").count() > 0:
            assert len(found(page)) < MANY
            page.locator("[data-kind=foire]").get_by_role("button", name="Voir plus").press("Enter")
            assert page.evaluate("document.activeElement.textContent") == found(page)[8]
        assert len(found(page)) == MANY


def test_records_are_fetched_once_at_the_first_question(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        asked: list[str] = []
        visited.page.on("request", lambda request: asked.append(request.url))
        visited.page.goto(f"{fairs}recherche/", wait_until="networkidle")
        assert not [url for url in asked if url.endswith(DATA)]
        for words in ("foire", "fromages"):
            visited.page.fill("#q", words)
            visited.page.press("#q", "Enter")
            settled(visited.page, f"« {words} »")
        assert len([url for url in asked if url.endswith(DATA)]) == 1


def test_the_catalogue_is_of_enterprises_alone(fairs: str, visit: Open) -> None:
    with visit(fairs) as visited:
        asked: list[str] = []
        visited.page.on("request", lambda request: asked.append(request.url))
        visited.open("acheter/catalogue/?q=fromages&genre=foire")
        assert visited.settled("fromages") == "2 confirmées · 0 à confirmer pour « fromages »"
        assert "Genre de résultat" not in facets(visited.page)
        assert not visited.page.locator("[data-catalogue-active]").is_visible()
        assert not [url for url in asked if url.endswith(DATA)]


def test_enterprises_answer_without_the_others(fairs: str, visit: Open) -> None:
    with visit(fairs, quiet=False) as visited:
        visited.page.route(f"**/{DATA}", lambda route: route.fulfill(status=500))
        assert ask(visited, "fromages").startswith("2 confirmées · 0 à confirmer")
        note = visited.page.locator("[data-catalogue-note]")
        assert "Seules les entreprises ont pu être cherchées" in note.inner_text()


def test_without_scripts_each_listing_is_linked(fairs: str, visit: Open) -> None:
    with visit(fairs, java_script_enabled=False) as visited:
        visited.page.goto(f"{fairs}recherche/?q=foire")
        visited.page.get_by_role("link", name="Foires", exact=True).click()
        assert visited.page.locator("h1").inner_text() == "Foires"


@BOTH_WIDTHS
def test_hostile_texts_are_inert(width: int, built: Project, fairs: str, visit: Open) -> None:
    data: dict[str, Any] = json.loads((built.site / DATA).read_text(encoding="utf-8"))
    rank = next(rank for rank, kind in enumerate(data["genres"]) if kind[0] == "foire")
    data["genres"][rank][2:5:2] = [HOSTILE, HOSTILE]
    data["dessertes"][0][0] = HOSTILE
    data["fiches"][0][1], data["fiches"][0][3] = f"Foire {HOSTILE}", HOSTILE * 20
    with visit(fairs, width=width) as visited:
        page = visited.page
        page.route(f"**/{DATA}", lambda route: route.fulfill(json=data))
        assert ask(visited, "foire") == "1 foire pour « foire »"
        assert found(page) == [f"Foire {HOSTILE}"]
        assert page.locator("[data-catalogue-found] img").count() == 0
        assert page.evaluate("window.pirate") is None
        page.goto(f"{fairs}recherche/?q={HOSTILE}&genre={HOSTILE}")
        settled(page, "Aucun résultat")
        assert page.evaluate("window.pirate") is None
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("query", ["q=foire", "q=fromages", "q=fromages&genre=foire", "q=zzzz&genre=foire"])
def test_is_accessible(query: str, fairs: str, visit: Open) -> None:
    with visit(fairs, **LOOKED_AT) as visited:
        visited.page.goto(f"{fairs}recherche/?{query}")
        settled(visited.page, "pour «")
        assert faults_everywhere(visited.page) == []

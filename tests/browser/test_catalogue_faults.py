"""The catalogue when something is wrong: hostile words, no script, data that does not come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.documents import read
from tests.sites import Project

from .conftest import Open
from .test_catalogue import URL, show

pytestmark = pytest.mark.browser


HOSTILE = (
    "<img src=x onerror=window.pirate=1>",
    '"><script>window.pirate=1</script>',
    "__proto__ constructor",
    "a" * 3000,
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_address_is_only_text(words: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open(URL)
        keys = ("q", "categorie", "mrc", "conformite", "pres", "depuis", "tri", "vue", "rayon")
        query = visited.page.evaluate("p => String(new URLSearchParams(p))", [[key, words] for key in keys])
        page = show(visited, f"?{query}")
        assert page.evaluate("window.pirate") is None
        assert page.locator("main :is(img, script, iframe, style)").count() == 0
        for _ in range(6):
            if not page.locator(".active-filters button").count():
                break
            page.locator(".active-filters button").first.click()
        assert page.locator(".active-filters button").count() == 0


def test_name_of_a_record_is_only_text(site: str, example: Project, visit: Open) -> None:
    profile = read(example.pages()["entreprises/exemple-hostile/"])
    with visit(site) as visited:
        for view in ("cartes", "tableau", "carte"):
            page = show(visited, f"?q=pirate&vue={view}", "« pirate »")
            assert profile.one("h1").text in visited.names()
            assert page.locator("[data-catalogue-rows] :is(script, img, iframe, style, b)").count() == 0
            assert page.evaluate("window.pirate") is None


def test_without_javascript_the_lists_are_there(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(site + URL)
        assert "demandent JavaScript" in visited.page.locator("main").inner_text()
        assert visited.page.locator(".rows > li > h4 > a").first.is_visible(), "the first results are there"
        for control in ("[data-catalogue-open]", "#tri", "[data-catalogue-more]"):
            assert not visited.page.locator(control).is_visible(), control
        visited.page.locator("#par-categorie + ul").get_by_role("link").first.click()
        assert "/acheter/categories/" in visited.page.url
        assert visited.page.locator("h1").is_visible()


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("**/catalogue.json", "n’a pas pu être lu"),
        ("**/details.json", "n’a pas pu être lu"),
        ("**/textes.json", "n’a pas pu démarrer"),
    ],
)
def test_data_that_does_not_come_is_told(route: str, said: str, site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        page = visited.page
        page.route(route, lambda request: request.abort())
        page.goto(f"{site}{URL}?q=traiteur")
        page.get_by_text(said).wait_for()


def test_site_in_a_folder_of_its_host(
    example: Project, tmp_path: Path, serve_folder: Callable[[Path], str], visit: Open
) -> None:
    (tmp_path / "repertoire").symlink_to(example.site)
    with visit(serve_folder(tmp_path)) as visited:
        visited.open(f"repertoire/{URL}?q=impression")
        visited.settled("« impression »")
        link = visited.page.get_by_role("link", name="Exemplaire", exact=True)
        assert link.evaluate("e => e.href") == f"{visited.origin}repertoire/entreprises/exemplaire/"


def test_page_asks_for_its_data_once(site: str, visit: Open) -> None:
    asked: list[Any] = []
    with visit(site) as visited:
        visited.page.on("request", lambda request: asked.append(request.url))
        page = show(visited)
        page.locator(".facet input[name=categorie]").first.check()
        page.locator("#tri").select_option("fraicheur")
        assert sum(url.endswith("catalogue.json") for url in asked) == 1
        assert not [url for url in asked if url.endswith("textes.json")], "no text before words are typed"
        for words in ("traiteur", "impression"):
            page.fill("#q", words)
            page.press("#q", "Enter")
            visited.settled(f"« {words} »")
        assert sum(url.endswith("textes.json") for url in asked) == 1

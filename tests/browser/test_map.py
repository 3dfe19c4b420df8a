"""The map: what it shows, what its list says, by pointer, keyboard and ear; nothing asked of anyone; bounded nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench.map_speed import FILE, grow_map, spread
from playwright.sync_api import Page, Route
from tests.sites import Project

from annuaire.catalogue.index import Catalogue
from annuaire.config import Tiles
from annuaire.exports import packing
from annuaire.pages import map_page, render
from annuaire.places import territories, vocabularies
from annuaire.site import policy

from .conftest import WIDTHS, Open, Visit
from .looking import LOOKED_AT, check
from .test_help import MOST_SHIFT, SHIFTS

pytestmark = pytest.mark.browser

URL = "carte/"
MOST_NODES = 220  # marks and names of towns, on a screen of 1280 pixels
SAID = "[data-map-said]"
STACKED = 5  # enterprises at one address
TILES = Tiles("https://tuiles.exemple.org/{z}/{x}/{y}.png", "© Exemple")


@pytest.fixture(scope="module")
def tab(site: str, visit: Open) -> Iterator[Visit]:
    """Open one tab for pages that are only looked at."""
    with visit(site, **LOOKED_AT) as visited:
        yield visited


@pytest.mark.parametrize("url", [URL, f"{URL}?q=entretien&mrc=995", "integrer/", "integre/liste/", "integre/carte/"])
def test_page(url: str, tab: Visit) -> None:
    check(tab, url)


def said(page: Page) -> str:
    """Give what the list says of itself, once it no longer changes."""
    page.wait_for_function("() => /[0-9]/.test(document.querySelector('[data-map-said]').textContent)")
    page.wait_for_timeout(400)  # longer than both pauses of a list that follows
    return page.locator(SAID).inner_text().replace("\u00a0", " ")


def count(page: Page) -> int:
    """Give how many enterprises the list says that it holds."""
    found = re.match(r"(?:Au même endroit : )?(\d[\d ]*) entreprise", said(page))
    assert found, said(page)
    return int(found[1].replace(" ", ""))


def nodes(page: Page) -> int:
    """Count what stands on the map."""
    return page.locator(".leaflet-marker-pane > *").count()


def test_the_list_holds_what_the_map_shows(made_up: str, visit: Open) -> None:
    with visit(made_up, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(URL)
        every = count(page)
        found = set(visited.names())
        for _ in range(5):
            page.locator("[data-map-nearer]").click()
        near = count(page)
        assert near < every
        assert "trouvées" in said(page)
        page.locator("[data-map-home]").click()
        assert count(page) == every
        assert set(visited.names()) == found
        absent = page.locator("[data-map-absent-count]").inner_text()
        assert every + int(re.match(r"\d+", absent)[0] if absent else 0) == 250 - _closed(visited)  # type: ignore[index]


def _closed(visited: Visit) -> int:
    """Count the records that no listing shows."""
    return 250 - int(
        visited.page.evaluate(
            "async () => (await (await fetch('../acheter/catalogue.json')).json()).entreprises.nom.length"
        )
    )


def test_several_at_one_place_open_as_a_list(made_up: str, demonstration: Project, visit: Open) -> None:
    catalogue, known = _stacked(demonstration.site)
    with visit(made_up, reduced_motion="reduce") as visited:
        page = visited.page
        serve(page, catalogue, known)
        visited.open(URL)
        assert count(page) == STACKED + 1
        page.locator("[data-map-view]").focus()
        for _ in range(9):  # as near as it goes
            page.keyboard.press("+")
            page.wait_for_timeout(60)
        mark = page.locator(f".mark[aria-label^='{STACKED}']")
        mark.focus()
        page.keyboard.press("Enter")
        assert said(page).startswith(f"Au même endroit : {STACKED} entreprises")
        assert page.evaluate("document.activeElement.matches('[data-map-said]')")
        assert len(visited.names()) == STACKED
        page.locator("[data-map-back]").click()
        assert "partie affichée" in said(page)


def serve(page: Page, catalogue: object, known: object) -> None:
    """Answer with other data than those of the site."""

    def answer(data: object) -> Callable[[Route], None]:
        body = json.dumps(data)
        return lambda route: route.fulfill(body=body, content_type="application/json")

    page.route("**/acheter/catalogue.json", answer(catalogue))
    page.route(f"**/{FILE}", answer(known))


def _stacked(site: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put some enterprises at one address, another near it, and all the others nowhere."""
    catalogue = packing.read(site)
    columns = catalogue["entreprises"]
    nowhere = [None] * (len(columns["slug"]) - STACKED - 1)
    columns["lat"] = [*[463_500] * STACKED, 463_508, *nowhere]
    columns["lon"] = [*[-725_500] * STACKED, -725_508, *nowhere]
    known = json.loads((site / FILE).read_text(encoding="utf-8"))
    return catalogue, {**known, "discretes": [], "autres": []}


def test_by_keyboard(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(URL)
        before = count(page)
        page.locator("[data-map-view]").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.mark')"), "each mark is reached"
        assert page.evaluate("document.activeElement.getAttribute('role')") == "button"
        label = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label
        page.locator("[data-map-view]").focus()
        for _ in range(6):
            page.keyboard.press("+")
            page.wait_for_timeout(60)
        for _ in range(4):
            page.keyboard.press("ArrowRight")
            page.wait_for_timeout(60)
        assert count(page) < before
        for _ in range(12):
            page.keyboard.press("-")
            page.wait_for_timeout(60)
        assert count(page) == before


def test_a_confidential_address_has_no_point(site: str, visit: Open, example: Project) -> None:
    known = json.loads((example.site / FILE).read_text(encoding="utf-8"))
    columns = packing.read(example.site)["entreprises"]
    names = {columns["nom"][rank] for rank in known["discretes"]}
    assert names
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(URL)
        count(page)
        page.locator("[data-map-absent] summary").click()
        assert names <= set(page.locator("[data-map-absent-names] a").all_inner_texts())
        for name in names:
            assert page.locator(f'[aria-label$=": {name}"].link-button').count() == 0
        assert not names & set(visited.names())


def test_an_approximate_place_says_so(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        visited.open(URL)
        assert "à une position approximative" in said(visited.page)
        assert visited.page.get_by_text("Position approximative : sa municipalité").count() > 0
        assert visited.page.locator(".mark__face--rough").count() > 0


def test_an_address_says_what_is_shown(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(f"{URL}?secteur=arts-culture&q=exemple")
        assert page.locator("#q").input_value() == "exemple"
        before = count(page)
        page.locator("[data-catalogue-active] button").first.click()
        page.wait_for_function("() => !location.search.includes('secteur')")
        assert count(page) >= before


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_moves_while_the_map_comes(width: int, site: str, visit: Open) -> None:
    with visit(site, width=width, reduced_motion="reduce") as visited:
        visited.page.add_init_script(SHIFTS)
        visited.open(URL)
        count(visited.page)
        assert visited.page.evaluate("window.shifts") < MOST_SHIFT


def test_without_scripts_a_drawing_and_lists(site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(visited.origin + URL)
        assert visited.page.locator("svg.map .map__land").first.is_visible()
        assert visited.page.locator(".counts a").first.is_visible()
        assert not visited.page.locator("[data-map-view]").is_visible()


def test_the_list_stays_when_the_map_cannot_be_read(site: str, visit: Open) -> None:
    with visit(site, quiet=False) as visited:
        visited.page.route("**/carte.json", lambda route: route.fulfill(status=500))
        visited.page.goto(visited.origin + URL)
        visited.touch()
        visited.page.locator("[data-map-failed]").wait_for()
        assert visited.names()
        assert not visited.page.locator("[data-map-view]").is_visible()


def test_a_screen_holds_as_many_nodes_with_11200_enterprises(made_up: str, demonstration: Project, visit: Open) -> None:
    catalogue, known = _grown(demonstration.site)
    with visit(made_up, reduced_motion="reduce") as visited:
        page = visited.page
        serve(page, catalogue, known)
        visited.open(URL)
        every = count(page)
        assert every > 9000
        for step in range(9):
            assert nodes(page) <= MOST_NODES, f"{step} steps nearer"
            assert page.locator("[data-catalogue-rows] .rows > li").count() <= 30
            page.locator("[data-map-nearer]").click()
            count(page)


def _grown(site: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    data = spread(packing.read(site))
    return data, grow_map(json.loads((site / FILE).read_text(encoding="utf-8")), data)


OVER_NAMES = """() => {
  const box = (node) => [node.textContent, node.getBoundingClientRect()];
  const boxes = (all) => [...document.querySelectorAll(all)].map(box);
  const [names, faces] = [boxes(".town span"), boxes(".mark__face")];
  const over = ([, a], [, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const own = ([, a], [, b]) => Math.abs((a.left + a.right - b.left - b.right) / 2) < 2;
  return names.filter((name) => faces.some((face) => own(name, face) && over(name, face))).map(([text]) => text);
}"""


def test_the_name_of_a_town_stands_above_its_mark(site: str, visit: Open) -> None:
    """On two lines too."""
    with visit(site) as visited:
        visited.open(URL)
        visited.page.wait_for_selector(".mark__face")
        assert visited.page.locator(".town").count() > 5
        assert visited.page.evaluate(OVER_NAMES) == []
        assert not [name for name in visited.page.locator(".town").all_inner_texts() if "'" in name]


def test_a_server_of_tiles_is_asked_once_the_visitor_says_so(site: str, example: Project, visit: Open) -> None:
    """The page as it would be built with the setting: its policy, its button; then the pictures, and nothing before."""
    settings = replace(example.settings, tiles=TILES)
    more = policy.exceptions(settings)[URL]
    html = (
        (example.site / URL / "index.html")
        .read_text(encoding="utf-8")
        .replace("img-src 'self' data:", f"img-src {more['img-src']}")
    )
    catalogue = Catalogue((), (), territories.load(), vocabularies.load(), ("04",))
    (plan,) = map_page.plans(catalogue, settings)
    button = re.search(r'<div class="hint map-tiles">.*?</div></div>', render(plan.build()), re.DOTALL)
    assert button
    html = html.replace(
        '<p class="small quiet" id="carte-aide">', button[0] + '<p class="small quiet" id="carte-aide">'
    )
    with visit(site, quiet=False, reduced_motion="reduce") as visited:
        page = visited.page
        asked: list[str] = []

        def answer(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(status=404)

        page.route(f"**/{URL}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.route(f"https://{TILES.host}/**", answer)
        visited.open(URL)
        count(page)
        assert asked == []
        assert visited.asked_outside == []
        page.locator("[data-map-tiles]").click()
        page.wait_for_function("() => document.querySelector('.leaflet-tile')")
        page.wait_for_timeout(300)
        assert asked
        assert all(url.startswith("https://tuiles.exemple.org/") for url in visited.asked_outside)
        assert page.evaluate("window.refusals") == []
        assert page.locator("[data-map-mention]").is_visible()
        page.locator("[data-map-tiles]").click()
        assert page.locator(".leaflet-tile").count() == 0
        assert page.evaluate("localStorage.length") == 0

"""What a municipality shows of the directory on its own site, served here from another origin than ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page
from tests.sites import Project, until

from .conftest import CLIPBOARD, Open, Visit

pytestmark = pytest.mark.browser

URL = "integrer/"
KINDS = ("liste", "recherche", "carte")
ENDS = "() => [document.querySelector('.framed').getBoundingClientRect().bottom, document.body.scrollHeight]"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the site of a town."""
    return tmp_path_factory.mktemp("municipalite")


def choose(page: Page, **values: str) -> tuple[str, str]:
    """Fill the form; give the two texts to copy."""
    for name, value in values.items():
        if name == "genre":
            page.locator(f"[name=genre][value={value}]").check()
        elif name in ("mrc", "secteur"):
            page.locator(f"#{name}").select_option(value)
        else:
            page.locator(f"#{name}").fill(value)
            page.locator(f"#{name}").blur()
    return page.locator("[data-embedding-code]").input_value(), page.locator("[data-embedding-resize]").input_value()


def frame_of(page: Page) -> Frame:
    page.wait_for_function("() => frames.length === 1")
    (frame,) = page.frames[1:]
    frame.wait_for_load_state()
    return frame


@pytest.mark.parametrize("kind", KINDS)
def test_a_town_shows_it_on_its_own_site(
    kind: str, site: str, example: Project, town: Path, serve_folder: Callable[[Path], str], visit: Open
) -> None:
    """The texts are copied from our page into another one, whose origin is another; only our address is changed."""
    with visit(site, reduced_motion="reduce") as visited:
        visited.open(URL)
        code, program = choose(visited.page, genre=kind, mrc="995", couleur="#7a1f5c", fond="#fff4e0")
    address = unescape(re.search(r'src="([^"]+)"', code)[1])  # type: ignore[index]
    assert address.startswith(f"{example.settings.site_url}integre/{kind}/?")
    ours = urlsplit(example.settings.site_url)
    code = code.replace(example.settings.site_url, site)
    program = program.replace(f"{ours.scheme}://{ours.netloc}", site.rstrip("/"))
    (town / f"{kind}.html").write_text(f"<!doctype html><title>Ville</title>{code}{program}", encoding="utf-8")
    origin = serve_folder(town)
    assert urlsplit(origin).netloc != urlsplit(site).netloc
    with visit(origin, quiet=False, reduced_motion="reduce") as visited:
        page = visited.page
        page.goto(f"{origin}{kind}.html")
        frame = frame_of(page)
        frame.locator(".framed").wait_for()
        assert all(url.startswith(site) for url in visited.asked_outside), "nobody else is asked for anything"
        if kind == "carte":
            frame.get_by_role("button", name="Ouvrir la carte").click()
        if kind != "recherche":
            frame.locator("[data-embedded-rows] > li").first.wait_for()
            assert "Exemple" in frame.locator("[data-embedded-title]").inner_text()
        colours = frame.evaluate(
            "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]; }"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 244, 224)"]
        page.wait_for_timeout(300)  # a frame that grows at each answer has time to
        until(lambda: abs(page.locator("iframe").evaluate("e => e.offsetHeight") - frame.evaluate(ENDS)[0]) < 40)
        end, most = frame.evaluate(ENDS)
        assert end < {"liste": 1300, "recherche": 300, "carte": 1500}[kind], "as high as what it shows, no more"
        assert most - end < 40
        assert frame.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        assert [line for line in visited.said if "favicon" not in line and "404" not in line] == []
        leave(page, frame, kind)
        page.wait_for_url(f"{site}**")
        assert len(page.frames) == 1, "the whole window left"


def leave(page: Page, frame: Frame, kind: str) -> None:
    """Follow a link, or ask a question."""
    if kind == "recherche":
        frame.locator("#q").fill("entretien")
        frame.locator("[data-embedded-form] button").click()
        page.wait_for_url("**/recherche/?*")
        assert "mrc=995" in page.url
        assert "q=entretien" in page.url
    else:
        frame.locator("[data-embedded-rows] a").first.click()
        page.wait_for_url("**/entreprises/**")


@pytest.mark.parametrize(
    ("couleur", "fond", "fault"),
    [
        ("#777777", "#888888", "contraste est de 1,2 pour 1"),
        ("rouge", "", "« rouge » n’est pas une couleur"),
        ("#12345", "", "« #12345 » n’est pas une couleur"),
        ("", "#ffffff", "couleur des liens"),
    ],
)
def test_colours_that_nobody_could_read_are_refused(
    couleur: str, fond: str, fault: str, site: str, visit: Open
) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        visited.open(URL)
        choose(page, couleur=couleur, fond=fond)
        said = page.locator("[data-embedding-fault]").inner_text().replace("\u00a0", " ")
        assert fault in said
        assert not page.locator("[data-embedding-code]").is_visible()
        choose(page, couleur="0b5b75", fond="")
        assert page.locator("[data-embedding-code]").is_visible()


@pytest.mark.parametrize(
    "query",
    ["couleur=888888&fond=999999", "couleur=red;}body{display:none}", "couleur=%22%3E%3Cscript%3E", "fond=000000"],
)
def test_a_frame_takes_no_other_colours(query: str, site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        visited.open(f"integre/liste/?{query}")
        visited.page.locator("[data-embedded-rows] > li").first.wait_for()
        assert visited.page.evaluate("document.documentElement.style.length") == 0


def test_a_list_asks_for_what_its_address_says(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        said = {query: _said(visited, query) for query in ("", "?mrc=995", "?mrc=995&secteur=arts-culture")}
        counts = [int(re.match(r"\d+", text)[0]) for text in said.values()]  # type: ignore[index]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[1] > counts[2]
        more = visited.page.locator("[data-embedded-more]").get_attribute("href") or ""
        assert more.endswith("recherche/?secteur=arts-culture&mrc=995")


def _said(visited: Visit, query: str) -> str:
    visited.open(f"integre/liste/{query}")
    visited.page.wait_for_function("() => /[0-9]/.test(document.querySelector('[data-embedded-said]').textContent)")
    return visited.page.locator("[data-embedded-said]").inner_text()


def test_the_texts_are_copied(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce", **CLIPBOARD) as visited:
        visited.open(URL)
        page = visited.page
        page.locator("[data-embedding-copy=code]").click()
        page.wait_for_function("() => document.querySelector('[data-embedding-said]').textContent.includes('copié')")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-embedding-code]").input_value()


def test_robots_leave_frames_aside_and_nothing_forbids_framing(example: Project) -> None:
    for kind in KINDS:
        html = (example.site / "integre" / kind / "index.html").read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in html
        assert '<base target="_top">' in html
        assert "frame-ancestors" not in html
        assert "X-Frame-Options" not in html
        assert "site-head" not in html
        assert f"integre/{kind}/" not in (example.site / "sitemap.xml").read_text(encoding="utf-8")
    chooser = (example.site / URL / "index.html").read_text(encoding="utf-8")
    assert "frame-src 'self'" in chooser
    assert "frame-src" not in (example.site / "index.html").read_text(encoding="utf-8")


def test_a_list_that_asks_nothing_comes_with_its_rows(site: str, visit: Open) -> None:
    """Its script fetches nothing then; the rows are those that the catalogue finds first."""
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        visited.open("integre/liste/")
        page.wait_for_load_state("networkidle")
        rows = page.locator("[data-embedded-rows] > li > h2").all_inner_texts()
        assert not [url for url in asked if url.endswith(".json")]
        assert len(rows) == 20
        visited.open("acheter/catalogue/?tri=nom")
        assert visited.names()[:20] == rows


def test_a_map_in_a_frame_waits_for_the_visitor(site: str, visit: Open) -> None:
    with visit(site, reduced_motion="reduce") as visited:
        page = visited.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(visited.origin + "integre/carte/?mrc=995", wait_until="networkidle")
        assert not [url for url in asked if url.endswith(".json")]
        page.get_by_role("button", name="Ouvrir la carte").focus()
        page.locator(".leaflet-map-pane").wait_for(state="attached")
        page.locator("[data-embedded-rows] > li").first.wait_for()

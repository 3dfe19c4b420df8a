"""Judge what stands where, on each kind of page: filters that are opened, the header, what moves while scripts work."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from tests.conftest import QuietHandler
from tests.sites import Project

from annuaire.exports import packing

from .conftest import WIDTHS, Open
from .looking import ADD_STYLE
from .test_every_page import KINDS

pytestmark = pytest.mark.browser

BOTH_WIDTHS = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())

# Every facet is opened, those that have nothing to offer too; what is wrong in the geometry of its fields is listed.
OPENED = """
() => {
  const faults = [];
  const facets = [...document.querySelectorAll(".facet")].filter((e) => e.parentElement.checkVisibility());
  for (const facet of facets) {
    facet.hidden = false;
    facet.open = true;
    for (const hidden of facet.querySelectorAll("[hidden]")) hidden.hidden = false;
    const name = facet.querySelector("summary").textContent;
    const frame = facet.getBoundingClientRect();
    const say = (node, fault) => faults.push(`${name}, ${node.tagName} « ${node.textContent.slice(0, 30)} »: ${fault}`);
    const box = (node) => node.getBoundingClientRect();
    for (const node of facet.querySelectorAll("input:not([type=checkbox]), select, label, legend")) {
      const { width, height } = box(node);
      const isNarrow = !node.matches("legend") && width < 0.85 * frame.width;
      if (isNarrow) say(node, `${Math.round(width)} px wide of ${Math.round(frame.width)}`);
      if (node.matches("input, select") && height < 43.5) say(node, `${height} px high`);
      if (node.matches("label:not(:has(input)), legend") && height > 32) say(node, `${height} px high`);
    }
    for (const node of facet.querySelectorAll("[type=checkbox]")) {
      const { width, height } = box(node);
      if (width < 19 || width > 28 || height < 19 || height > 28) say(node, `a box of ${width} × ${height} px`);
      const text = box(node.nextElementSibling).width;
      if (text < 0.5 * frame.width) say(node.parentElement, `its words have ${Math.round(text)} px`);
    }
    const leaves = [...facet.querySelectorAll("summary, legend, input, select, label:not(:has(input)), label > span")]
      .map((node) => [node, box(node)]);
    for (const [rank, [node, one]] of leaves.entries()) {
      for (const [other, two] of leaves.slice(rank + 1)) {
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (across > 1 && down > 1) say(node, `lies on ${other.tagName} « ${other.textContent.slice(0, 30)} »`);
      }
    }
  }
  return [facets.length, faults];
}
"""

# Words of a row under its button.
COVERED = """
() => [...document.querySelectorAll(".rows > li")].filter((row) => row.checkVisibility()).flatMap((row) => {
  const button = row.querySelector(".row__select")?.getBoundingClientRect();
  if (!button) return [];
  const words = document.createTreeWalker(row, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".row__select") || !node.textContent.trim() || !node.parentElement.checkVisibility()
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  while (words.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      const across = Math.min(box.right, button.right) - Math.max(box.left, button.left);
      const down = Math.min(box.bottom, button.bottom) - Math.max(box.top, button.top);
      if (across > 1 && down > 1) found.push(words.currentNode.textContent);
    }
  }
  return found;
})
"""


def open_facets(page: Page, width: int) -> tuple[int, list[str]]:
    """Open every facet of a page; count them, and list what is narrower than it should be or lies on something."""
    if width == WIDTHS["narrow"]:
        page.locator("[data-catalogue-open]").click()
    count, faults = page.evaluate(OPENED)
    return count, faults


@BOTH_WIDTHS
@pytest.mark.parametrize(("url", "facets"), [("acheter/catalogue/", 11), ("recherche/?q=entretien", 4)])
def test_every_facet_is_well_laid_when_it_is_opened(url: str, facets: int, width: int, site: str, visit: Open) -> None:
    with visit(site, width=width) as visited:
        visited.open(url)
        count, faults = open_facets(visited.page, width)
        assert faults == []
        assert count >= facets


@pytest.mark.parametrize(
    "style",
    [
        ".facet label { display: grid; grid-template-columns: 1.25rem minmax(0, 1fr) }",
        ".facet select { width: 8rem !important }",
        ".facet legend { float: left; width: 4rem }",
    ],
)
def test_a_style_that_leaks_is_seen(style: str, site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("acheter/catalogue/")
        visited.page.evaluate(ADD_STYLE, style)
        assert open_facets(visited.page, WIDTHS["wide"])[1]


def test_boxes_of_a_facet_are_a_group_that_has_its_name(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("acheter/catalogue/")
        page = visited.page
        for facet in page.locator(".facet:not([hidden])").all():
            facet.evaluate("e => { e.open = true; }")
            name = facet.locator("summary").inner_text()
            group = page.get_by_role("group", name=name, exact=True).filter(has=page.locator("input, select"))
            assert group.count() == 1, name


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("acheter/categories/", "acheter/catalogue/"),
        ("acheter/catalogue/", "acheter/catalogue/"),
        ("entreprises/", "recherche/"),
        ("recherche/", "recherche/"),
    ],
)
def test_the_search_of_the_header_needs_no_script(url: str, answer: str, site: str, visit: Open) -> None:
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(visited.origin + url)
        visited.page.fill(".site-head [name=q]", "traiteur")
        visited.page.press(".site-head [name=q]", "Enter")
        visited.page.wait_for_url(f"{visited.origin}{answer}?q=traiteur")


@BOTH_WIDTHS
@pytest.mark.parametrize(
    "url",
    ["entreprises/", "acheter/categories/entretien-menager/", "acheter/catalogue/", "acheter/catalogue/?vue=tableau",
     "recherche/?q=entretien", "entreprises/entretien-exemple-entreprise-d-insertion/"],
)  # fmt: skip
def test_who_is_kept_is_said_in_a_word(url: str, width: int, site: str, visit: Open) -> None:
    """The button keeps its place and its size, covers nothing, and its name begins with its word (WCAG 2.2, 2.5.3)."""
    with visit(site, width=width) as visited:
        visited.open(url)
        button = visited.page.locator("button[data-selection]").first
        button.scroll_into_view_if_needed()  # or the first press would scroll to it
        name = button.get_attribute("data-name")
        before = button.bounding_box()
        for word, label in (
            ("Retenir", f"Retenir\u00a0: {name}"),
            ("Retenue", f"Retenue\u00a0: {name} (retirer de ma sélection)"),
        ):
            assert button.inner_text().strip() == word
            assert button.get_attribute("aria-label") == label
            assert button.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert visited.page.evaluate(COVERED) == []
            button.click()
        assert button.inner_text().strip() == "Retenir"
        assert button.bounding_box() == before


def test_the_catalogue_says_whose_site_a_page_is_on(site: str, example: Project, visit: Open) -> None:
    """The data are those of the site, save that nobody has a telephone and every other one has a page on one host."""
    with visit(site) as visited:
        page = visited.page

        def share(route: Route) -> None:
            data = packing.read(example.site)
            own = data["entreprises"]
            for rank in range(len(own["slug"])):
                own["telephone"][rank] = ""
                own["site_web"][rank] = f"https://www.atelier-{rank}.example/boutique/"
                if rank % 2:
                    own["site_web"][rank] = f"https://www.banque.example/{rank}"
            route.fulfill(json=data)

        page.route("**/acheter/catalogue.json", share)
        visited.open("acheter/catalogue/?vue=cartes")
        links = page.locator(".rows > li > p a[href^=http]")
        said = {(link.get_attribute("href") or "", link.inner_text()) for link in links.all()}
        assert {text for href, text in said if "banque" in href} == {"page sur banque.example"}
        assert ("https://www.atelier-0.example/boutique/", "atelier-0.example/boutique") in said


STILL = 0.1  # the most that a page may move by itself (Core Web Vitals, « good »)
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) =>
  window.shifts.push([entry.value, ...entry.sources.map(({ node }) => `${node?.nodeName}.${node?.className}`)])))
  .observe({ type: "layout-shift", buffered: true });
"""
# Those that scripts fill, in each of their ways, whose room is kept.
FILLED = (
    *("results", "no result", "catalogue", "catalogue, results", "catalogue, table", "contribute", "mode judged"),
    *("rotation", "selection", "search record", "verification"),
)


TOGETHER = 4  # tabs at a time: they wait more than they work, but a processor made slower is itself a work


class CompressingHandler(QuietHandler):
    """Send the files of a site compressed, as the hosts of real ones do: a slow network is waited for no longer."""

    def send_head(self) -> Any:
        """Compress what is a text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".json", ".svg"} or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@pytest.fixture(scope="module")
def compressed(example: Project, serve_folder: Callable[..., str]) -> str:
    """Serve the Exemple site as a real host does; give its address."""
    return serve_folder(example.site, CompressingHandler)


def slow_down(page: Page) -> None:
    """Make the processor four times slower, and the network one of 400 kb/s where nothing was kept before."""
    page.set_default_timeout(60_000)
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    network = {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    slow.send("Network.enable")
    slow.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow.send("Network.emulateNetworkConditions", network)  # in bytes a second


def test_pages_stay_still_while_they_are_filled(compressed: str, visit: Open) -> None:
    """On a telephone whose processor is slow, with a network of 400 kb/s, nothing that is read is pushed elsewhere.

    Some at once, each in its tab, which is closed as soon as it was judged.
    """
    kinds = [*FILLED, "new record"]
    moved = {}
    with visit(compressed, width=WIDTHS["narrow"]) as visited:
        for first in range(0, len(kinds), TOGETHER):
            tabs = {}
            for kind in kinds[first : first + TOGETHER]:
                page = tabs[kind] = visited.page.context.new_page()
                page.add_init_script(SHIFTS)
                slow_down(page)
                page.goto(visited.origin + KINDS.get(kind, "contribuer/?nouvelle"), wait_until="commit")
            for kind, page in tabs.items():
                page.wait_for_load_state("networkidle")
                if kind == "catalogue":
                    page.locator("body").dispatch_event("click")
                if "catalogue" in kind or "result" in kind:
                    page.locator(".facet").first.wait_for(state="attached")
            visited.page.wait_for_timeout(1000)  # for what is laid after the last answers
            for kind, page in tabs.items():
                moved[kind] = page.evaluate("window.shifts")
                assert page.evaluate("document.visibilityState") == "visible", "none is asleep"
                page.close()
        assert {kind: found for kind, found in moved.items() if sum(value for value, *_ in found) >= STILL} == {}
        assert moved.keys() == set(kinds)


def test_every_other_page_stays_still(site: str, visit: Open) -> None:
    """One of each kind: scripts only add to these, on a telephone as it is."""
    with visit(site, width=WIDTHS["narrow"]) as visited:
        visited.page.add_init_script(SHIFTS)
        moved = {}
        for kind in KINDS.keys() - {*FILLED}:
            visited.page.goto(visited.origin + KINDS[kind], wait_until="load")
            found = visited.page.evaluate("window.shifts")
            if sum(value for value, *_ in found) >= STILL:
                moved[kind] = found
        assert moved == {}


def test_what_moves_is_seen(site: str, visit: Open) -> None:
    with visit(site, width=WIDTHS["narrow"]) as visited:
        visited.page.add_init_script(SHIFTS)
        visited.open("acheter/verifier/")
        visited.page.evaluate("document.querySelector('main').before(document.querySelector('.site-foot'))")
        visited.page.wait_for_function(
            "(most) => window.shifts.reduce((sum, [value]) => sum + value, 0) > most", arg=STILL
        )


class TricklingHandler(QuietHandler):
    """Send a page a piece at a time, as a slow network does, to who has its styles: what has come is shown."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Wait after each piece of a page."""
        while piece := source.read(6_000):
            outputfile.write(piece)
            time.sleep(0.15 if self.path.endswith("/") else 0)


@pytest.mark.parametrize("kind", ["profile", "several places", "sparse profile", "organisation"])
def test_what_comes_is_put_after_what_is_read(
    kind: str, example: Project, serve_folder: Callable[..., str], visit: Open
) -> None:
    url = KINDS.get(kind, "aide/organismes/cdc-des-grands-exemples/")
    with visit(serve_folder(example.site, TricklingHandler), width=WIDTHS["narrow"]) as visited:
        visited.page.add_init_script(SHIFTS)
        visited.page.goto(visited.origin + url, wait_until="load")
        assert visited.page.locator("#joindre").is_visible()
        assert visited.page.evaluate("window.shifts") == []


# Frames in which nothing is written below the title of the page.
BLANKS = """
window.blanks = 0;
const look = () => {
  const body = document.querySelector("main .page-body");
  if (body && document.readyState !== "loading" && !body.innerText.trim()) window.blanks += 1;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.mark.parametrize(
    "url",
    ["recherche/?q=entretien", "acheter/catalogue/?q=entretien"],
)
def test_a_page_is_never_blank_before_its_answer(url: str, compressed: str, visit: Open) -> None:
    with visit(compressed, width=WIDTHS["narrow"]) as visited:
        visited.page.add_init_script(BLANKS)
        slow_down(visited.page)
        visited.open(url)
        visited.page.wait_for_load_state("networkidle")
        assert visited.page.evaluate("window.blanks") == 0


@BOTH_WIDTHS
@pytest.mark.parametrize("url", ["acheter/catalogue/", "acheter/catalogue/?q=entretien", "recherche/?q=entretien"])
def test_results_are_near_the_field_by_keyboard(url: str, width: int, site: str, visit: Open) -> None:
    with visit(site, width=width) as visited:
        visited.open(url)
        page = visited.page
        page.focus("#q")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        link = page.locator(".skip--here")
        assert link.evaluate("e => e === document.activeElement")
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [box["x"] + 9, box["y"] + 9]) == (
            "skip skip--here"
        ), "it is seen"
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'resultats'")
        page.wait_for_timeout(500)  # the address has changed: the page reads it, and lays its rows again
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('.rows > li') !== null"):
                break
        assert page.evaluate("document.activeElement.closest('.rows > li') !== null"), "ten stops at most"


def test_no_link_to_results_that_are_not_there(site: str, visit: Open) -> None:
    with visit(site) as visited:
        visited.open("recherche/")
        assert not visited.page.locator(".skip--here").is_visible()
    with visit(site, java_script_enabled=False) as visited:
        visited.page.goto(f"{site}acheter/catalogue/")
        assert not visited.page.locator(".skip--here").is_visible()
        assert not visited.page.locator("[data-add]").first.is_visible(), "a button that leads nowhere"

"""Letters twice as large: each kind of page stays within its screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import WIDTHS, Open
from .test_every_page import KINDS, NARROWEST
from .test_screen import ADD_STYLE

pytestmark = pytest.mark.browser

# What is wider than the screen, when the page is: those that scroll by themselves are let be.
WIDER = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wider = (node) => node.getBoundingClientRect().right > root.clientWidth + 0.5
    && !node.closest(".table-scroll");
  const found = [...document.querySelectorAll("body *")].filter(wider);
  const say = (node) => `${node.tagName} « ${node.textContent.trim().slice(0, 40)} »`;
  return [root.scrollWidth, ...found.slice(0, 5).map(say)];
}
"""


def test_letters_twice_as_large_stay_within_the_screen(site: str, visit: Open) -> None:
    """One of each kind (WCAG 2.2, success criterion 1.4.4): the reader's own size, then a page enlarged by itself."""
    overflowing: dict[str, list[object]] = {}

    def measure(page: Page, kind: str, how: str) -> None:
        for width in (*WIDTHS.values(), NARROWEST):
            page.set_viewport_size({"width": width, "height": 900})
            overflowing[f"{kind}, {how}, {width}"] = page.evaluate(WIDER)

    with visit(site) as visited:
        page = visited.page
        sizes = page.context.new_cdp_session(page)
        sizes.send("Page.enable")
        for kind, url in KINDS.items():
            sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
            page.goto(visited.origin + url, wait_until="networkidle")
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            measure(page, kind, "reader")
            sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
            page.evaluate(ADD_STYLE, "html { font-size: 200% }")
            measure(page, kind, "page")
    wide = [f"{kind}: {found}" for kind, found in overflowing.items() if found]
    assert not wide, "\n".join(wide)

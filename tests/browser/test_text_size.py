"""Letters twice as large: each kind of page stays within its screen."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("width", [NARROWEST, *WIDTHS.values()])
def test_letters_twice_as_large_stay_within_the_screen(width: int, site: str, visit: Open) -> None:
    """One of each kind (WCAG 2.2, success criterion 1.4.4): the reader's own size, then a page enlarged by itself."""
    with visit(site, width=width) as visited:
        sizes = visited.page.context.new_cdp_session(visited.page)
        sizes.send("Page.enable")
        overflowing = {}
        for kind, url in KINDS.items():
            sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
            visited.page.goto(visited.origin + url, wait_until="networkidle")
            assert visited.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            overflowing[kind] = visited.page.evaluate(WIDER)
            sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
            visited.page.evaluate(ADD_STYLE, "html { font-size: 200% }")
            overflowing[kind] += visited.page.evaluate(WIDER)
        # Not yet: at the narrowest, the choice of an order passes the edge by nine pixels.
        late = {"catalogue, results", "catalogue, no result"} if width == NARROWEST else set()
        assert {kind: found for kind, found in overflowing.items() if found and kind not in late} == {}

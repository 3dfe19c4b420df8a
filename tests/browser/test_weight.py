"""What each kind of page asks for at first view, before anything is typed or touched, compressed as hosts do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request

from .conftest import WIDTHS, Open
from .test_every_page import KINDS
from .test_screen import compressed

__all__ = ["compressed"]
pytestmark = pytest.mark.browser

MOST = 70_000  # bytes
# A search was typed: its data are no first view.
SEARCHED = ("recherche/?", "acheter/catalogue/?", "acheter/releve/?")
MORE = {
    "map": "carte/",
    "embedding": "integrer/",
    "listed": "integre/liste/",
    "mapped": "integre/carte/",
    "together": "acheter/ensemble/",
    "help": "aide/",
}
UNSEARCHED = {kind: url for kind, url in (KINDS | MORE).items() if not url.startswith(SEARCHED)}


def test_a_page_is_light_at_first_view(compressed: str, visit: Open) -> None:
    weights = {}
    with visit(compressed, width=WIDTHS["narrow"]) as visited:
        page = visited.page
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})  # each is the first page that is seen
        asked: list[Request] = []
        page.on("requestfinished", lambda request: asked.append(request))
        for kind, url in UNSEARCHED.items():
            page.goto(visited.origin + url, wait_until="networkidle")
            weights[kind] = sum(request.sizes()["responseBodySize"] for request in asked)
            asked.clear()
    assert len(weights) > len(KINDS) - 10
    assert {kind: weight for kind, weight in weights.items() if weight > MOST} == {}
    assert min(weights.values()) > 10_000, "style sheet and page are counted"

"""Time the catalogue and the search on a modest telephone: slow 4G, a processor four times slower, 11,200 enterprises.

The data of a built site are grown as for the catalogue (`catalogue_speed`). `python -m bench.phone_speed` measures it
alone; given the folder of a built site, that one.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import browser, catalogue_speed, sites

CATALOGUE, SEARCH = "acheter/catalogue/", "recherche/"
WORD = "traiteur"
MOST_ANSWER = 3500.0  # ms, from the opening to the first rows, and from the first letter to those of the word
MOST_KEY = 150.0  # ms, the longest task while one types
ROUNDS = 3
PACE = 180  # ms between two letters
_WATCH = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true });
"""
_ROWS = """
() => document.querySelector("[data-catalogue-rows] .rows > li")?.checkVisibility() && performance.now()
"""
_ANSWERED = """
(word) => document.querySelector("[data-catalogue-count]").textContent.includes(word)
  && document.querySelector("[data-catalogue-rows] .rows > li") && performance.now()
"""


@dataclass(frozen=True)
class Speed:
    """Hold what was measured, in milliseconds, medians of the rounds.

    `opening`: the catalogue opened until its first rows are read. `first`: the first letter of a word typed there until
    its rows; `landing`: the search page opened with the word in its address until its rows. `key`: the longest task
    while words are typed, the data being read; `reading`, while they are.
    """

    opening: float
    first: float
    landing: float
    key: float
    reading: float


def measure(site: Path) -> Speed:
    """Measure the site, whose data were grown before."""
    with browser.opened(site) as (chromium, origin):
        found = [_round(chromium, origin) for _ in range(ROUNDS)]
    return Speed(*(statistics.median(values) for values in zip(*found, strict=True)))


def _round(chromium: Browser, origin: str) -> tuple[float, float, float, float, float]:
    """Open, type, type again; then open elsewhere with a word."""
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = _page(context.new_page())
        page.goto(origin + CATALOGUE, wait_until="commit")
        opening = _until(page, _ROWS)
        page.wait_for_load_state("load")
        begun = page.evaluate("performance.now()")
        page.focus("#q")
        page.keyboard.type(WORD, delay=PACE)
        first = _until(page, _ANSWERED) - begun
        page.locator(".facet").first.wait_for(state="attached")
        page.wait_for_timeout(1500)
        reading = _longest(page)
        page.fill("#q", "")
        page.wait_for_timeout(2500)
        _longest(page)
        for words in ("entretien menager", "impression"):
            page.fill("#q", "")
            page.keyboard.type(words, delay=PACE)
            page.wait_for_timeout(2000)
        key = _longest(page)
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = _page(context.new_page())
        page.goto(f"{origin}{SEARCH}?q={WORD}", wait_until="commit")
        landing = _until(page, _ANSWERED)
    return opening, first, landing, key, reading


def _page(page: Page) -> Page:
    page.set_default_timeout(60_000)
    page.add_init_script(_WATCH)
    browser.as_slow_phone(page)
    return page


def _until(page: Page, expression: str) -> float:
    found = page.wait_for_function(expression, arg=WORD, polling="raf").json_value()
    return float(found)


def _longest(page: Page) -> float:
    found: float = page.evaluate("() => Math.max(0, ...window.tasks.splice(0))")
    return found


def main() -> int:
    """Build a made-up site unless one is given, measure and show, with the load of the machine."""
    if len(sys.argv) > 1:
        print(measure(Path(sys.argv[1])), f"load {os.getloadavg()[0]:.1f}")
        return 0
    with tempfile.TemporaryDirectory(prefix="annuaire-bench.") as work:
        folder = Path(work) / "site"
        sites.make(folder, 2500)
        subprocess.run([Path(sys.executable).parent / "annuaire", "build"], cwd=folder, check=True, capture_output=True)
        catalogue_speed.grow_site(folder / "site")
        print(measure(folder / "site"), f"load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

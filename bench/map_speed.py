"""Time the map on a slow processor: its longest tasks while a visitor moves and zooms it, with 11,200 enterprises.

The page is that of a built site; its data are grown as for the catalogue (`catalogue_speed`), each enterprise a little
aside, or all would stand in the same few places. Chromium makes its processor four times slower
(`setCPUThrottlingRate` of its protocol). `python -m bench.map_speed` measures it alone.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from annuaire.exports.purchase import compact
from bench import browser, catalogue_speed, sites
from bench.generator import SEED

FILE = "carte/carte.json"
PAGE = "carte/"
SLOWER = 4
ASIDE = 900  # parts of a degree (see `annuaire.places.sphere`), about 9 km
ROUNDS = 3  # of the same gestures: what else runs on the machine only adds to a task, so the least is kept
MOST_TASK = 200.0  # ms, while panning
# A task of 50 ms or more is « long » (Long Tasks API); shorter ones are not told.
_WATCH = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true });
"""

_READY = """
() => document.querySelector(".facet") && /[0-9]/.test(document.querySelector("[data-map-said]").textContent)
"""


@dataclass(frozen=True)
class Speed:
    """Hold what was measured with the slower processor: milliseconds of the longest task of each kind, most nodes.

    `opening` counts all the page does until its map is drawn; `asking`, a filter chosen; 0 when no task was long.
    """

    enterprises: int
    opening: float
    panning: float
    zooming: float
    asking: float
    nodes: int


def spread(data: dict[str, Any], enterprises: int = catalogue_speed.ENTERPRISES) -> dict[str, Any]:
    """Grow the data of a catalogue and put each enterprise a little aside; always the same answer."""
    chance = random.Random(SEED)
    grown = catalogue_speed.grow(data, enterprises)
    columns = grown["entreprises"]
    for name in ("lat", "lon"):
        columns[name] = [None if one is None else one + round(chance.gauss(0, ASIDE)) for one in columns[name]]
    return grown


def grow_map(known: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Make the file of the map speak of as many enterprises as the data."""
    return {**known, "taille": len(data["entreprises"]["slug"]), "discretes": [], "autres": []}


def measure(site: Path) -> Speed:
    """Grow the data of a built site in place and measure its map."""
    data = catalogue_speed.grow_site(site, spread)
    known = grow_map(json.loads((site / FILE).read_text(encoding="utf-8")), data)
    (site / FILE).write_text(compact(known), encoding="utf-8")
    with browser.opened(site) as (chromium, origin):
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(_WATCH)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{origin}{PAGE}", wait_until="load")
        page.locator("[data-catalogue-start]").click()
        page.wait_for_function(_READY)
        page.wait_for_timeout(4000)
        opening = _longest(page)
        panning = zooming = 0.0
        nodes = _nodes(page)
        for _ in range(5):
            panning = max(panning, min(_pan(page) for _ in range(ROUNDS)))
            nodes = max(nodes, _nodes(page))
            _come_nearer(page)
            zooming = max(zooming, _longest(page))
            nodes = max(nodes, _nodes(page))
        page.locator("[data-catalogue-open]").click()
        page.locator(".facet input[type=checkbox]:visible").first.click()
        page.wait_for_timeout(2500)
        return Speed(len(data["entreprises"]["slug"]), opening, panning, zooming, _longest(page), nodes)


def _pan(page: Page) -> float:
    """Drag the map by its middle, here and there, then with the arrows; give the longest task."""
    box = page.locator("[data-map-view]").bounding_box()
    if box is None:
        raise SystemExit("bench: the map is not shown")
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 150)
    for to_x, to_y in ((-200, 60), (220, -80), (-60, 100)):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + to_x, y + to_y, steps=12)
        page.mouse.up()
        page.wait_for_timeout(700)
    page.locator("[data-map-view]").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(500)
    return _longest(page)


def _come_nearer(page: Page) -> None:
    """Open one of the largest marks in view, where most enterprises are, else zoom."""
    page.evaluate(
        """() => {
          const size = (mark) => parseInt(mark.textContent.replace(/\\D/g, "") || "1");
          const marks = [...document.querySelectorAll(".mark")].sort((one, other) => size(other) - size(one));
          (marks[0] ?? document.querySelector("[data-map-nearer]")).click();
        }"""
    )
    page.wait_for_timeout(1500)


def _longest(page: Page) -> float:
    found: float = page.evaluate("() => Math.max(0, ...window.tasks.splice(0))")
    return found


def _nodes(page: Page) -> int:
    return page.locator(".leaflet-marker-pane > *").count()


def main() -> int:
    """Build a made-up site, measure and show."""
    with tempfile.TemporaryDirectory(prefix="annuaire-bench.") as work:
        folder = Path(work) / "site"
        sites.make(folder, 2500)
        subprocess.run([Path(sys.executable).parent / "annuaire", "build"], cwd=folder, check=True, capture_output=True)
        speed = measure(folder / "site")
    print(speed)
    return 0 if speed.panning < MOST_TASK else 1


if __name__ == "__main__":
    sys.exit(main())

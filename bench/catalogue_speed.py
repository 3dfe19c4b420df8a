"""Time the buyer's catalogue in a headless Chromium: first results, a filter chosen, words typed.

The page is that of a built site; its data file is grown to the size asked by repeating what the site holds, with other
slugs, so that names, areas and words keep their true lengths. `python -m bench.catalogue_speed` measures it alone.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from annuaire import urls
from annuaire.exports import packing
from annuaire.exports.purchase import compact
from bench import browser, sites
from bench.generator import SEED

ENTERPRISES = 11_200
OFFERS = 30_000
PAGE = "acheter/catalogue/"
ALL = "tri=nom"  # asks for nothing, but at once
MOST_FIRST = 200.0  # ms, from the data received to the first rows painted
MOST_FILTER = 50.0  # ms, from the choice to the rows and numbers laid out
ROUNDS = 3
# The rows that the page came with are those of no data; what scripts show has no `catalogue--first`.
# The first rows are painted once the frame that holds them is done: a message posted as it begins comes after it,
# where a timer would wait for what the page does next.
_WATCH = """
new MutationObserver((_, observer) => {
  if (!document.querySelector(".catalogue:not(.catalogue--first) [data-catalogue-rows] .rows > li")) return;
  observer.disconnect();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.painted = performance.now(); };
  requestAnimationFrame(() => port2.postMessage(null));
}).observe(document, { childList: true, subtree: true, attributeFilter: ["class"] });
"""
_FIRST = """
() => {
  const files = performance.getEntriesByType("resource");
  const received = files.find(({ name }) => name.endsWith("/catalogue.json")).responseEnd;
  return { sinceData: window.painted - received, sinceStart: window.painted };
}
"""
# One value of each facet, chosen then taken away; each time up to a page laid out, numbers included.
_FILTERS = """
() => {
  const found = [];
  for (const facet of document.querySelectorAll(".facet:not([hidden])")) {
    const name = facet.querySelector("summary").textContent;
    const box = [...facet.querySelectorAll("input[type=checkbox]")].find((input) => !input.closest("li").hidden);
    const select = facet.querySelector("select:not(#rayon)");
    const acts = box ? [() => box.click(), () => box.click()] : [];
    if (select) {
      const choose = (value) => {
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      };
      acts.push(() => choose(select.options[2].value), () => choose(""));
    }
    for (const act of acts) {
      const start = performance.now();
      act();
      document.body.getBoundingClientRect();
      found.push([name, performance.now() - start]);
    }
  }
  return found;
}
"""


@dataclass(frozen=True)
class Speed:
    """Hold what was measured, in milliseconds: medians of the rounds, and for filters the slowest facet's too.

    `first` counts from the data received, `start` from the navigation; `words` from the words typed to the rows, the
    files of the search being fetched then.
    """

    enterprises: int
    offers: int
    bytes: int
    first: float
    start: float
    filter: float
    slowest: float
    slowest_name: str
    words: float


def measure(site: Path) -> Speed:
    """Grow the data of a built site in place and measure its catalogue."""
    data = grow_site(site)
    firsts, starts, words = [], [], []
    filters: dict[str, list[float]] = {}
    with browser.opened(site) as (chromium, origin):
        for _ in range(ROUNDS):
            first, start, chosen, typed = _visit(chromium, origin)
            firsts.append(first)
            starts.append(start)
            words.append(typed)
            for name, milliseconds in chosen:
                filters.setdefault(name, []).append(milliseconds)
    medians = {name: statistics.median(found) for name, found in filters.items()}
    slowest = max(medians, key=lambda name: medians[name])
    return Speed(
        enterprises=len(data["entreprises"]["slug"]),
        offers=len(data["offres"]["nom"]),
        bytes=sum((site / name).stat().st_size for name in packing.FILES),
        first=statistics.median(firsts),
        start=statistics.median(starts),
        filter=statistics.median(medians.values()),
        slowest=medians[slowest],
        slowest_name=slowest,
        words=statistics.median(words),
    )


def _visit(chromium: Browser, origin: str) -> tuple[float, float, list[tuple[str, float]], float]:
    """Open the page, choose in each facet, type a need; give the times in milliseconds."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(f"{origin}{PAGE}?{ALL}", wait_until="load")
        page.wait_for_function("() => window.painted && document.querySelector('.facet')")
        first = page.evaluate(_FIRST)
        filters = [(str(name), float(value)) for name, value in page.evaluate(_FILTERS)]
        typed = page.evaluate(
            """() => new Promise((resolve) => {
              const count = document.querySelector("[data-catalogue-count]");
              const input = document.querySelector("#q");
              const start = performance.now();
              new MutationObserver(() => {
                if (count.textContent.includes("traiteur")) resolve(performance.now() - start);
              }).observe(count, { childList: true });
              input.value = "traiteur";
              input.form.requestSubmit();
            })"""
        )
        return first["sinceData"], first["sinceStart"], filters, float(typed)


def grow_site(site: Path, change: Callable[[dict[str, Any]], dict[str, Any]] | None = None) -> dict[str, Any]:
    """Grow the data of a built site in place (once: what is grown already stays so); give them whole."""
    data = (change or grow)(packing.read(site))
    write(site, data)
    texts = json.loads((site / urls.CATALOGUE_TEXTS).read_text(encoding="utf-8"))
    own = texts["textes"]
    texts["textes"] = [own[rank % len(own)] for rank in range(ENTERPRISES)]  # those of the records repeated
    (site / urls.CATALOGUE_TEXTS).write_text(compact(texts), encoding="utf-8")
    return data


def write(site: Path, data: dict[str, Any]) -> None:
    """Write the data of the catalogue of a built site, in its two files."""
    for name, part in zip(packing.FILES, packing.pack(data), strict=True):
        (site / name).write_text(compact(part), encoding="utf-8")


def grow(data: dict[str, Any], enterprises: int = ENTERPRISES, offers: int = OFFERS) -> dict[str, Any]:
    """Repeat the records of a data file up to a number of enterprises and of offers; always the same answer."""
    chance = random.Random(SEED)
    columns, offered = data["entreprises"], data["offres"]
    count, known = len(columns["slug"]), len(offered["nom"])
    ranks = [rank % count for rank in range(enterprises)]
    grown = {key: [column[rank] for rank in ranks] for key, column in columns.items()}
    grown["slug"] = [
        f"{columns['slug'][rank]}-{number}" if number >= count else columns["slug"][rank]
        for number, rank in enumerate(ranks)
    ]
    lines = sorted((chance.randrange(enterprises), chance.randrange(known)) for _ in range(offers))
    listed = {key: [column[line] for _, line in lines] for key, column in offered.items()}
    listed["entreprise"] = [owner for owner, _ in lines]
    return {**data, "entreprises": grown, "offres": listed}


def main() -> int:
    """Build a made-up site, measure and show."""
    with tempfile.TemporaryDirectory(prefix="annuaire-bench.") as work:
        folder = Path(work) / "site"
        sites.make(folder, 2500)
        subprocess.run([Path(sys.executable).parent / "annuaire", "build"], cwd=folder, check=True, capture_output=True)
        speed = measure(folder / "site")
    print(speed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

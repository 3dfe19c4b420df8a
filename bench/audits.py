"""Judge each kind of page with Lighthouse, on a telephone and on a computer, and weigh its first view.

Lighthouse is of `bench/lighthouse/`, with a lock of its own. `python -m bench.audits SITE [RUNS]` judges the pages of a
built site alone.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Request

from bench import browser

FOLDER = Path(__file__).resolve().parent / "lighthouse"
LEAST_SCORE = 95  # of 100, performance
MOST_FIRST = 70_000  # bytes compressed, all that a page asks for before it is touched
ASKED = "?q="  # a search is typed: its data are no first view
PLAIN = (
    "/",
    "entreprises/",
    "territoires/",
    "secteurs/",
    "formes/",
    "carte/",
    "statistiques/",
    "documents/",
    "donnees/",
    "donnees/dictionnaire/",
    "contribuer/",
    "contribuer/?nouvelle",
    "recherche/",
    "recherche/?q=traiteur",
    "acheter/",
    "acheter/catalogue/",
    "acheter/catalogue/?q=traiteur",
    "acheter/categories/",
    "acheter/lacunes/",
    "acheter/mode/",
    "acheter/rotation/",
    "acheter/selection/",
    "acheter/releve/",
    "acheter/verifier/",
    "acheter/carnet/",
    "aide/",
    "evenements/",
    "integrer/",
    "integre/recherche/",
    "integre/liste/",
    "integre/carte/",
    "a-propos/",
    "accessibilite/",
    "en/",
)
# One of each of these: the page that weighs most.
LISTED = (
    *("entreprises/*/", "territoires/*/", "territoires/*/secteurs/*/", "territoires/*/municipalites/*/", "secteurs/*/"),
    *("regions/*/", "acheter/categories/*/", "acheter/categories/*/*/", "formes/*/"),
)


@dataclass(frozen=True)
class Audit:
    """Hold the judgement of a page on a device: the median score of 100, and what made it (milliseconds, bytes)."""

    page: str
    device: str
    score: int
    painted: float
    blocked: float
    shift: float


def kinds(site: Path) -> list[str]:
    """Give the address of a page of each kind that a built site has."""
    plain = [url.lstrip("/") for url in PLAIN if (site / url.strip("/").partition("/?")[0] / "index.html").is_file()]
    listed = [sorted(site.glob(f"{pattern}index.html"), key=lambda page: page.stat().st_size) for pattern in LISTED]
    return [*plain, *(found[-1].parent.relative_to(site).as_posix() + "/" for found in listed if found)]


def judge(site: Path, runs: int = 3) -> list[Audit]:
    """Judge a page of each kind; raise SystemExit when Lighthouse is not there."""
    if not (FOLDER / "node_modules").is_dir():
        raise SystemExit("bench: Lighthouse is not installed; run `make bench`")
    found = []
    with browser.served(site) as origin:
        command = ["node", "run.mjs", browser.program(), str(runs), *(origin + url for url in kinds(site))]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"bench: Lighthouse failed\n{done.stderr[-2000:]}")
        for line in done.stdout.splitlines():
            said = json.loads(line)
            measures = said["measures"]
            found.append(
                Audit(
                    said["address"].removeprefix(origin),
                    said["device"],
                    round(statistics.median(said["scores"])),
                    measures["largest-contentful-paint"],
                    measures["total-blocking-time"],
                    measures["cumulative-layout-shift"],
                )
            )
    return found


def weigh(site: Path) -> dict[str, int]:
    """Give the bytes, compressed, that a page of each kind asks for by itself, before anything is typed or touched."""
    found = {}
    with browser.opened(site) as (chromium, origin):
        for url in kinds(site):
            if ASKED in url:
                continue
            with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
                page, asked = context.new_page(), list[Request]()
                page.on("requestfinished", lambda request, kept=asked: kept.append(request))
                page.goto(origin + url, wait_until="networkidle")
                found[url] = sum(request.sizes()["responseBodySize"] for request in asked)
    return found


def main() -> int:
    """Weigh, then judge; show, with the load of the machine."""
    site, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    weights = weigh(site)
    for url, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        print(f"{weight:8d}  {'OVER' if weight > MOST_FIRST else '    '}  {url}")
    low = False
    for audit in judge(site, runs) if runs else ():
        low |= audit.score < LEAST_SCORE
        print(audit, "LOW" if audit.score < LEAST_SCORE else "", f"load {os.getloadavg()[0]:.1f}", flush=True)
    return int(low or max(weights.values()) > MOST_FIRST)


if __name__ == "__main__":
    sys.exit(main())

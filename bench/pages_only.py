"""Run `annuaire` as usual, leaving out what Hugo does not make: data files, and pages that list no enterprise.

A program of its own, `python -m bench.pages_only build …`: all the rest (start, theme engine, reading, judging,
pages, feed, links, exchange) is what `annuaire build` does.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annuaire import build, urls
from annuaire.cli import main as cli
from annuaire.timeline.history import Change

if TYPE_CHECKING:
    from annuaire.pages import Plan, Site
    from annuaire.site import stamp


# What Hugo makes besides the home page (`bench/hugo_site.py`).
MADE = (urls.ENTERPRISES, urls.TERRITORIES, "regions/", urls.SECTORS, urls.FORMS)
DATA = (".csv", ".ics", ".json", ".xlsx", ".xml")
_TARGET = re.compile(r" mène à /([^,#\u00a0]*)")


def main() -> None:
    """Run the command line without these steps."""
    usual = build.get_ready

    def get_ready() -> None:
        usual()
        _leave_out()

    build.get_ready = get_ready
    cli.main()


def _leave_out() -> None:
    """Leave these steps out, once what makes pages is imported: asked a second time, it changes nothing."""
    from annuaire import exports, pages
    from annuaire.site import shells, stamp

    if exports.write_listed is _write_feed:
        return
    every, broken = pages.plans, stamp.check_links
    left_out: set[str] = set()

    def plans(site: Site) -> list[Plan]:
        found = every(site)
        left_out.update(plan.url for plan in found if plan.url and not plan.url.startswith(MADE))
        return [plan for plan in found if plan.url not in left_out]

    def check_links(out: Path, written: stamp.Written) -> list[str]:
        return [line for line in broken(out, written) if not _is_absent(line, left_out)]

    exports.write_listed, exports.write_for_pages = _write_feed, lambda *_: None
    pages.plans = plans
    stamp.check_links = check_links
    shells.Shells.refuse_unfilled = lambda *_: None  # some of these pages have a shell of their own


def _is_absent(line: str, left_out: Container[str]) -> bool:
    """Tell a link to what was left out, as it is reported broken."""
    target = _TARGET.search(line)
    return target is not None and (target[1] in left_out or target[1].endswith(DATA))


def _write_feed(site: Site, out: Path, changes: Mapping[str, Change]) -> tuple[()]:
    """Write the feed, that pages link to and that Hugo makes too."""
    from annuaire.exports import feed, tables

    public = tables.published(site.catalogue)
    path = out / urls.FEED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(feed.feed(site.catalogue, site.settings, public, changes, site.version.date), encoding="utf-8")
    return ()


if __name__ == "__main__":
    main()

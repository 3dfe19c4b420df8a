"""Run `annuaire` as usual, leaving out what Hugo does not make: data files, pages of purchase categories.

A program of its own, `python -m bench.pages_only build …`: all the rest (start, theme engine, reading, judging,
pages, feed, links, exchange) is what `annuaire build` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from annuaire import exports, pages, urls
from annuaire.cli import main as cli
from annuaire.exports import feed, tables
from annuaire.pages import Plan, Site
from annuaire.site import stamp
from annuaire.timeline.history import Change


def main() -> None:
    """Run the command line without these steps."""
    every, broken = pages.plans, stamp.check_links
    absent = re.compile(rf" mène à /(?:{urls.CATEGORIES}|[^ ]+\.(?:csv|ics|json|xlsx|xml),)")

    def plans(site: Site) -> list[Plan]:
        return [plan for plan in every(site) if not _is_left_out(plan.url)]

    def check_links(out: Path, written: stamp.Written) -> list[str]:
        return [text for text in broken(out, written) if not absent.search(text)]

    exports.write_listed, exports.write_for_pages = _write_feed, lambda *_: None
    pages.plans = plans
    stamp.check_links = check_links
    cli.main()


def _is_left_out(url: str) -> bool:
    return url.startswith(urls.CATEGORIES) and url != urls.CATEGORIES


def _write_feed(site: Site, out: Path, changes: Mapping[str, Change]) -> tuple[()]:
    """Write the feed, that pages link to and that Hugo makes too."""
    public = tables.published(site.catalogue)
    path = out / urls.FEED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(feed.feed(site.catalogue, site.settings, public, changes, site.version.date), encoding="utf-8")
    return ()


if __name__ == "__main__":
    main()

"""Run `annuaire` as usual, leaving out what Hugo does not make: data files, pages of purchase categories.

A program of its own, `python -m bench.pages_only build …`: all the rest (start, theme engine, reading, judging,
pages, feed, links, exchange) is what `annuaire build` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from annuaire import build, urls
from annuaire.cli import main as cli
from annuaire.timeline.history import Change

if TYPE_CHECKING:
    from annuaire.pages import Plan, Site
    from annuaire.site import stamp


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
    from annuaire.site import stamp

    if exports.write_listed is _write_feed:
        return
    every, broken = pages.plans, stamp.check_links
    absent = re.compile(rf" mène à /(?:{urls.CATEGORIES}|[^ ]+\.(?:csv|ics|json|xlsx|xml),)")

    def plans(site: Site) -> list[Plan]:
        return [plan for plan in every(site) if not _is_left_out(plan.url)]

    def check_links(out: Path, written: stamp.Written) -> list[str]:
        return [text for text in broken(out, written) if not absent.search(text)]

    exports.write_listed, exports.write_for_pages = _write_feed, lambda *_: None
    pages.plans = plans
    stamp.check_links = check_links


def _is_left_out(url: str) -> bool:
    return url.startswith(urls.CATEGORIES) and url != urls.CATEGORIES


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

"""Run `annuaire` as usual, leaving out the search index and the data files, that Hugo does not make.

A program of its own, `python -m bench.pages_only build …`: all the rest (start, theme engine, reading, judging,
pages, feed, links, exchange) is what `annuaire build` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from annuaire import cli, exports, search, urls
from annuaire.exports import feed, tables
from annuaire.history import Change
from annuaire.pages import Site


def main() -> None:
    """Run the command line without these two steps."""
    exports.write = _write_feed
    search.index = lambda *_: None
    cli.main()


def _write_feed(site: Site, out: Path, changes: Mapping[str, Change]) -> tuple[()]:
    """Write the feed, that pages link to and that Hugo makes too."""
    public = tables.published(site.catalogue)
    path = out / urls.FEED
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(feed.feed(site.catalogue, site.settings, public, changes, site.version.date), encoding="utf-8")
    return ()


if __name__ == "__main__":
    main()

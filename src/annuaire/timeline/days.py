"""Say when what a page shows last changed: its record, the records that it leads to, or the file that a person wrote.

What the history does not know has no day, and a page without a day says none: the same records give the same page,
whatever the day of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.records.collections import BY_NAME, parted
from annuaire.timeline import history
from annuaire.timeline.history import Change

_EMPTY: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Days:
    """Hold the day of each page of a record, and of each page written by hand, by their address."""

    records: Mapping[str, date] = field(default_factory=lambda: _EMPTY)
    written: Mapping[str, date] = field(default_factory=lambda: _EMPTY)

    def of(self, url: str, linked: Iterable[str], *, reads_all: bool) -> date | None:
        """Give the day of a page: that of its record, else the newest of those it leads to.

        `reads_all` is true of a page that leads to none because it reads them all in the browser.
        """
        if url in self.records:
            return self.records[url]
        newest = max((day for address in linked if (day := self.records.get(address))), default=None)
        return max(self.records.values(), default=None) if newest is None and reads_all else newest


def days(settings: Settings, catalogue: Catalogue, changes: Mapping[str, Change]) -> Days:
    """Gather the days of the pages of a site; `changes` by reference."""
    records = {url: change.modified.date() for named, change in changes.items() if (url := _page_of(catalogue, named))}
    found = history.files(settings.root, settings.pages, ".md")
    return Days(records, {_address(path): moment.date() for path, moment in found.items()})


def _page_of(catalogue: Catalogue, named: str) -> str:
    """Give the address of a record by its reference; "" when it has none."""
    collection, slug = parted(named)
    pages = BY_NAME[collection].pages
    if pages:
        return urls.item(pages.address, slug)
    return urls.enterprise(slug) if slug in catalogue.by_slug else ""


def _address(path: Path) -> str:
    """Give the address of the page that a file of Markdown makes."""
    page = path.with_suffix("")
    page = page.parent if page.name in ("index", "README") else page
    return f"{page.as_posix()}/" if page.name else ""

"""Fill the shells with the pages and write the site beside the present one; nothing here reads a record.

Pages are built, rendered, checked and written by as many processes as there are processors. Every link and
anchor inside the site is checked before the new site takes the place of the old one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from annuaire import urls
from annuaire.config import Settings
from annuaire.files import write
from annuaire.pages import render
from annuaire.pages.head import head
from annuaire.pages.page import Page, Plan
from annuaire.processes import GoOn, share
from annuaire.site.shells import UPDATED, Shell, Shells, resolve, updated
from annuaire.site.stock import Finished, Place, Stock
from annuaire.text.typography import plain
from annuaire.timeline.days import Days

_LINKS = ("href", "src", "action")
FORK_FROM = 400  # pages; below, starting processes costs more than it saves
BLOCK = 500  # pages that follow one another, made by one process: they show the same enterprises


@dataclass
class Written:
    """Gather what one process wrote: links to judge once every page is known, ids that anchors may lead to."""

    count: int = 0
    links: dict[str, str] = field(default_factory=dict)  # target (with its anchor) -> the first page that has it
    ids: dict[str, frozenset[str]] = field(default_factory=dict)  # page -> ids, for pages named by an anchor
    indexed: dict[str, date | None] = field(default_factory=dict)  # page -> the day when it last changed
    kept: dict[str, Place] = field(default_factory=dict)  # page -> where the cache has it for the next build

    def note(self, url: str, ids: frozenset[str], places: Iterable[str]) -> None:
        """Note the ids of a page, and where it leads (see `places_of`)."""
        self.ids[url] = ids
        for place in places:
            if place not in self.links or url < self.links[place]:
                self.links[place] = url


@dataclass(frozen=True)
class Stamper:
    """Write pages into a folder, each in the shell that suits it; `again` lets a page replace itself.

    `stock` has the pages of the last build, and keeps those of this one.
    """

    shells: Shells
    settings: Settings
    out: Path
    days: Days = field(default_factory=Days)
    again: bool = False
    stock: Stock | None = None

    def write_all(self, plans: Sequence[Plan], progress: Callable[[int], None] = lambda _: None) -> Written:
        """Write every planned page; return what was written. The order of writing does not show."""
        written, *others = share(plans, self._write, progress, fewest=FORK_FROM, block=BLOCK)
        for part in others:
            written.count += part.count
            written.links.update({place: min(url, written.links.get(place, url)) for place, url in part.links.items()})
            written.ids.update(part.ids)
            written.indexed.update(part.indexed)
            written.kept.update(part.kept)
        return written

    def _write(self, plans: Iterable[Plan], go_on: GoOn) -> Written:
        written = Written()
        with self.stock.part() if self.stock else nullcontext() as part:
            for plan in plans:
                kept = self._kept(plan)
                page = kept or self._made(plan.build())
                self._put(page, written)
                if self.stock and part:
                    self.stock.keep(plan, page, part, is_found=kept is not None)
                if written.count % 50 == 0:
                    go_on(written.count)
        if part:
            written.kept = part.places
        return written

    def write(self, page: Page, written: Written) -> None:
        """Write one page and note its links and ids."""
        self._put(self._made(page), written)

    def _kept(self, plan: Plan) -> Finished | None:
        """Give a page of the last build, if it would be the same in the shell and on the day of this one."""
        page = self.stock.find(plan) if self.stock else None
        if page is None:
            return None
        shell = self.shells.find(page.url, page.tab)
        same = page.shell == shell.mark and page.day == _written_day(self._day(page, page.places, shell))
        return page if same else None

    def _made(self, page: Page) -> Finished:
        title, content, above = plain(page.title), render(page), head(page, self.settings)
        shell = self.shells.find(page.url, page.tab)
        own, references = named(content)
        ids = _joined(shell.ids, own)
        places = places_of(page.url, ids, references)
        day = self._day(page, places, shell)
        html = urls.nearer(shell.fill(title, above, content, day), page.url)
        shown = self.stock.enterprises((page.url, *places)) if self.stock else ()
        return Finished(
            page.url,
            page.tab,
            html.encode("utf-8"),
            shell.mark,
            _written_day(day),
            page.indexed,
            page.reads_all,
            ids,
            places,
            shown,
            page.files,
        )

    def _day(self, page: Page | Finished, places: Iterable[str], shell: Shell) -> date | None:
        linked = (place.partition("#")[0] for place in places)
        return self.days.of(page.url, linked, reads_all=page.reads_all or page.url == shell.url)

    def _put(self, page: Finished, written: Written) -> None:
        written.note(page.url, page.ids, page.places)
        write(self.out, urls.output_path(page.url), page.html, again=self.again)
        for name, text in page.files:
            write(self.out, name, text, again=self.again)
        written.count += 1
        if page.indexed:
            written.indexed[page.url] = date.fromisoformat(page.day) if page.day else None


def _written_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def named(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the ids that a piece of HTML has, and what its links, images and forms name, each once and in order."""
    every = (value for name in _LINKS for value in _values(html, name))
    return tuple(filter(None, _values(html, "id"))), tuple(sorted(filter(None, {*every})))


def places_of(url: str, ids: frozenset[str], references: Iterable[str]) -> tuple[str, ...]:
    """List the addresses inside the site, with their anchors, that the references of a page lead to.

    Those to its own `ids` are left out: they lead somewhere.
    """
    places: dict[str, None] = {}
    depth = url.count("/")
    root = "../" * depth
    for reference in references:
        if root and reference.startswith(root):
            target, place = _from_root(depth, reference)
        elif ":" in reference.partition("/")[0]:
            continue
        else:
            target, place = _led(url, reference)
            if not reference.partition("#")[0] and place.partition("#")[2] in ids:
                continue
        if target is not None:
            places[place] = None
    return tuple(places)


def _led(url: str, reference: str) -> tuple[str | None, str]:
    """Give the address that a reference of the page `url` leads to (None outside the site), then with its anchor."""
    address, _, anchor = reference.partition("#")
    address = address.partition("?")[0].replace("&amp;", "&")
    target = resolve(url, address) if address else url
    return target, f"{target}#{anchor}" if anchor else target or ""


def _values(html: str, name: str) -> list[str]:
    """List the values of an attribute; a regular expression over whole pages takes three times as long."""
    if f'{name}="' not in html:
        return []
    pieces = html.split(f'{name}="')
    return [text[: text.find('"')] for before, text in pairwise(pieces) if before[-1:].isspace()]


@lru_cache(maxsize=10_000)
def _joined(ids: frozenset[str], own: tuple[str, ...]) -> frozenset[str]:
    """Give one set for all the pages that have the same ids, as most have: one each would be long to send."""
    return ids.union(own)


@lru_cache(maxsize=100_000)
def _from_root(depth: int, reference: str) -> tuple[str | None, str]:
    """Resolve a reference that climbs up to the root: all pages as deep share the answer."""
    return _led("x/" * depth, reference)


def copy_shell_files(shells: Shells, out: Path, written: Written, days: Days, *, again: bool = False) -> None:
    """Copy the theme's files and the finished pages, noting their links."""
    for name, source in shells.assets.items():
        write(out, name.as_posix(), (shells.folder / source).read_bytes(), again=again)
    for url, html in shells.finished.items():
        day = days.written.get(url)
        write(out, urls.output_path(url), html.replace(UPDATED, updated(day)), again=again)
        if url != "404.html":  # its links start from the root of the host
            _note(url, html, written)
            written.indexed[url] = day
    for shell in (*shells.by_url.values(), *shells.by_depth.values()):
        _note(shell.url, shell.text, written)


def _note(url: str, html: str, written: Written) -> None:
    own, references = named(html)
    ids = written.ids.get(url, frozenset()).union(own)
    written.note(url, ids, places_of(url, ids, references))


def check_links(out: Path, written: Written) -> list[str]:
    """List the links and anchors that lead nowhere, each with a page that holds it, in French."""
    broken = []
    known: dict[str, bool] = {}
    for target, source in sorted(written.links.items()):
        address, _, anchor = target.partition("#")
        if address not in known:
            known[address] = os.path.isfile(os.path.join(out, urls.output_path(address)))  # noqa: PTH113, PTH118
        if not known[address]:
            broken.append(f"/{source} mène à /{address}, qui n’existe pas")
        elif anchor and address in written.ids and anchor not in written.ids[address]:
            broken.append(f"/{source} mène à /{address}#{anchor}\u00a0: ce repère n’existe pas dans la page")
    return broken

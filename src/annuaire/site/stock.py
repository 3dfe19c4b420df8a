"""Keep the pages of the last build, as they were published: those that show no change are not made again.

Two hashes decide. The mark holds all that any kept page may depend on, but for what records say that only pages that
lead to them show (`annuaire.catalogue.frame`): the program, the settings, the tables, the other collections, the
images, which pages there are. When it is another one, nothing is kept. When it is the same, a page is kept unless it
is that of a record that changed, or leads to it. A page says for itself, in its plan, what else it shows (its day, its
document); one whose plan says nothing is made each time. Who asks for one compares its shell and its day.

What stands here is only ever read: pages beside an index, each with its hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from annuaire import keeping, urls
from annuaire.pages.page import Plan

FOLDER = "pages-gardees"  # of the cache
WORN = 1.25  # times the bytes of the pages that their files may take: beyond, all are written anew
_INDEX = "index.json"
_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

Place = tuple[str, int, int, str, str]  # file, first byte, length, hash, hash of what the plan says that it shows


@dataclass(frozen=True, slots=True)
class Finished:
    """Hold a page as it is published, and what is asked of it.

    `shell` is the mark of the shell that surrounds it, `day` its day (ISO 8601, "" when not known), `ids` all those
    that it has, `places` the addresses and anchors of the site that it leads to, `enterprises` the slugs of those that
    it is about or leads to; `files` are written beside it (address, text).
    """

    url: str
    tab: str
    html: bytes
    shell: str
    day: str
    indexed: bool
    reads_all: bool
    ids: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    def packed(self) -> bytes:
        """Write it as one line of JSON, then the page."""
        told = (self.url, self.tab, self.shell, self.day, self.indexed, self.reads_all)
        line = json.dumps((*told, _named(self.ids), self.places, self.enterprises, self.files), separators=(",", ":"))
        return line.encode("ascii") + b"\n" + self.html


def _unpacked(data: bytes) -> Finished:
    line, _, html = data.partition(b"\n")
    url, tab, shell, day, indexed, reads_all, ids, places, enterprises, files = json.loads(line)
    files = tuple(map(tuple, files))
    return Finished(url, tab, html, shell, day, indexed, reads_all, _ids(ids), tuple(places), tuple(enterprises), files)


@lru_cache(maxsize=10_000)
def _named(ids: frozenset[str]) -> str:
    return "\n".join(sorted(ids))


@lru_cache(maxsize=10_000)
def _ids(text: str) -> frozenset[str]:
    """Give one set for all the pages that have the same ids, as most have: one each would weigh tens of megabytes."""
    return frozenset(text.split("\n")) if text else frozenset()


class Part:
    """Keep the pages of one process in a file of its own; once the disk refuses, none of them."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.places: dict[str, Place] = {}
        self._name, self._file, self._end = name, file, 0

    def keep(self, plan: Plan, page: Finished) -> None:
        """Keep a page whose plan says what it shows."""
        if plan.shows is None or self._end < 0:
            return
        data = page.packed()
        try:
            self._file.write(data)
        except OSError:
            self.forget()
            return
        self.places[page.url] = (self._name, self._end, len(data), _hash(data), _hash(plan.shows.encode()))
        self._end += len(data)

    def hold(self, url: str, place: Place) -> None:
        """Keep a page where it already stands."""
        if self._end >= 0:
            self.places[url] = place

    def forget(self) -> None:
        """Keep nothing."""
        self.places.clear()
        self._end = -1


@dataclass
class Stock:
    """Give the pages that were kept under a mark, and keep those of this build in their place.

    `records` holds the hash of each record by its slug. Several processes may ask and keep at once, each for itself.
    """

    folder: Path
    name: str
    records: Mapping[str, str]
    _known: dict[str, Place] = field(default_factory=dict)
    _files: dict[str, int] = field(default_factory=dict)
    _changed: frozenset[str] = frozenset()
    _is_worn: bool = False

    def __post_init__(self) -> None:
        """Read what the last build kept, and throw away what killed ones left."""
        found = keeping.read(self.folder / _INDEX, self.name) or {"records": {}, "pages": {}}
        self._sweep(place[0] for place in found["pages"].values())
        changed = [slug for slug, digest in found["records"].items() if self.records.get(slug) != digest]
        if found["records"].keys() != self.records.keys():
            return
        try:
            for name in {place[0] for place in found["pages"].values()}:
                self._files[name] = os.open(self.folder / name, _TO_READ)
        except OSError:  # gone
            return
        size = sum(os.fstat(file).st_size for file in self._files.values())
        self._is_worn = size > WORN * sum(place[2] for place in found["pages"].values())
        self._changed = frozenset(changed)
        self._known = found["pages"]

    def find(self, plan: Plan) -> Finished | None:
        """Give a page as it was kept; None when there is none, or when a record that it shows changed."""
        place = self._known.get(plan.url)
        if place is None or plan.shows is None or place[4] != _hash(plan.shows.encode()):
            return None
        name, start, length, digest, _ = place
        data = _piece(self._files[name], start, length)
        if _hash(data) != digest:
            return None
        page = _unpacked(data)
        return page if self._changed.isdisjoint(page.enterprises) else None

    def enterprises(self, places: Iterable[str]) -> tuple[str, ...]:
        """List the records of enterprises whose page, or what is beside it, is at some addresses."""
        first = len(urls.ENTERPRISES)
        named = {place[first : place.find("/", first)] for place in places if place.startswith(urls.ENTERPRISES)}
        return tuple(sorted(self.records.keys() & named))

    def keep(self, plan: Plan, page: Finished, part: Part, *, is_found: bool) -> None:
        """Keep a page for the next build: where it was found, unless too much there is of no use any more."""
        if is_found and not self._is_worn:
            part.hold(plan.url, self._known[plan.url])
        else:
            part.keep(plan, page)

    @contextmanager
    def part(self) -> Iterator[Part]:
        """Open a file of this process for the pages that it finds or makes; it keeps none where the disk refuses."""
        name = f"{os.getpid()}-{time.time_ns()}"
        with keeping.opened(self.folder / name) as file:
            part = Part(name, file)
            yield part
            try:
                file.flush()
            except OSError:
                part.forget()

    def close(self, pages: Mapping[str, Place]) -> None:
        """Put what this build kept, by address, in the place of what was kept before."""
        for file in self._files.values():
            os.close(file)
        keeping.write(self.folder / _INDEX, self.name, {"records": dict(self.records), "pages": dict(pages)})
        self._sweep(place[0] for place in pages.values())

    def _sweep(self, kept: Iterable[str]) -> None:
        names = {_INDEX, *kept}
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in names:
                with suppress(OSError):
                    path.unlink()


def _piece(file: int, start: int, length: int) -> bytes:
    """Read a part of a file that several processes may be reading; what the disk refuses is as good as changed."""
    try:
        if hasattr(os, "pread"):
            return os.pread(file, length, start)
        os.lseek(file, start, os.SEEK_SET)  # Windows, where one process does it all
        return os.read(file, length)
    except OSError:
        return b""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

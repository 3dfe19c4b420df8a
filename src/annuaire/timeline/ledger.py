"""Tell which enterprises stood on a day, from the project's history, and what is counted of each.

One `git log` along first parents gives every state of every record; only the texts that differ from today's are read.
What git cannot tell is unknown, never zero. Who wrote a change is never asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath

from annuaire import git, schema
from annuaire.catalogue.facts import Facts, Month, facts, facts_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.statistics import Statistics, a_year_before
from annuaire.catalogue.supply import Supply
from annuaire.config import Settings
from annuaire.places.territories import Territories
from annuaire.records.collections import ENTERPRISES
from annuaire.records.reading import EXTENSION, Record
from annuaire.timeline.past import RAW_LOG, Past, Step, steps_of
from annuaire.yamlfile import source

_LONG = 64  # characters of an identifier, in a repository that names by SHA-256


class Ledger:
    """Follow the records of enterprises of a site, state by state; `steps` are given the oldest first."""

    def __init__(self, root: Path, folder: Path, steps: Iterable[Step]) -> None:
        self.root = root
        self.folder = folder
        self._days: list[tuple[date, Step]] = []
        latest = date.min
        for step in steps:
            latest = max(latest, step.day or latest)  # a clock that went back changes nothing of the order
            self._days.append((latest, step))
        self._known: dict[str, Facts | None] = {}

    @property
    def start(self) -> date | None:
        """Give the day of the first record; None where there is no history."""
        return self._days[0][0] if self._days else None

    def learn(self, records: Iterable[tuple[str, Facts]]) -> None:
        """Take the texts of records of today with what is counted of them: no such text is read again."""
        if not self._days:
            return
        long = any(len(step.id) == _LONG for _, step in self._days)
        for text, counted in records:
            data = text.encode("utf-8", "surrogateescape")
            name = hashlib.new("sha256" if long else "sha1", b"blob %d\0" % len(data), usedforsecurity=False)
            name.update(data)
            self._known[name.hexdigest()] = counted

    def added(self) -> dict[str, date]:
        """Date the records that came after the first day, by slug: when their file appeared, the last time it did."""
        found: dict[str, date] = {}
        for day, step in self._days:
            if step.status == "A" and day != self.start:
                found[_slug(step)] = day
            elif step.status == "D":
                found.pop(_slug(step), None)
        return found

    def before(self, day: date, territories: Territories) -> tuple[Facts, ...] | None:
        """Give what stood just before a day; None when the history does not go back to it."""
        if self.start is None or self.start >= day:
            return None
        return self._facts([self._at(day - timedelta(days=1))], territories)[0]

    def months(self, today: date, territories: Territories) -> tuple[Month, ...]:
        """Count what stood at the end of each month that is over, from the first one of the history, oldest first."""
        ends = [*_ends(self.start, today)] if self.start else []
        states = self._facts([self._at(end) for end in ends], territories)
        return tuple(
            Month(end, sum(f.is_listed for f in state), sum(f.is_listed and f.is_confirmed for f in state))
            for end, state in zip(ends, states, strict=True)
        )

    def statistics(self, supply: Supply, day: date, since: date | None = None) -> Statistics:
        """Give what counts a site on a day, with what this history knows of what was new since another, and before."""
        known = supply.catalogue.territories
        start = since or a_year_before(day)
        months, before = self.months(day, known), self.before(start, known)
        return Statistics(supply, day, added=self.added(), months=months, since=start, before=before)

    def _at(self, day: date) -> dict[str, Step]:
        """Give the state of each record at the end of a day."""
        found: dict[str, Step] = {}
        for when, step in self._days:
            if when > day:
                break
            if step.id:
                found[_slug(step)] = step
            else:
                found.pop(_slug(step), None)
        return found

    def _facts(self, states: list[dict[str, Step]], territories: Territories) -> list[tuple[Facts, ...]]:
        unread = {step.id: step for state in states for step in state.values() if step.id not in self._known}
        if unread:
            texts = Past(self.root, schema.load(ENTERPRISES)).texts(unread.values())
            for name, step in unread.items():
                self._known[name] = _read(step, texts[name], territories) if name in texts else None
        return [tuple(f for step in state.values() if (f := self._known[step.id])) for state in states]


@lru_cache(maxsize=1)
def ledger(root: Path, folder: Path, commit: str) -> Ledger:
    """Read the history of a folder of records; asked again only when `commit`, the present one, is another.

    What git cannot tell (no repository, a folder that it does not follow) gives an empty ledger.
    """
    base = root if folder.is_relative_to(root) else folder
    inside = PurePosixPath(folder.relative_to(base).as_posix())
    answer = git.answer(base, *RAW_LOG, "--reverse", "--relative", "--", str(inside)) if commit else b""
    return Ledger(base, folder, (s for s in steps_of(answer) if _is_record(PurePosixPath(s.path), inside)))


def of_site(settings: Settings, commit: str, records: Iterable[Record], catalogue: Catalogue) -> Ledger:
    """Read the history of the enterprises of a site, of which `records` are those of today."""
    found = ledger(settings.root, settings.content / ENTERPRISES, commit)
    known = catalogue.by_slug
    found.learn((r.document.text, facts(catalogue, known[r.slug])) for r in records if r.slug in known)
    return found


def _is_record(path: PurePosixPath, inside: PurePosixPath) -> bool:
    return path.suffix == EXTENSION and path.parent == inside


def _slug(step: Step) -> str:
    return PurePosixPath(step.path).stem


def _read(step: Step, data: bytes, territories: Territories) -> Facts | None:
    """Read a past text; None for one that cannot be."""
    document = source.parse_bytes(data, Path(step.path))
    return None if document.faults else facts_of(_slug(step), document.values, territories)


def _ends(start: date, today: date) -> Iterator[date]:
    """Yield the last day of each month from that of `start` to the one before that of `today`."""
    year, month = start.year, start.month
    while (year, month) < (today.year, today.month):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield date(year, month, 1) - timedelta(days=1)

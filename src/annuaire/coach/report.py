"""Hold what is said of a proposal; nothing is worked out or worded for a medium here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from annuaire.catalogue.completeness import Completeness
from annuaire.catalogue.differences import Difference
from annuaire.text.problems import Problem, Severity


class Fate(StrEnum):
    """Say what a proposal does to a record."""

    CREATED = "creee"
    CHANGED = "modifiee"
    RENAMED = "renommee"
    DELETED = "supprimee"


@dataclass(frozen=True, slots=True)
class Flag:
    """Ask a person to look: a stable code, what was seen, what to do, the files concerned and their record, if one."""

    code: str
    message: str
    hint: str
    files: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold a problem; `is_old` when the record had it before the proposal."""

    problem: Problem
    is_old: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold what a record is worth in one state; `freshness` says in words who vouched for it and when."""

    completeness: Completeness
    freshness: str


@dataclass(frozen=True, slots=True)
class Change:
    """Hold what a proposal does to one record: `note` says what its creation, renaming or deletion means."""

    fate: Fate
    collection: str
    file: str
    name: str
    former_file: str = ""
    note: str = ""
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    before: Measure | None = None
    after: Measure | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Hold all that is said of a proposal: `elsewhere` are problems it causes in records it does not touch.

    `pages` are those of the hand-written pages it brings, `registry` the files of the register's archive. `version` is
    the commit that was read, `steps` counts those of the proposal; `is_harmless` when nothing that it changes could act
    in a preview made with it.
    """

    base: str
    head: str
    version: str
    changes: tuple[Change, ...]
    flags: tuple[Flag, ...]
    elsewhere: tuple[Problem, ...]
    solved: int
    other_files: tuple[str, ...]
    steps: int
    is_harmless: bool
    pages: tuple[Problem, ...] = ()
    registry: tuple[Problem, ...] = ()

    @property
    def problems(self) -> Sequence[Problem]:
        """List the problems of the records that change, then those caused elsewhere, of pages and of other files."""
        own = (fault.problem for change in self.changes for fault in change.faults)
        return [*own, *self.elsewhere, *self.pages, *self.registry]

    @property
    def errors(self) -> int:
        """Count what would stop the site from being published."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """Count what a person should look at."""
        return len(self.problems) - self.errors

"""Say what is wrong: data at fault is a `Problem`, a run that cannot go on is an `AnnuaireError`.

This module holds no wording (see `annuaire.text.messages`) and prints nothing (see `annuaire.cli.reporters`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

RecordPath = tuple[str | int, ...]


class AnnuaireError(Exception):
    """Stop a run that cannot go on; the message is one French sentence that says what to do."""


class Severity(StrEnum):
    """Rank a problem: an error stops a build, a warning does not unless `--strict`."""

    ERROR = "erreur"
    WARNING = "avertissement"


class Reach(StrEnum):
    """Say what is judged: a record (`fiche`), all of them (`catalogue`), a written page (`page`), a file (`depot`)."""

    RECORD = "fiche"
    CATALOGUE = "catalogue"
    PAGE = "page"
    REPOSITORY = "depot"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """Place a problem: a file relative to the project, a line and a column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Report what a rule saw, before it has a place in a file or words.

    `path` leads to the value in the record, such as `("etablissements", 0, "code_postal")`; an empty
    path is the whole record. `values` fills the placeholders of the code's sentence. With `on_key`
    the place is the key itself rather than its value; `at` is the place (line and column, from 1) of
    what stands in no value, as a comment does.
    """

    code: str
    path: RecordPath = ()
    values: Mapping[str, str] = field(default_factory=dict)
    on_key: bool = False
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Describe one fault in the data: where, how grave, a stable code, a sentence and a remedy.

    `value` is what was found, whole, where the finding says it: the sentence may cut it. `values` are those of the
    finding, to say it in other words.
    """

    location: Location
    code: str
    message: str
    hint: str
    severity: Severity
    slug: str = ""
    path: RecordPath = field(default=(), compare=False)
    value: str = field(default="", compare=False)
    values: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


class WrongRecordsError(AnnuaireError):
    """Stop a work that needs records without errors: `problems`, and `counts` of the records judged by collection.

    `what` names what is at fault, « Des fiches » unless pages are.
    """

    def __init__(self, problems: tuple[Problem, ...], counts: Mapping[str, int], what: str = "Des fiches") -> None:
        super().__init__(f"{what} contiennent des erreurs\u00a0: rien n’a été publié, le dernier site reste en place.")
        self.problems = problems
        self.counts = counts

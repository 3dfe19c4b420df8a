"""Hold a table of figures before anyone writes it: typed columns, raw values, a sentence that says it.

Pages, files and the command line write the same tables. Nothing here counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annuaire.text import french

Value = str | int | float | None
MINUS = "\u2212"


class Kind(StrEnum):
    """Say what a column holds: words, a count, a percentage, a rate with one decimal, how much more than before."""

    TEXT = "texte"
    COUNT = "nombre"
    SHARE = "part"
    RATE = "taux"
    CHANGE = "ecart"


@dataclass(frozen=True, slots=True)
class Column:
    """Name a column: `key` in files, `title` for people."""

    key: str
    title: str
    kind: Kind = Kind.COUNT


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table: `code` names it, `sentence` says it, each row has a value for each column.

    The column `code`, where there is one, is the name of a row for programs: people are not shown it.
    """

    code: str
    title: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def shown(self) -> tuple[Column, ...]:
        """List the columns that people are shown."""
        return tuple(column for column in self.columns if column.key != "code")

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Write each row as people read it."""
        for row in self.rows:
            pairs = zip(self.columns, row, strict=True)
            yield tuple(shown(value, column.kind) for column, value in pairs if column.key != "code")

    def values(self, key: str) -> tuple[Value, ...]:
        """Give the values of a column by its key; raise KeyError when there is none."""
        ranks = {column.key: rank for rank, column in enumerate(self.columns)}
        return tuple(row[ranks[key]] for row in self.rows)


def shown(value: Value, kind: Kind) -> str:
    """Write one value as people read it; nothing for one that is not known."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind is Kind.SHARE:
        return f"{french.number(value)}{french.NBSP}%"
    if kind is Kind.CHANGE and value:
        return f"{'+' if value > 0 else MINUS}{french.number(abs(value))}"
    return french.number(value)


def share(part: int, whole: int) -> float:
    """Give a percentage with one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def leading(
    table: Table, key: str, nouns: str, counted: tuple[str, str], *, whole: int = 0, feminine: bool = False
) -> str:
    """Say which rows have the most of what a column counts: one, up to three that are equal, or how many are.

    `nouns` names the rows in the plural, `counted` what is counted, singular and plural; the share is of `whole`, of
    all the rows together without it. "" when all is zero.
    """
    counts = [value for value in table.values(key) if isinstance(value, int)]
    most = max(counts, default=0)
    if not most:
        return ""
    labels = [
        str(label) for label, value in zip(table.values("libelle"), table.values(key), strict=True) if value == most
    ]
    amount = french.count(most, *counted)
    part = shown(share(most, whole or sum(counts)), Kind.SHARE)
    if len(labels) == 1:
        return f"Au premier rang{french.NBSP}: {labels[0]}, {amount} ({part})."
    each = "chacune" if feminine else "chacun"
    who = french.enumeration(labels) if len(labels) <= 3 else f"{french.number(len(labels))}{french.NBSP}{nouns}"
    return f"Au premier rang, à égalité{french.NBSP}: {who}, {amount} {each} ({part})."

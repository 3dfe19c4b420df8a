"""Lay a table of figures out in columns of letters, for a terminal or a plain text."""

from __future__ import annotations

from annuaire.text import french
from annuaire.text.figures import Kind, Table

_LABEL = 100  # characters of the first column, at most


def text(table: Table) -> str:
    """Write a table: its title, its sentence, then its rows under their titles; the sentence alone when it has none."""
    head = f"{table.title}\n{table.sentence}"
    if not table.rows:
        return head
    kinds = [column.kind for column in table.shown]
    rows = [tuple(column.title for column in table.shown), *table.texts()]
    rows = [(french.shorten(row[0], _LABEL), *row[1:]) for row in rows]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            f"{cell:<{width}}" if kind is Kind.TEXT else f"{cell:>{width}}"
            for cell, width, kind in zip(row, widths, kinds, strict=True)
        ).rstrip()
        for row in rows
    )
    return "\n".join([head, *lines])

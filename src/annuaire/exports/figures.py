"""Write tables of figures as files: one table as CSV, several as one long CSV or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annuaire.exports.tables import safe
from annuaire.text.figures import Kind, Table, Value

LONG = ("tableau", "code", "libelle", "mesure", "valeur")


def to_csv(table: Table) -> str:
    """Write one table (RFC 4180, `\\n` between lines, a header); shares are percentages, what is unknown is empty."""
    return _written([column.key for column in table.columns], table.rows)


def to_long_csv(tables: Iterable[Table]) -> str:
    """Write several tables as one: a line for each number."""
    return _written(LONG, _numbers(tables))


def to_json(tables: Iterable[Table], head: Mapping[str, Any]) -> str:
    """Write several tables as JSON, after `head`: their rows are objects by the keys of the columns."""
    listed = [
        {
            "code": table.code,
            "titre": table.title,
            "phrase": table.sentence,
            "lignes": [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows],
        }
        for table in tables
    ]
    return json.dumps({**head, "tableaux": listed}, ensure_ascii=False, indent=1) + "\n"


def _numbers(tables: Iterable[Table]) -> Iterator[tuple[Value, ...]]:
    for table in tables:
        named = {column.key for column in table.columns}
        for rank, row in enumerate(table.rows):
            code = table.values("code")[rank] if "code" in named else ""
            for column, value in zip(table.columns, row, strict=True):
                if column.kind is not Kind.TEXT:
                    yield table.code, code, table.values("libelle")[rank], column.key, value


def _written(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()

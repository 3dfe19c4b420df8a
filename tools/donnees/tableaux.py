"""Read and write the CSV tables of the official territories.

One convention everywhere: UTF-8, `\\n` at the end of lines, a header, cells stripped.
"""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """Read a CSV file into rows of stripped cells; raise `OSError` when it is not there."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: (cell or "").strip() for key, cell in row.items()} for row in csv.DictReader(file)]


def write_table(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Write rows under `columns`, in that order; raise `ValueError` on a column that is not listed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

"""Write tables of figures as a workbook: a sheet for each, with real numbers, after one that says them in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.intake.workbooks import laying
from annuaire.text.figures import Kind, Table, Value

SENTENCES = "Phrases"
_FORMATS = {Kind.COUNT: "# ##0", Kind.SHARE: '0.0" %"', Kind.RATE: "0.0", Kind.CHANGE: "+0;-0;0"}
_LONGEST_NAME = 31  # of a sheet
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write(path: Path, tables: Sequence[Table], note: str) -> None:
    """Write the workbook; `note` says what is counted."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):  # a new workbook has one
        first = book.create_sheet()
    first.title = SENTENCES
    laying.heading(first, 1, "Tableau")
    laying.heading(first, 2, "Phrase")
    said = [(table.title, table.sentence) for table in tables]
    for row, pair in enumerate([*said, ("Ce qui est compté", note)], start=2):
        for column, words in enumerate(pair, start=1):
            laying.put(first, row, column, words).alignment = Alignment(wrap_text=True, vertical="top")
    laying.finish(first, {1: 30, 2: 100}, frozen="A2")
    for table in tables:
        _sheet(book.create_sheet(table.title.translate(_FORBIDDEN)[:_LONGEST_NAME]), table)
    laying.save(book, path)


def _sheet(sheet: Worksheet, table: Table) -> None:
    ranks = [rank for rank, column in enumerate(table.columns) if column.key != "code"]
    for number, rank in enumerate(ranks, start=1):
        laying.heading(sheet, number, table.columns[rank].title)
    for row, values in enumerate(table.rows, start=2):
        for number, rank in enumerate(ranks, start=1):
            _cell(sheet, row, number, values[rank], table.columns[rank].kind)
    widths = {number: 44 if table.columns[rank].kind is Kind.TEXT else 16 for number, rank in enumerate(ranks, start=1)}
    laying.finish(sheet, widths, frozen="B2")


def _cell(sheet: Worksheet, row: int, column: int, value: Value, kind: Kind) -> None:
    if isinstance(value, str):
        laying.put(sheet, row, column, value)
    elif value is not None:
        cell = sheet.cell(row=row, column=column, value=value)
        cell.number_format = _FORMATS.get(kind, "General")

"""Write what people open in a spreadsheet: one workbook that holds everything, and the same enterprises as a CSV.

Headings are the titles of the fields and codes are said in words, as a page says them; the import reads both back. The
tables of the data package (`annuaire.exports.tables`) keep codes and names for programs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from annuaire.catalogue.index import Catalogue
from annuaire.exports import xlsx
from annuaire.exports.tables import NO, YES, Laid, safe, typed
from annuaire.places.meanings import Meanings
from annuaire.schema import Field
from annuaire.text.figures import Kind, Table, Value

BETWEEN = "; "  # values of a list in one cell
DICTIONARY = "Dictionnaire"
_SAID = ("Feuille", "Colonne", "Nom dans les tables CSV", "Genre", "Sens", "Exemple")
_KINDS = {
    "string": "texte",
    "list": "liste, séparée par des points-virgules",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date",
    "boolean": "oui ou non",
}


def workbook(
    catalogue: Catalogue, tables: Sequence[Laid], figures: Sequence[Table], title: str, author: str, when: datetime
) -> bytes:
    """Write the tables as one workbook: a sheet for each that has rows, the figures, the dictionary of the columns."""
    meanings = Meanings(catalogue.vocabularies, catalogue.territories)
    filled = [laid for laid in tables if laid.rows]
    sheets = [xlsx.Sheet(laid.table.title, _headings(laid), _rows(laid, meanings)) for laid in filled]
    words = (
        (laid.table.title, heading, f.name, _KINDS[f.type], f.help, f.example)
        for laid in filled
        for heading, f in zip(_headings(laid), laid.columns, strict=True)
    )
    counted = [xlsx.Sheet(f"Chiffres, {_lower(table.title)}", *_counted(table)) for table in figures]
    return xlsx.workbook([*sheets, *counted, xlsx.Sheet(DICTIONARY, _SAID, words)], title, author, when)


def to_csv(catalogue: Catalogue, laid: Laid) -> bytes:
    """Write a table as the CSV that Excel opens in Québec: UTF-8 announced by its mark, semicolons, CRLF."""
    meanings = Meanings(catalogue.vocabularies, catalogue.territories)
    return french_csv([_headings(laid), *_rows(laid, meanings, keeps=str)])


def figures_csv(table: Table) -> bytes:
    """Write a table of figures as such a CSV; shares are percentages, what is unknown is empty."""
    headings, rows = _counted(table)
    return french_csv([headings, *rows])


def _counted(table: Table) -> tuple[list[str], list[list[Value]]]:
    """Give the columns that people are shown, by their titles, and their values."""
    kept = [(rank, column) for rank, column in enumerate(table.columns) if column in table.shown]
    headings = [f"{column.title} (%)" if column.kind is Kind.SHARE else column.title for _, column in kept]
    return headings, [[row[rank] for rank, _ in kept] for row in table.rows]


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def french_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Write rows of texts, numbers and days as such a CSV; no cell is run by a spreadsheet."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(map(_plain, rows))
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _plain(row: Sequence[Any]) -> list[str]:
    return [_number(cell) if isinstance(cell, int | float) else safe(str(cell or "")) for cell in row]


def _number(value: float) -> str:
    return str(value).replace(".", ",")


def _headings(laid: Laid) -> list[str]:
    """Give each column its title, with its name when another has the same."""
    titles = [f.title for f in laid.columns]
    return [f.title if titles.count(f.title) == 1 else f"{f.title} ({f.name})" for f in laid.columns]


def _rows(laid: Laid, meanings: Meanings, keeps: Callable[[str], str] = typed) -> Iterator[list[Any]]:
    says = [_wording(f, meanings, keeps) for f in laid.columns]
    for row in laid.rows:
        yield [say(value) if say else value for say, value in zip(says, row, strict=True)]


def _wording(field: Field, meanings: Meanings, keeps: Callable[[str], str]) -> Callable[[Any], Any] | None:
    """Give what says a value of a field in words; None where it is as it is."""
    labels: Mapping[str, str] = meanings.choices(field) or field.labels
    if field.is_list:
        return lambda values: BETWEEN.join(labels.get(value, value) for value in values)
    if field.type == "boolean":
        return lambda value: "" if value is None else YES if value else NO
    if labels:
        return lambda value: labels.get(value, value)
    return keeps if field.type == "string" else None

"""Lay records out as the tables of the schema: one CSV per table, columns named and ordered by the schema.

A table of the schema names its values by their path in a record, which is also their path in the model: no
column is listed here. What a person opens in a spreadsheet is written by `annuaire.exports.spreadsheet`.
Cells are made safe for spreadsheets; they are not judged (the rules have done it).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Any

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import PHOTO, Enterprise
from annuaire.schema import Field, Schema, Table, column
from annuaire.shared import SHARED

YES, NO = "oui", "non"
# A spreadsheet runs what starts with one of these (the wide forms too): an apostrophe makes it a text.
RISKY = frozenset(SHARED["tableur"]["risques"])
_FIRST = RISKY | {"'"}
_NUMBER = re.compile(SHARED["tableur"]["nombre"])
_LIKE_PROTECTED = re.compile(r"'+[=+\-@0-9\uff1d\uff0b\uff0d\uff20]|=\"(?:[^\"]|\"\")*\"\s*$")
_CONTROL = re.compile(SHARED["tableur"]["invisibles"])

Cells = tuple[Any, ...]
_EMPTY = ("", None, ())


def published(catalogue: Catalogue) -> tuple[Enterprise, ...]:
    """List what is open data: every enterprise listed or closed, confidential addresses taken away."""
    return tuple(
        _without_address(e) if e.adresse_confidentielle else e
        for e in catalogue.enterprises
        if e.is_closed or not e.fusionnee_avec
    )


def _without_address(e: Enterprise) -> Enterprise:
    places = tuple(
        replace(p, adresse="", code_postal="", latitude=None, longitude=None, precision="") for p in e.etablissements
    )
    logos = tuple(image for image in e.images if image.genre != PHOTO)
    return replace(e, etablissements=places, locaux=(), heberges=(), images=logos)


def reader(paths: Sequence[str]) -> Callable[[Any], Cells]:
    """Give the function that reads the values at some paths (`verification.date`) of an item of the model."""
    read: Callable[[Any], Any] = attrgetter(*paths)
    return read if len(paths) > 1 else lambda item: (read(item),)


@dataclass(frozen=True, slots=True)
class Laid:
    """Hold a table laid out: its columns, what the data package says of each, and rows of values as the model has them.

    A column that no row fills is left out; a table without rows keeps them all.
    """

    table: Table
    columns: tuple[Field, ...]
    descriptors: tuple[Mapping[str, Any], ...]
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Add columns to the root table, which no record holds as such: their descriptors, and what gives their values."""

    descriptors: tuple[Mapping[str, Any], ...]
    values: Callable[[Any], Cells]


def lay(schema: Schema, table: Table, items: Iterable[Any], added: Added | None = None) -> Laid:
    """Lay out one table of any collection, with `added` columns at its end."""
    more = added.descriptors if added else ()
    own = [*table.fields, *(column(raw) for raw in more)]
    described = [*table.descriptor["schema"]["fields"], *more]
    read = reader([".".join(f.path) for f in table.fields if f.path])
    extra = added.values if added else lambda _: ()
    rows = [(*keys, *read(item), *extra(item)) for keys, item in _items(schema, table, items)]
    kept = [i for i, f in enumerate(own) if not rows or not f.path or any(row[i] not in _EMPTY for row in rows)]
    pick: Callable[[Any], Cells] = itemgetter(*kept)
    return Laid(table, tuple(own[i] for i in kept), tuple(described[i] for i in kept), tuple(map(pick, rows)))


def to_csv(laid: Laid) -> str:
    """Write a table as CSV (RFC 4180, `\\n` between lines, a header): codes, `|` in lists, as the data package says."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(f.name for f in laid.columns)
    writer.writerows(_written(laid))
    return buffer.getvalue()


def _written(laid: Laid) -> Iterator[list[Any]]:
    texts = [index for index, f in enumerate(laid.columns) if f.path and f.type == "string"]
    flags = [index for index, f in enumerate(laid.columns) if f.type == "boolean"]
    lists = [(i, raw["delimiter"]) for i, raw in enumerate(laid.descriptors) if raw["type"] == "list"]
    for row in laid.rows:
        cells = list(row)
        for index in texts:
            text = cells[index]
            if text:
                cells[index] = safe(text)
        for index in flags:
            cells[index] = "" if cells[index] is None else YES if cells[index] else NO
        for index, delimiter in lists:
            cells[index] = safe(delimiter.join(cells[index]))
        yield cells


def _items(schema: Schema, table: Table, items: Iterable[Any]) -> Iterator[tuple[Cells, Any]]:
    """Yield the keys of each row and what its values are read from."""
    if table is schema.root:
        yield from (((e.slug,), e) for e in items)
        return
    children = attrgetter(table.key)
    for e in items:
        yield from (((e.slug, order), item) for order, item in enumerate(children(e), start=1))


def safe(text: str) -> str:
    """Make a text harmless to a spreadsheet: no control character, and an apostrophe before what it would run.

    One more stands before an apostrophe that an import would take for that one.
    """
    if text[:1] not in _FIRST and text.isprintable():  # nearly all of them: told at once
        return text
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text[:1] in RISKY and not _NUMBER.fullmatch(text):
        return "'" + text
    return typed(text)


def typed(text: str) -> str:
    """Make a text of a workbook, where it runs nothing, one that an import takes back as it is."""
    return "'" + text if text[:1] in ("'", "=") and _LIKE_PROTECTED.match(text) else text

"""Lay records out as the tables of the schema: one CSV per table, columns named and ordered by the schema.

A table of the schema names its values by their path in a record, which is also their path in the model: no
column is listed here. Cells are made safe for spreadsheets; they are not judged (the rules have done it).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.schema import Schema, Table
from annuaire.shared import SHARED

YES, NO = "oui", "non"
# A spreadsheet runs what starts with one of these (the wide forms too): an apostrophe makes it a text.
RISKY = frozenset(SHARED["tableur"]["risques"])
_NUMBER = re.compile(SHARED["tableur"]["nombre"])
_CONTROL = re.compile(SHARED["tableur"]["invisibles"])

Cells = tuple[Any, ...]


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
    return replace(e, etablissements=places, locaux=(), heberges=())


def reader(paths: Sequence[str]) -> Callable[[Any], Cells]:
    """Give the function that reads the values at some paths (`verification.date`) of an item of the model."""
    read: Callable[[Any], Any] = attrgetter(*paths)
    return read if len(paths) > 1 else lambda item: (read(item),)


def to_csv(schema: Schema, table: Table, items: Iterable[Any]) -> str:
    """Write one table of any collection as CSV (RFC 4180, `\\n` between lines, a header)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(f.name for f in table.fields)
    writer.writerows(_rows(schema, table, items))
    return buffer.getvalue()


def _rows(schema: Schema, table: Table, items: Iterable[Any]) -> Iterator[list[Any]]:
    columns = [f for f in table.fields if f.path]
    read = reader([".".join(f.path) for f in columns])
    delimiters = {f["name"]: f["delimiter"] for f in table.descriptor["schema"]["fields"] if f["type"] == "list"}
    texts = [index for index, f in enumerate(columns) if f.type == "string"]
    flags = [index for index, f in enumerate(columns) if f.type == "boolean"]
    lists = [(index, delimiters[f.name]) for index, f in enumerate(columns) if f.type == "list"]
    for keys, item in _items(schema, table, items):
        cells = list(read(item))
        for index in texts:
            text = cells[index]
            if text and (text[0] in RISKY or not text.isprintable()):  # told at once: there are 500,000 cells
                cells[index] = safe(text)
        for index in flags:
            cells[index] = "" if cells[index] is None else YES if cells[index] else NO
        for index, delimiter in lists:
            cells[index] = safe(delimiter.join(cells[index]))
        yield [*keys, *cells]


def _items(schema: Schema, table: Table, items: Iterable[Any]) -> Iterator[tuple[Cells, Any]]:
    """Yield the keys of each row and what its values are read from."""
    if table is schema.root:
        yield from (((e.slug,), e) for e in items)
        return
    children = attrgetter(table.key)
    for e in items:
        yield from (((e.slug, order), item) for order, item in enumerate(children(e), start=1))


def safe(text: str) -> str:
    """Make a text harmless to a spreadsheet: no control character, and an apostrophe before what it would run."""
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text[:1] in RISKY and not _NUMBER.fullmatch(text):
        return "'" + text
    return text

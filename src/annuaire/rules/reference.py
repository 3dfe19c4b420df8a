"""Judge what names a record of another collection: a text that is written as a slug must be that of a record.

A body without a record is named as people read it: with its capitals, its spaces, its accents. What is housed under a
roof must not be an enterprise whose address is confidential: the roof has an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from annuaire.records.collections import BY_NAME
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.schema import Schema
from annuaire.shared import SHARED
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
CODES = ("renvoi-inconnu", "hebergee-confidentielle")
_HOUSED = "heberges"
_SLUG = re.compile(SHARED["slug"])
_CLOSE = 75  # of 100: how alike two slugs are for one to be suggested


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report each slug that no record of the collection it should name bears."""
    targets = list(_targets(records[0].schema)) if records else []
    for record in records:
        for key, name, collection in targets:
            for path in _paths(record, key, name):
                written, known = record.text(*path), context.slugs.get(collection, frozenset())
                if key == _HOUSED and written in context.hidden:
                    yield record, Finding("hebergee-confidentielle", path, {"valeur": written})
                if written in known or not _SLUG.fullmatch(written):
                    continue
                close = process.extractOne(written, sorted(known), scorer=fuzz.ratio, score_cutoff=_CLOSE)
                values = {
                    "valeur": written,
                    "fiche": BY_NAME[collection].record_one,
                    "suggestion": close[0] if close else "",
                }
                yield record, Finding("renvoi-inconnu", path, values)


def _targets(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Yield the list, the name and the collection of each field that names records."""
    for table in schema.tables:
        for field in table.fields:
            if field.refers_to and field.path:
                yield table.key, field.path[0], field.refers_to


def _paths(record: Record, key: str, name: str) -> list[tuple[str | int, ...]]:
    return [(key, rank, name) for rank in range(record.count(key))] if key else [(name,)]

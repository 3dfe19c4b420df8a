"""Judge names met twice in a collection whose records have no places to tell them apart (see `near_duplicate`).

Events come back each year under one name: their first day tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.names import normalise_name
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("nom",)
CODES = ("nom-en-double",)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report, on the later record, the name of an earlier one."""
    if not records or "etablissements" in records[0].schema.children:
        return
    known: dict[tuple[str, str], Record] = {}
    for record in records:
        name = record.text("nom")
        first = known.setdefault((normalise_name(name), record.text("debut")), record) if name else record
        if first is not record:
            yield record, Finding("nom-en-double", ("nom",), {"nom": name, "fiche": first.file})

"""Judge where values are said to come from: a source gives nothing that the record does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("provenances",)
CODES = ("provenance-sans-valeur",)
LISTED = "provenances"


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each field that a source is said to have given and that holds nothing; `vocabulary` judges the names."""
    for cell in record.cells:
        if cell.path[0] == LISTED and cell.path[-1] == "champs":
            for index, name in enumerate(cell.value):
                held = record.schema.held(record.values, name)
                if held is not None and not any(held):
                    yield Finding("provenance-sans-valeur", (*cell.path, index), {"valeur": name})

"""Judge the validity of authorisations and proofs: an expired one must be renewed or taken out."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("conformite",)
CODES = ("conformite-expiree",)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a document whose last day of validity is past."""
    labels = record.schema.children["conformite"].field("type").labels
    for index in range(record.count("conformite")):
        here = ("conformite", index)
        day = record.day(*here, "valide_jusqua")
        if day is not None and day < context.today:
            document = record.text(*here, "type")
            values = {"document": labels.get(document, document), "valeur": day.isoformat()}
            yield Finding("conformite-expiree", (*here, "valide_jusqua"), values)

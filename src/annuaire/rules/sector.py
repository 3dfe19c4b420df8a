"""Judge secondary sectors beside the main one."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("secteurs_secondaires",)
CODES = ("secteur-repete",)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a secondary sector equal to the main one."""
    others = record.values.get("secteurs_secondaires")
    main = record.text("secteur")
    for index, sector in enumerate(others if isinstance(others, list) else ()):
        if sector == main:
            yield Finding("secteur-repete", ("secteurs_secondaires", index), {"valeur": main})

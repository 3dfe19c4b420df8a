"""Judge what is said to be open after its last day."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.periods import span
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("statut", "fin")
CODES = ("ouvert-apres-fin",)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an open programme whose end is past."""
    known = span(record.text("fin"))
    if record.text("statut") == "ouvert" and known and known.last < context.today:
        yield Finding("ouvert-apres-fin", ("statut",), {"valeur": record.text("fin")})

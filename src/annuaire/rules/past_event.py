"""Judge events whose last day is over: somebody must say whether they were held."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.periods import span
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
TRAIT = "calendrier"
CODES = ("evenement-passe",)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an event that is still said to be planned after its last day."""
    day = record.text("fin") or record.text("debut")
    known = span(day)
    if record.text("statut") == "prevu" and known and known.last < context.today:
        yield Finding("evenement-passe", ("statut",), {"valeur": day})

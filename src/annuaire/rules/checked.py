"""Judge the day on which a person last checked what helps enterprises: in a year, programmes close and offices move.

What nobody ever checked is no fault of a record: `annuaire stats` counts it, once for each collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.rules.freshness import months_before
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("verifie_le", "statut")  # a rule of purchasing has no status: it has a period
CODES = ("verifie-il-y-a-longtemps",)
MONTHS = 12
_SETTLED = ("tenu", "annule", "disparue", "termine")  # what is over no longer changes


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a record last checked more than `MONTHS` ago, unless what it says is over."""
    day = record.day("verifie_le")
    if day and day < months_before(context.today, MONTHS) and record.text("statut") not in _SETTLED:
        yield Finding("verifie-il-y-a-longtemps", ("verifie_le",), {"valeur": day.isoformat(), "mois": str(MONTHS)})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"mois": MONTHS, "acheves": _SETTLED}

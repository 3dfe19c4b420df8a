"""Judge status and closing day together: one without the other contradicts itself or leaves readers wondering.

A closing whose day nobody knows is only a warning: an empty field is honest, an invented one is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = (
    "statut",
    "date_fermeture",
)
CODES = ("fermee-sans-date", "date-sans-fermeture")
_NOT_CLOSED = ("active", "inconnu")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a closed enterprise without a closing day, and a closing day without a closed enterprise."""
    status, day = record.text("statut"), record.text("date_fermeture")
    if status == "fermee" and not day:
        yield Finding("fermee-sans-date", ("statut",))
    elif day and status in _NOT_CLOSED:
        yield Finding("date-sans-fermeture", ("date_fermeture",), {"valeur": day, "statut": status})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"nonFermes": _NOT_CLOSED}

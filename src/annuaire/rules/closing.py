"""Judge status and closing day together: one without the other contradicts itself or leaves readers wondering.

Nothing closes before it was founded.

A closing whose day nobody knows is only a warning: an empty field is honest, an invented one is not.
"""

from __future__ import annotations

import re
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
CODES = ("fermee-sans-date", "date-sans-fermeture", "fermee-avant-fondation")
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_NOT_CLOSED = ("active", "inconnu")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a closed enterprise without a closing day, and a closing day without a closed enterprise."""
    status, day = record.text("statut"), record.text("date_fermeture")
    if status == "fermee" and not day:
        yield Finding("fermee-sans-date", ("statut",))
    elif record.day("date_fermeture") and status in _NOT_CLOSED:
        yield Finding("date-sans-fermeture", ("date_fermeture",), {"valeur": day, "statut": status})
    founded = record.text("annee_fondation")
    if record.day("date_fermeture") and _YEAR.fullmatch(founded) and day[:4] < founded:
        yield Finding("fermee-avant-fondation", ("date_fermeture",), {"valeur": day, "annee": founded})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"nonFermes": _NOT_CLOSED, "annee": _YEAR}

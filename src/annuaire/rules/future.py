"""Judge days and years that must be past: a verification, a closing, a foundation, a measure.

The end of validity of a document is meant to be ahead and is not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("date-future", "annee-future")
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_AHEAD = "echeance"  # the nature of a date that is meant to be ahead


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"aVenir": _AHEAD, "annee": _YEAR}


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a day after today, and a year after this one."""
    this_year = context.today.year
    for cell in record.cells:
        if cell.field.type == "date" and cell.field.nature != _AHEAD:
            day = record.day(*cell.path)
            if day is not None and day > context.today:
                yield Finding("date-future", cell.path, {"valeur": cell.value, "champ": cell.field.title})
        elif cell.field.code == "annee-invalide" and _YEAR.fullmatch(cell.value) and int(cell.value) > this_year:
            yield Finding("annee-future", cell.path, {"valeur": cell.value, "champ": cell.field.title})

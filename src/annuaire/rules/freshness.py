"""Judge the age of verifications: what nobody vouched for in two years may no longer be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach, RecordPath

REACH = Reach.RECORD
FIELDS = ("verification_date",)
CODES = ("verification-ancienne",)
MONTHS = 24


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a verification older than `MONTHS`, of the record or of an offer; a closed enterprise stays as it is."""
    if record.text("statut") == "fermee":
        return
    limit = months_before(context.today, MONTHS)
    offers: list[RecordPath] = [("offres", i, "verification", "date") for i in range(record.count("offres"))]
    for path in [("verification", "date"), *offers]:
        day = record.day(*path)
        if day is not None and day < limit:
            yield Finding("verification-ancienne", path, {"valeur": day.isoformat(), "mois": str(MONTHS)})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"mois": MONTHS}


def months_before(day: date, months: int) -> date:
    """Give the same day some months earlier, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no month has fewer than 28 days: {day}")

"""Judge who vouched for a record or an offer: « confirmée » means a person, on a known day.

An import writes `a-confirmer`; only a person turns it into `confirmee`.
"""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach, RecordPath

REACH = Reach.RECORD
FIELDS = ("verification_statut",)
CODES = ("confirmee-sans-date", "confirmee-par-import")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a confirmation without a day, or made by an import."""
    offers: list[RecordPath] = [("offres", i, "verification") for i in range(record.count("offres"))]
    for path in [("verification",), *offers]:
        if record.text(*path, "statut") != "confirmee":
            continue
        if not record.text(*path, "date"):
            yield Finding("confirmee-sans-date", (*path, "statut"))
        if record.text(*path, "par") == "import":
            yield Finding("confirmee-par-import", (*path, "par"))

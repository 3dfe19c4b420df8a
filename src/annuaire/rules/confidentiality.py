"""Judge what a record with a confidential address still tells: shelters must not be found through it.

Git keeps every version of a record, so the street, the postal code and the point are refused in the file itself;
the municipality stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.problems import Finding, Reach
from annuaire.records import Record
from annuaire.rules import Context

REACH = Reach.RECORD
CODES = ("adresse-confidentielle",)
SECRET = ("adresse", "code_postal", "latitude", "longitude")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each value that tells where a confidential place is; the message never quotes it."""
    if record.text("adresse_confidentielle") != "oui":
        return
    for index in range(record.count("etablissements")):
        for key in SECRET:
            if record.text("etablissements", index, key):
                yield Finding("adresse-confidentielle", ("etablissements", index, key), {"champ": key}, on_key=True)

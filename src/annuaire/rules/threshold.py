"""Judge the rules of purchasing: each names its source and the day it was checked, and cannot contradict itself.

A rule without a source, or that nobody checked, is a warning: it settles nothing until someone completes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
TRAIT = "seuil"
CODES = (
    "seuil-sans-source",
    "seuil-non-verifie",
    "exemption-sans-forme",
    "reglement-sans-organisme",
    "plafond-hors-reglement",
    "plafond-et-montant",
    "montants-inverses",
    "periode-inversee",
    "date-invalide",
)
_PERIOD = ("en_vigueur_du", "en_vigueur_au")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report what keeps a rule from settling anything, and what makes it mean nothing."""
    kind = record.text("genre")
    if not record.text("source") and not record.text("source_url"):
        yield Finding("seuil-sans-source")
    if not record.text("verifie_le"):
        yield Finding("seuil-non-verifie")
    if kind == "exemption" and "formes" not in record.values:
        yield Finding("exemption-sans-forme", ("genre",))
    if kind == "reglement" and not record.text("municipalite") and not record.text("mrc"):
        yield Finding("reglement-sans-organisme", ("genre",))
    if record.text("plafond") and kind != "reglement":
        yield Finding("plafond-hors-reglement", ("plafond",))
    elif record.text("plafond") and record.text("moins_de"):
        yield Finding("plafond-et-montant", ("moins_de",), {"valeur": record.text("moins_de")})
    low, high = (_dollars(record.text(key)) for key in ("a_partir_de", "moins_de"))
    if low is not None and high is not None and low >= high:
        yield Finding("montants-inverses", ("moins_de",), {"valeur": str(high), "autre": str(low)})
    start, end = (record.text(key) for key in _PERIOD)
    if _is_period(start) and _is_period(end) and end < start[: len(end)]:
        yield Finding("periode-inversee", ("en_vigueur_au",), {"valeur": end, "autre": start})
    for key in _PERIOD:
        if _DAY.fullmatch(record.text(key)) and record.day(key) is None and _reads(record, key):
            yield Finding("date-invalide", (key,), {"valeur": record.text(key), "exemple": "2026-01-01"})


def _reads(record: Record, key: str) -> bool:
    """Tell whether the cell itself has no fault, which would be said twice."""
    return record.schema.root.field(key).faults(record.text(key)) is None


def _dollars(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,12}", text, re.ASCII) else None


def _is_period(text: str) -> bool:
    return bool(_DAY.fullmatch(text) or _YEAR.fullmatch(text))

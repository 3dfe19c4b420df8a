"""Judge what a NEQ says: one that begins with 22 belongs to a natural person who runs a business alone.

Source: Registraire des entreprises du Québec: 11 legal person, 22 sole trader, 33 partnership, 88 other group. A
social-economy enterprise is a legal person (Loi sur l'économie sociale, RLRQ, c. E-1.1.1, art. 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("neq",)
CODES = ("neq-personne-physique",)
_PERSON = "22"


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report the NEQ of a sole trader."""
    neq = record.text("neq")
    if neq.startswith(_PERSON):
        yield Finding("neq-personne-physique", ("neq",), {"valeur": neq})


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"personne": _PERSON}

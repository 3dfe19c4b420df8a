"""Judge NEQs together: the number identifies one enterprise, so two records cannot share it.

Source: Loi sur la publicité légale des entreprises (RLRQ, c. P-44.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("neq",)
CODES = ("neq-en-double",)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report, on the later record, a NEQ that an earlier one already has."""
    first: dict[str, Record] = {}
    for record in records:
        neq = record.text("neq")
        if not neq:
            continue
        other = first.setdefault(neq, record)
        if other is not record:
            values = {"valeur": neq, "nom": other.text("nom"), "fiche": other.file}
            yield record, Finding("neq-en-double", ("neq",), values)

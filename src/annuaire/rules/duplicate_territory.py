"""Judge territories together: one file for each MRC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
TRAIT = "territoire"
CODES = ("territoire-en-double",)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report, on the later file, an MRC that an earlier one already describes."""
    first: dict[str, Record] = {}
    for record in records:
        code = record.text("mrc")
        if code and first.setdefault(code, record) is not record:
            yield record, Finding("territoire-en-double", ("mrc",), {"valeur": code, "fiche": first[code].file})

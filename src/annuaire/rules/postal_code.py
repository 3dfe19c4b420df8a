"""Judge a postal code beside its municipality: its first letter tells the part of Québec.

Source: Postes Canada: G is eastern Québec, H Montréal and Laval, J the west; the letters of each region are in
`data/regions.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.rules.cells import masked
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("etablissements",)
CODES = ("code-postal-region",)
_WRITTEN = re.compile(r"[A-Z][0-9][A-Z] [0-9][A-Z][0-9]", re.ASCII)  # anything else is the cell's own fault


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a postal code that does not begin like those of the region."""
    for index in range(record.count("etablissements")):
        code = record.text("etablissements", index, "code_postal")
        municipality = record.municipality(index, context.territories) if code else None
        if municipality is None:
            continue
        region = context.territories.regions[context.territories.mrc_by_code[municipality.mrc].region]
        if region.lettres_postales and _WRITTEN.fullmatch(code) and code[0] not in region.lettres_postales:
            values = {"valeur": code, "region": region.de, "lettres": " ou ".join(region.lettres_postales)}
            finding = Finding("code-postal-region", ("etablissements", index, "code_postal"), values)
            yield masked(finding, record)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"ecrit": _WRITTEN}

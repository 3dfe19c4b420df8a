"""Write what a ledger of purchases is matched with besides the catalogue, `/acheter/carnet.json`.

A year of purchases names enterprises that have closed or merged since, which the catalogue leaves out. One page fetches
this file. Nothing of an address is there but its municipality.
"""

from __future__ import annotations

from typing import Any

from annuaire import schema
from annuaire.catalogue.index import Catalogue
from annuaire.exports.purchase import compact
from annuaire.records.collections import ENTERPRISES
from annuaire.text.typography import plain

FORMAT = 1


def to_json(catalogue: Catalogue) -> str:
    """Write it as one JSON object."""
    return compact(content(catalogue)) + "\n"


def content(catalogue: Catalogue) -> dict[str, Any]:
    """Gather the enterprises that are no longer listed, in columns; `neq` is the pattern of a NEQ.

    `suite` is the slug of the enterprise that one is part of today, or nothing.
    """
    gone = [e for e in catalogue.enterprises if not catalogue.is_listed(e)]
    successors = [catalogue.successor(e) for e in gone]
    return {
        "format": FORMAT,
        "neq": schema.load(ENTERPRISES).root.field("neq").constraints["pattern"],
        "autres": {
            "slug": [e.slug for e in gone],
            "nom": [plain(e.nom) for e in gone],
            "neq": [e.neq for e in gone],
            "municipalite": [catalogue.municipality(e.lieu).nom for e in gone],
            "mrc": [catalogue.municipality(e.lieu).mrc for e in gone],
            "suite": [successor.slug if successor else "" for successor in successors],
        },
    }

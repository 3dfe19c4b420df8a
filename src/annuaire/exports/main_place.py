"""Add to the table of enterprises what people look for first: where the main place is, and how to reach it.

Each of these values stands in the table of places too, of which this is the first line. Of a confidential address, the
town alone is told.
"""

from __future__ import annotations

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.exports.tables import Added, Cells
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load

_COPIED = ("adresse", "municipalite", "code_postal")
_REACHED = ("telephone", "courriel")
_MRC = {
    "name": "mrc",
    "type": "string",
    "title": "MRC ou territoire équivalent",
    "description": "Nom de la MRC, ou du territoire équivalent, où se trouve le lieu principal.",
    "example": "Mékinac",
}


def columns(catalogue: Catalogue) -> Added:
    """Give the columns of the main place of enterprises, as `annuaire.exports.tables.published` lists them."""
    fields = {f["name"]: f for f in load(ENTERPRISES).children["etablissements"].descriptor["schema"]["fields"]}

    def copied(name: str) -> dict[str, object]:
        raw = dict(fields[name])
        return raw | {"description": f"{raw['description'].rstrip('.')} (lieu principal)."}

    def values(e: Enterprise) -> Cells:
        place = e.lieu
        where = () if e.adresse_confidentielle else (place.adresse, place.code_postal)
        street, code = where or ("", "")
        return (street, place.municipalite, code, catalogue.mrc(place).nom, place.telephone, place.courriel)

    return Added((*map(copied, _COPIED), _MRC, *map(copied, _REACHED)), values)

"""Judge the point of a place: both coordinates, and inside the MRC of its municipality.

The polygons are simplified (MERN, about 2018), so a point is doubtful only from `TOLERANCE_KM` outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
FIELDS = ("etablissements",)
CODES = ("point-incomplet", "point-hors-mrc")
TOLERANCE_KM = 3.0


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report half a point, and a point far from where the record says the place is."""
    for index in range(record.count("etablissements")):
        here = ("etablissements", index)
        texts = {key: record.text(*here, key) for key in ("latitude", "longitude")}
        missing = [key for key, text in texts.items() if not text]
        if len(missing) == 1:
            present = next(key for key in texts if key not in missing)
            yield Finding("point-incomplet", (*here, present), {"champ": present, "manque": missing[0]})
        elif not missing:
            yield from _far(record, index, texts, context)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"ecartKm": TOLERANCE_KM}


def _far(record: Record, index: int, texts: dict[str, str], context: Context) -> Iterator[Finding]:
    fields = record.schema.children["etablissements"].by_path
    municipality = record.municipality(index, context.territories)
    if municipality is None or any(fields[(key,)].faults(text) for key, text in texts.items()):
        return  # the cells' own fault
    position = float(texts["latitude"]), float(texts["longitude"])
    distance = context.km_from_mrc(position, municipality.mrc)
    if distance is not None and distance > TOLERANCE_KM:
        mrc = context.territories.mrc_by_code[municipality.mrc]
        values = {
            "municipalite": municipality.nom,
            "mrc": mrc.de,
            "distance": f"{distance:.0f}",
        }
        yield Finding("point-hors-mrc", ("etablissements", index, "latitude"), values)

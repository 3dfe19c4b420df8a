"""Give the examples of a schema the places of a site: a director of Rimouski is not told to write « La Tuque ».

The published schemas keep the examples of the package, the same for all. What people of a site read (form, workbook,
new record, messages, dictionary) names the most populous municipality of its regions, its MRC, and the area code
of its region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annuaire.places.territories import Mrc, Municipality, Region, Territories
from annuaire.schema import Field, Schema, Table

_AREA_CODE = re.compile(r"\b[0-9]{3}(?= 555-)")  # of the numbers that nobody has, 555-0100 to 555-0199
_CODE = re.compile(r"\b[0-9]{3}\b")


@dataclass(frozen=True)
class _Place:
    town: Municipality
    mrcs: tuple[Mrc, ...]  # the town's own, then its neighbours among those of the site
    region: Region


def localised(schema: Schema, territories: Territories, regions: Iterable[str]) -> Schema:
    """Take the places that a schema's examples name from some regions (all of them if none is named)."""
    place = _place(territories, tuple(regions))
    if place is None:
        return schema
    children = {key: _table(table, place) for key, table in schema.children.items()}
    return replace(schema, root=_table(schema.root, place), children=children)


def _place(territories: Territories, regions: tuple[str, ...]) -> _Place | None:
    own = {code for code, mrc in territories.mrc_by_code.items() if not regions or mrc.region in regions}
    towns = [m for m in territories.municipality_by_code.values() if m.mrc in own]
    sure = [m for m in towns if len(territories.by_name[m.nom]) == 1]  # its name alone says which it is
    if not sure:
        return None
    town = max(sure, key=lambda m: (m.population, m.code))
    near = [code for code in territories.neighbours.get(town.mrc, ()) if code in own]
    mrcs = tuple(territories.mrc_by_code[code] for code in (town.mrc, *near))
    return _Place(town, mrcs, territories.regions[mrcs[0].region])


def _table(table: Table, place: _Place) -> Table:
    return replace(table, fields=tuple(_field(field, place) for field in table.fields))


def _field(field: Field, place: _Place) -> Field:
    if field.code == "telephone-invalide" and place.region.indicatif:
        area = place.region.indicatif
        return replace(field, example=_AREA_CODE.sub(area, field.example), help=_AREA_CODE.sub(area, field.help))
    found = _example(field, place)
    return replace(field, example=found) if found else field


def _example(field: Field, place: _Place) -> str:
    """Give the example of a field that is about a place, an empty text for any other or where nothing is known."""
    town, mrc = place.town, place.mrcs[0]
    if field.vocabulary == "territoires":
        return "|".join(_territories(field, place))
    if field.vocabulary == "municipalites":
        return town.nom
    if not field.path:  # the name of the file of a territory
        return mrc.slug if field.name == "territoire" else ""
    known = {
        "municipalite_code": town.code,
        "code_postal": town.code_postal,
        "latitude": "" if town.latitude is None else str(town.latitude),
        "longitude": "" if town.longitude is None else str(town.longitude),
        "mrc": mrc.code,
        "region": place.region.code,
    }
    return known.get(field.name, "")


def _territories(field: Field, place: _Place) -> Iterator[str]:
    """Put the MRCs of the site in the place of those of the example; « region » and « quebec » stay."""
    codes = iter(place.mrcs)
    for item in field.example.split("|"):
        mrc = next(codes, None) if _CODE.fullmatch(item) else None
        if mrc is not None or not _CODE.fullmatch(item):
            yield mrc.code if mrc else item

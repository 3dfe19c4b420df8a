"""Write what the map reads besides the catalogue, `/carte/carte.json`: outlines, names of towns, other places.

Nothing of a confidential address is here but that it has no point. Outlines are the simplified polygons of the official
tables, in whole thousandths of a degree (about 100 m): borders that two territories share stay shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapely import Geometry, get_coordinates, get_parts

from annuaire.catalogue.index import Catalogue
from annuaire.exports.purchase import compact
from annuaire.places.boundaries import boundaries
from annuaire.places.sphere import DEGREE, whole_degrees
from annuaire.text.typography import plain

FORMAT = 1
SCALE = 1000  # parts of a degree in an outline
FEWEST = 4  # corners of a ring, its first one again at its end
ELSEWHERE = "point_mrc_approx"  # the point of a town that only says in which MRC it is


def to_json(catalogue: Catalogue) -> str:
    """Write the file of the map as one JSON object."""
    return compact(content(catalogue)) + "\n"


def content(catalogue: Catalogue) -> dict[str, Any]:
    """Gather it; enterprises are named by their rank in the catalogue of the browser, which has `taille` of them."""
    return {
        "format": FORMAT,
        "taille": len(catalogue.listed),
        "echelle": SCALE,
        "degre": DEGREE,
        "territoires": list(_territories(catalogue)),
        "lieux": list(_towns(catalogue)),
        "discretes": [rank for rank, e in enumerate(catalogue.listed) if e.adresse_confidentielle],
        "autres": list(_other_places(catalogue)),
    }


def steps(geometry: Geometry) -> list[list[int]]:
    """Write the outlines of a polygon: steps of longitude and latitude from corner to corner, the first from 0."""
    found = []
    for part in get_parts(geometry):
        ring: list[int] = []
        east = north = corners = 0
        for x, y in get_coordinates(part.exterior):
            to_east, to_north = round(x * SCALE), round(y * SCALE)
            if corners and (to_east, to_north) == (east, north):
                continue
            ring += [to_east - east, to_north - north]
            east, north, corners = to_east, to_north, corners + 1
        if corners >= FEWEST:
            found.append(ring)
    return found


def _territories(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Outline the territories of the site, and those that touch them."""
    known = boundaries(catalogue.vocabulary_folder)
    own = [m.code for m in catalogue.mrcs]
    around = {code for mrc in own for code in catalogue.territories.neighbours.get(mrc, ())}.difference(own)
    for code in (*sorted(around), *own):  # the site's own borders are drawn over the others
        if code in known:
            yield {"mrc": code, "dansLeSite": code in catalogue.mrc_codes, "contours": steps(known[code])}


def _towns(catalogue: Catalogue) -> Iterator[list[Any]]:
    """Name the towns of the site whose place is known, the most populous first."""
    towns = (t for mrc in catalogue.mrcs for t in catalogue.territories.municipalities_of(mrc.code))
    for town in sorted(towns, key=lambda town: (-town.population, town.code)):
        if town.latitude is not None and town.longitude is not None and town.source_coord != ELSEWHERE:
            yield [plain(town.nom), *whole_degrees(town.latitude, town.longitude)]


def _other_places(catalogue: Catalogue) -> Iterator[list[Any]]:
    """Give the places of an enterprise beyond its first: rank, latitude, longitude, 1 when that is its town's."""
    for rank, e in enumerate(catalogue.listed):
        for place in e.etablissements[1:] if not e.adresse_confidentielle else ():
            town = catalogue.municipality(place)
            latitude, longitude = place.position or (town.latitude, town.longitude)
            if latitude is not None and longitude is not None:
                yield [rank, *whole_degrees(latitude, longitude), int(place.position is None)]

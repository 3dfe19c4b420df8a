"""Hold the MRC polygons (MERN, about 2018, simplified), and tell how far a point lies from an MRC.

Points are measured as the form does (`theme/js/form/rules/point.js`), without shapely: to load it takes as long as to
measure all the points of a large site. Maps and prints take these polygons as shapes (`annuaire.places.boundaries`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from annuaire.places.sphere import kilometres
from annuaire.text.problems import AnnuaireError

FILE = "polygones.geojson"
Ring = tuple[tuple[float, float], ...]  # longitude, latitude in degrees, closed
Polygon = tuple[Ring, ...]  # the outer ring, then those of its holes
_FEWEST = 4  # points of a closed ring


@lru_cache(maxsize=4)
def outlines(overrides: Path | None = None) -> Mapping[str, tuple[Polygon, ...]]:
    """Load the polygons of each MRC, by code; those of a site, in the folder `overrides`, add or replace some.

    Raise AnnuaireError if that file is not GeoJSON polygons with a `code`.
    """
    found = _of_quebec()
    own = overrides / FILE if overrides else None
    if own is not None and own.is_file():
        try:
            found = {**found, **_read(own.read_text(encoding="utf-8"))}
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise AnnuaireError(f"{own} n’est pas un fichier GeoJSON de polygones avec «\u00a0code\u00a0».") from error
    return found


@lru_cache(maxsize=1)
def _of_quebec() -> Mapping[str, tuple[Polygon, ...]]:
    return _read(resources.files("annuaire.data").joinpath(FILE).read_text(encoding="utf-8"))


def distance_to_mrc_km(position: tuple[float, float], mrc: str, overrides: Path | None = None) -> float | None:
    """Give how far a position (latitude, longitude) lies from an MRC, in km: 0 inside, None without polygon."""
    polygons = outlines(overrides).get(mrc)
    if polygons is None:
        return None
    y, x = position
    if any(_holds(polygon, x, y) for polygon in polygons):
        return 0.0
    east, north = min(
        (_nearest(one, other, x, y) for one, other in _sides(polygons)),
        key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2,
    )
    return kilometres(position, (north, east))


def _holds(polygon: Polygon, x: float, y: float) -> bool:
    """Tell whether a line from a point to the east crosses the rings of a polygon an odd number of times."""
    is_inside = False
    for ring in polygon:
        before_x, before_y = ring[-1]
        for here_x, here_y in ring:
            if (here_y > y) != (before_y > y) and x < here_x + (before_x - here_x) * (y - here_y) / (before_y - here_y):
                is_inside = not is_inside
            before_x, before_y = here_x, here_y
    return is_inside


def _sides(polygons: tuple[Polygon, ...]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return (side for polygon in polygons for ring in polygon for side in pairwise(ring))


def _nearest(one: tuple[float, float], other: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Give the point of a side that is nearest to a point, in degrees."""
    across, up = other[0] - one[0], other[1] - one[1]
    square = across**2 + up**2
    part = min(1.0, max(0.0, ((x - one[0]) * across + (y - one[1]) * up) / square)) if square else 0.0
    return one[0] + part * across, one[1] + part * up


def _read(text: str) -> dict[str, tuple[Polygon, ...]]:
    return {f["properties"]["code"]: tuple(_polygons(f["geometry"])) for f in json.loads(text)["features"]}


def _polygons(geometry: Mapping[str, Any]) -> Iterator[Polygon]:
    kind, several = geometry["type"], geometry["coordinates"]
    if kind not in ("Polygon", "MultiPolygon") or not several:
        raise ValueError(kind)
    for rings in several if kind == "MultiPolygon" else [several]:
        if not rings:
            raise ValueError(kind)
        yield tuple(map(_ring, rings))


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    ring = tuple((point[0], point[1]) for point in points)
    if ring[0] != ring[-1]:
        ring = (*ring, ring[0])
    if len(ring) < _FEWEST or not all(isinstance(number, int | float) for point in ring for number in point):
        raise ValueError(ring)
    return ring

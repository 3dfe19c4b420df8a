"""Hold the MRC polygons (MERN, about 2018, simplified) and tell how far a point lies from an MRC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from shapely import Point, contains_xy, prepare
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from annuaire.places.sphere import kilometres
from annuaire.text.problems import AnnuaireError

FILE = "polygones.geojson"


@lru_cache(maxsize=4)
def boundaries(overrides: Path | None = None) -> Mapping[str, BaseGeometry]:
    """Load the prepared polygon of each MRC, by code (longitude, latitude in degrees).

    A site's own `polygones.geojson`, in the folder `overrides`, adds or replaces some. Raise AnnuaireError if that
    file is not GeoJSON polygons with a `code`.
    """
    found = _shapes(resources.files("annuaire.data").joinpath(FILE).read_text(encoding="utf-8"))
    own = overrides / FILE if overrides else None
    if own is not None and own.is_file():
        try:
            found |= _shapes(own.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
            raise AnnuaireError(f"{own} n’est pas un fichier GeoJSON de polygones avec «\u00a0code\u00a0».") from error
    for geometry in found.values():
        prepare(geometry)
    return found


def distance_to_mrc_km(position: tuple[float, float], mrc: str, overrides: Path | None = None) -> float | None:
    """Give how far a position (latitude, longitude) lies from an MRC, in km: 0 inside, None without polygon."""
    boundary = boundaries(overrides).get(mrc)
    if boundary is None:
        return None
    latitude, longitude = position
    if contains_xy(boundary, longitude, latitude):
        return 0.0
    border = nearest_points(boundary, Point(longitude, latitude))[0]
    return kilometres(position, (border.y, border.x))


def _shapes(text: str) -> dict[str, Any]:
    found = {f["properties"]["code"]: shape(f["geometry"]) for f in json.loads(text)["features"]}
    for code, geometry in found.items():
        if geometry.is_empty or geometry.geom_type not in ("Polygon", "MultiPolygon"):
            raise ValueError(code)
    return found

"""Measure distances (km, great circle) and tell whether a point lies in an MRC's simplified polygon.

Geocoding, which needs a network, is not here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from geopy.distance import great_circle
from shapely import Point, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]  # latitude, longitude in degrees
KM_PER_DEGREE = 111.0


def distance_km(one: Position, other: Position) -> float:
    """Give the great-circle distance between two positions, in kilometres (error under 0.5 %)."""
    return float(great_circle(one, other).km)


def features(overrides: Path | None = None) -> dict[str, Any]:
    """Load the GeoJSON geometry of each MRC by code (longitude, latitude); a site's own polygons replace them."""
    text = resources.files("annuaire.data").joinpath("polygones.geojson").read_text(encoding="utf-8")
    found = {f["properties"]["code"]: f["geometry"] for f in json.loads(text)["features"]}
    own = overrides / "polygones.geojson" if overrides else None
    if own is not None and own.is_file():
        own_features = json.loads(own.read_text(encoding="utf-8"))["features"]
        found |= {f["properties"]["code"]: f["geometry"] for f in own_features}
    return found


@lru_cache(maxsize=4)
def polygons(overrides: Path | None = None) -> Mapping[str, BaseGeometry]:
    """Load the MRC polygons as prepared geometries, by code."""
    shapes = {code: shape(geometry) for code, geometry in features(overrides).items()}
    for geometry in shapes.values():
        prepare(geometry)
    return shapes


def distance_to_mrc_km(position: Position, mrc: str, overrides: Path | None = None) -> float | None:
    """Give how far a position lies from an MRC, roughly, in kilometres: 0 inside, None without polygon."""
    polygon = polygons(overrides).get(mrc)
    if polygon is None:
        return None
    point = Point(position[1], position[0])
    return 0.0 if polygon.contains(point) else float(polygon.distance(point)) * KM_PER_DEGREE * 0.8

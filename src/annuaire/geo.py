"""Measure distances (km, great circle) and tell whether a point lies in an MRC's simplified polygon.

Geocoding, which needs a network, is not here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from geopy.distance import EARTH_RADIUS, great_circle
from shapely import Point, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]  # latitude, longitude in degrees
KM_PER_DEGREE = 111.0
CELL_DEGREES = 0.1  # of latitude; 0.145 of longitude, about the same distance here


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


def nearest(positions: Sequence[Position], count: int, limit_km: float) -> list[list[tuple[int, float]]]:
    """Give, for each position, rank and km of the nearest others: at most `count`, within `limit_km`, nearest first.

    Positions are gathered in cells of about 11 km, and the distances of a whole cell are computed at once; a
    cell with too few neighbours looks ring by ring farther. Equal distances keep the order of the positions.
    """
    found: list[list[tuple[int, float]]] = [[] for _ in positions]
    if not positions:
        return found
    radians = np.radians(np.array(positions))
    cells: dict[tuple[int, int], list[int]] = {}
    for rank, position in enumerate(positions):
        cells.setdefault(_cell(position), []).append(rank)
    rings = math.ceil(limit_km / (CELL_DEGREES * KM_PER_DEGREE))
    for (row, column), members in cells.items():
        around, enough = list(members), -1
        for ring in range(1, rings + 1):
            around += [rank for cell in _ring(row, column, ring) for rank in cells.get(cell, ())]
            if enough < 0 and len(around) > count:
                enough = ring + 1  # a corner of this ring lies farther than the side of the next one
            if enough == ring:
                break
        candidates = np.array(sorted(around))
        for start in range(0, len(members), 500):
            block = np.array(members[start : start + 500])
            distances = _distances(radians[block], radians[candidates])
            distances[block[:, None] == candidates[None, :]] = np.inf
            order = np.argsort(distances, axis=1, kind="stable")[:, :count]
            for line, rank in enumerate(block):
                km = distances[line, order[line]]
                close = km <= limit_km
                ranks = candidates[order[line][close]].tolist()
                found[rank] = list(zip(ranks, km[close].tolist(), strict=True))
    return found


def _cell(position: Position) -> tuple[int, int]:
    return math.floor(position[0] / CELL_DEGREES), math.floor(position[1] / (CELL_DEGREES * 1.45))


def _ring(row: int, column: int, ring: int) -> list[tuple[int, int]]:
    sides = [(row + step, column + side * ring) for step in range(-ring, ring + 1) for side in (-1, 1)]
    ends = [(row + side * ring, column + step) for step in range(-ring + 1, ring) for side in (-1, 1)]
    return sides + ends


def _distances(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Compute great-circle distances in km (haversine) between two lists of positions in radians."""
    north = ones[:, None, 0] - others[None, :, 0]
    east = ones[:, None, 1] - others[None, :, 1]
    chord = np.sin(north / 2) ** 2 + np.cos(ones[:, None, 0]) * np.cos(others[None, :, 0]) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(chord)))

"""Tell how far a point lies from an MRC, by the MRC's simplified polygon (MERN, about 2018).

In plain Python on purpose: an MRC has some sixty corners, and loading shapely would take a fifth of the second that
`validate` may last. Drawing and measuring maps belong to others.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from annuaire.problems import AnnuaireError

Ring = tuple[tuple[float, float], ...]  # longitude, latitude in degrees; the last corner is the first one
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Boundary:
    """Hold the rings of one MRC, holes included, and the box around them (west, south, east, north)."""

    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]

    def contains(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point lies inside: a line going east crosses the rings an odd number of times."""
        west, south, east, north = self.box
        if not (south <= latitude <= north and west <= longitude <= east):
            return False
        inside = False
        for ring in self.rings:
            before_x, before_y = ring[-1]
            for x, y in ring:
                if (y > latitude) != (before_y > latitude):
                    crossing = x + (latitude - y) * (before_x - x) / (before_y - y)
                    inside ^= longitude < crossing
                before_x, before_y = x, y
        return inside

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Give the distance from a point to the nearest border, in kilometres, on a plane around the point."""
        east = KM_PER_DEGREE * math.cos(math.radians(latitude))
        nearest = math.inf
        for ring in self.rings:
            corners = [((x - longitude) * east, (y - latitude) * KM_PER_DEGREE) for x, y in ring]
            for (x1, y1), (x2, y2) in pairwise(corners):
                dx, dy = x2 - x1, y2 - y1
                length = dx * dx + dy * dy
                along = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
                nearest = min(nearest, math.hypot(x1 + along * dx, y1 + along * dy))
        return nearest


def features(overrides: Path | None = None) -> dict[str, Any]:
    """Load the GeoJSON geometry of each MRC by code; a site's own `polygones.geojson` replaces some.

    Raise AnnuaireError if the site's file is not GeoJSON.
    """
    text = resources.files("annuaire.data").joinpath("polygones.geojson").read_text(encoding="utf-8")
    found = {f["properties"]["code"]: f["geometry"] for f in json.loads(text)["features"]}
    own = overrides / "polygones.geojson" if overrides else None
    if own is not None and own.is_file():
        try:
            own_features = json.loads(own.read_text(encoding="utf-8"))["features"]
            found |= {f["properties"]["code"]: f["geometry"] for f in own_features}
        except (ValueError, KeyError, TypeError) as error:
            raise AnnuaireError(f"{own} n’est pas un fichier GeoJSON de polygones avec « code ».") from error
    return found


@lru_cache(maxsize=4)
def boundaries(overrides: Path | None = None) -> Mapping[str, Boundary]:
    """Load the boundary of each MRC that has a polygon, by code."""
    return {code: _boundary(geometry) for code, geometry in features(overrides).items()}


def distance_to_mrc_km(position: tuple[float, float], mrc: str, overrides: Path | None = None) -> float | None:
    """Give how far a position (latitude, longitude) lies from an MRC, in km: 0 inside, None without polygon."""
    boundary = boundaries(overrides).get(mrc)
    if boundary is None:
        return None
    return 0.0 if boundary.contains(*position) else boundary.distance_km(*position)


def _boundary(geometry: Mapping[str, Any]) -> Boundary:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = tuple(tuple((corner[0], corner[1]) for corner in ring) for part in parts for ring in part)
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return Boundary(rings, (min(xs), min(ys), max(xs), max(ys)))

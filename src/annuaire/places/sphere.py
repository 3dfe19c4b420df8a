"""Measure distances on the earth, as the scripts of the pages do (`theme/js/common/sphere.js`)."""

from __future__ import annotations

import math

from annuaire.shared import SHARED

EARTH_RADIUS: float = SHARED["rayonDeLaTerre"]  # km, the mean radius that geopy uses
DEGREE: int = SHARED["degre"]  # the catalogue of the browser counts in ten-thousandths of a degree, about 10 m
Position = tuple[float, float]  # latitude, longitude in degrees


def kilometres(one: Position, other: Position) -> float:
    """Give the great-circle distance between two positions, in km (haversine), as geopy does.

    Loading geopy and its geocoders takes as long as 300 records.
    """
    (north, east), (other_north, other_east) = (map(math.radians, position) for position in (one, other))
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1, math.sqrt(half)))


def whole_degrees(latitude: float | None, longitude: float | None) -> tuple[int | None, int | None]:
    """Count a position in parts of a degree (`DEGREE`); nothing where one of the two is not known."""
    if latitude is None or longitude is None:
        return None, None
    return round(latitude * DEGREE), round(longitude * DEGREE)

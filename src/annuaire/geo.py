"""Measure distances (km, great circle) between positions.

How far a point lies from an MRC is in `annuaire.boundaries`; geocoding, which needs a network, is not here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from geopy.distance import EARTH_RADIUS, great_circle

Position = tuple[float, float]  # latitude, longitude in degrees
KM_PER_DEGREE = 111.0
CELL_DEGREES = 0.1  # of latitude; 0.145 of longitude, about the same distance here


def distance_km(one: Position, other: Position) -> float:
    """Give the great-circle distance between two positions, in kilometres (error under 0.5 %)."""
    return float(great_circle(one, other).km)


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

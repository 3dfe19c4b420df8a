"""Find the nearest of many positions (km, great circle).

How far a point lies from an MRC is in `annuaire.places.outlines`; geocoding is in `annuaire.intake.geocoding`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from annuaire.places.sphere import EARTH_RADIUS, Position

KM_PER_DEGREE = 111.0
CELL_DEGREES = 0.1  # of latitude; 0.145 of longitude, about the same distance here


class Neighbours:
    """Give the nearest others of each of some positions: at most `count`, within `limit_km`.

    Positions are gathered in cells of about 11 km. The distances of a whole cell are computed at once, when one of its
    positions is first asked for; a cell with too few neighbours looks ring by ring farther. Equal distances keep the
    order of the positions.
    """

    def __init__(self, positions: Sequence[Position], count: int, limit_km: float) -> None:
        self._count = count
        self._limit = (2 * math.sin(limit_km / EARTH_RADIUS / 2)) ** 2
        self._rings = math.ceil(limit_km / (CELL_DEGREES * KM_PER_DEGREE))
        self._points = _points(positions)
        self._at = [_cell(position) for position in positions]
        self._cells: dict[tuple[int, int], list[int]] = {}
        for rank, cell in enumerate(self._at):
            self._cells.setdefault(cell, []).append(rank)
        self._found: dict[int, list[tuple[int, float]]] = {}

    def of(self, rank: int) -> list[tuple[int, float]]:
        """Give the rank and the distance in km of the nearest others of a position, the nearest first."""
        if rank not in self._found:
            self._measure(self._at[rank])
        return self._found[rank]

    def _measure(self, cell: tuple[int, int]) -> None:
        points, count = self._points, self._count
        members = self._cells[cell]
        self._found.update((rank, []) for rank in members)
        candidates = np.array(sorted(self._around(cell)))
        for start in range(0, len(members), 500):
            block = np.array(members[start : start + 500])
            chords = _squared_chords(points[block], points[candidates])
            chords[block[:, None] == candidates[None, :]] = np.inf
            # Sorting whole lines would take ten times as long: keep what is at most as far as the last one wanted.
            last = min(count, len(candidates)) - 1
            farthest = np.partition(chords, last, axis=1)[:, last]
            lines, columns = np.nonzero(chords <= np.minimum(farthest, self._limit)[:, None])
            close = chords[lines, columns]
            order = np.lexsort((columns, close, lines))
            km = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(close[order]) / 2)
            ranks = block[lines[order]].tolist()
            for rank, other, distance in zip(ranks, candidates[columns[order]].tolist(), km.tolist(), strict=True):
                if len(self._found[rank]) < count:
                    self._found[rank].append((other, distance))

    def _around(self, cell: tuple[int, int]) -> list[int]:
        """List the positions among which are the nearest ones of a cell."""
        around, enough = list(self._cells[cell]), -1
        for ring in range(1, self._rings + 1):
            around += [rank for other in _ring(*cell, ring) for rank in self._cells.get(other, ())]
            if enough < 0 and len(around) > self._count:
                enough = ring + 1  # a corner of this ring lies farther than the side of the next one
            if enough == ring:
                break
        return around


def _cell(position: Position) -> tuple[int, int]:
    return math.floor(position[0] / CELL_DEGREES), math.floor(position[1] / (CELL_DEGREES * 1.45))


def _ring(row: int, column: int, ring: int) -> list[tuple[int, int]]:
    sides = [(row + step, column + side * ring) for step in range(-ring, ring + 1) for side in (-1, 1)]
    ends = [(row + side * ring, column + step) for step in range(-ring + 1, ring) for side in (-1, 1)]
    return sides + ends


def _points(positions: Sequence[Position]) -> np.ndarray:
    """Place positions on a sphere of radius 1: x, y, z."""
    latitudes, longitudes = np.radians(np.array(positions).reshape(-1, 2)).T
    around = np.cos(latitudes)
    return np.column_stack((around * np.cos(longitudes), around * np.sin(longitudes), np.sin(latitudes)))


def _squared_chords(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Compute the square of the straight distance, through the sphere, between each of two lists of points."""
    total = np.zeros((len(ones), len(others)))
    for axis in range(3):
        total += np.square(ones[:, None, axis] - others[None, :, axis])
    return total

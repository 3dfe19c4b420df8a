"""Give the polygons of each MRC (`annuaire.places.outlines`) as shapes, to draw and to simplify."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from shapely import MultiPolygon, Polygon

from annuaire.places import outlines


@lru_cache(maxsize=4)
def boundaries(overrides: Path | None = None) -> Mapping[str, Polygon | MultiPolygon]:
    """Give the shape of each MRC, by code (longitude, latitude in degrees); raise AnnuaireError as `outlines` does."""
    return {code: _shape(polygons) for code, polygons in outlines.outlines(overrides).items()}


def _shape(polygons: tuple[outlines.Polygon, ...]) -> Polygon | MultiPolygon:
    shapes = [Polygon(outer, holes) for outer, *holes in polygons]
    return shapes[0] if len(shapes) == 1 else MultiPolygon(shapes)

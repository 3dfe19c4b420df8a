"""Hold the MRC polygons (MERN, about 2018, simplified) as shapes; how far a point is from one, `outlines` says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from annuaire.places.outlines import FILE
from annuaire.text.problems import AnnuaireError


@lru_cache(maxsize=4)
def boundaries(overrides: Path | None = None) -> Mapping[str, BaseGeometry]:
    """Load the polygons of each MRC, by code (longitude, latitude in degrees).

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
    return found


def _shapes(text: str) -> dict[str, Any]:
    found = {f["properties"]["code"]: shape(f["geometry"]) for f in json.loads(text)["features"]}
    for code, geometry in found.items():
        if geometry.is_empty or geometry.geom_type not in ("Polygon", "MultiPolygon"):
            raise ValueError(code)
    return found

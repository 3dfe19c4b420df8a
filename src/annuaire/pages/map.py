"""Draw the territories as SVG paths at build time: each one is a link to its page.

The projection is a plain equirectangular one, scaled at the middle latitude: enough to recognise a region.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from shapely import Geometry, get_coordinates, get_parts
from shapely.geometry import MultiPolygon, Polygon

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.places.boundaries import boundaries
from annuaire.text import french

WIDTH = 640.0
LONGEST_LABEL = 24  # characters
_ARTICLE = re.compile(r"^(?:l[ae]s? |l['’])", re.IGNORECASE)
SIMPLEST = 0.35  # in units of the drawing: smaller details are left out


@dataclass(frozen=True, slots=True)
class Shape:
    """Draw one territory: `path` is SVG path data; `x`, `y` place its label; `level` (0-4) is its shade by count.

    `name` is the label, empty where none fits; `title` is always whole.
    """

    name: str
    title: str
    url: str
    path: str
    x: float
    y: float
    level: int


@dataclass(frozen=True, slots=True)
class MapView:
    """Hold a drawing of the territories, in units of its `width` and `height`."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    with_labels: bool


@lru_cache(maxsize=32)  # several pages show the same
def draw(catalogue: Catalogue, region: str = "") -> MapView:
    """Draw the site's territories, or those of one region; a site without polygons gives an empty drawing."""
    known = boundaries(catalogue.vocabulary_folder)
    mrcs = [m for m in catalogue.mrcs if m.code in known and (not region or m.region == region)]
    if not mrcs:
        return MapView(0, 0, (), False)
    bounds = [known[m.code].bounds for m in mrcs]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)
    most = max((len(catalogue.by_mrc.get(m.code, ())) for m in mrcs), default=0)
    shapes = []
    for mrc in mrcs:
        count = len(catalogue.by_mrc.get(mrc.code, ()))
        polygon = known[mrc.code].simplify(SIMPLEST / scale)
        label = known[mrc.code].representative_point()
        shapes.append(
            Shape(
                name=_label(mrc.nom),
                title=f"{mrc.titre}{french.NBSP}: {french.count(count, 'entreprise')}",
                url=urls.territory(mrc.slug),
                path=path_data(polygon, west, north, squeeze * scale, scale),
                x=round((label.x - west) * squeeze * scale, 1),
                y=round((north - label.y) * scale, 1),
                level=_level(count, most),
            )
        )
    return MapView(round(WIDTH), round((north - south) * scale), tuple(shapes), len(mrcs) <= 12)


def _label(name: str) -> str:
    """Give a name that fits, whole or without its article; a part of it could name something else."""
    short = _ARTICLE.sub("", name) if len(name) > LONGEST_LABEL else name
    return short if len(short) <= LONGEST_LABEL else ""


def path_data(geometry: Geometry, west: float, north: float, x_scale: float, y_scale: float) -> str:
    """Write polygons as SVG path data: degrees from the corner (`west`, `north`), times so many units each way."""
    parts = [p for p in get_parts(geometry) if isinstance(p, Polygon)] if isinstance(geometry, MultiPolygon) else []
    data = []
    for polygon in parts or ([geometry] if isinstance(geometry, Polygon) else []):
        points = [
            f"{round((x - west) * x_scale, 1):g} {round((north - y) * y_scale, 1):g}"
            for x, y in get_coordinates(polygon.exterior)
        ]
        data.append("M" + "L".join(points) + "Z")
    return "".join(data)


def _level(count: int, most: int) -> int:
    """Shade by the logarithm of the count: one large town does not blanch the rest."""
    if count == 0 or most < 2:
        return min(count, 4)
    return 1 + round(3 * math.log(count) / math.log(most)) if count > 1 else 1

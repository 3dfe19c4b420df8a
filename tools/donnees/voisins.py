"""Build voisins.csv: which MRCs and equivalents share a land border.

Usage: python tools/donnees/voisins.py [DOSSIER]

DOSSIER (the package's data folder by default) holds polygones.geojson, mrc.csv, and receives voisins.csv.

The rule. Two territories are neighbours when their outlines run together for at least `SHORTEST` metres: a corner
where four territories meet is not a border. The polygons were simplified with their common edges kept, so two
neighbours have the same vertices; `TOLERANCE` only absorbs rounding. The official outlines go to the middle of the
waters. A border in an ordinary river (Saint-Maurice, Richelieu, Outaouais, rivière des Prairies) counts; one in the
St. Lawrence (river, lac Saint-Pierre, lac Saint-Louis, lac Saint-François, estuary, gulf) does not: Trois-Rivières and
Bécancour face each other, they do not touch. So each territory is placed on a bank, and only territories of one bank
can be neighbours.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from tableaux import Row, read_table, write_table

DESTINATION = Path(__file__).resolve().parents[2] / "src" / "annuaire" / "data"

SHORTEST = 80.0
"""Shortest shared outline that makes a border, in metres (the shortest real one measures about 100 m)."""

TOLERANCE = 10.0
"""Gap between two outlines that are still one border, in metres."""

SOUTH_REGIONS = frozenset({"01", "05", "11", "12", "16", "17"})
# In the Montérégie, but between the Ottawa river and the north bank of the St. Lawrence.
VAUDREUIL_SOULANGES = "710"
# Alone in the St. Lawrence: L'Île-d'Orléans, Îles-de-la-Madeleine.
ISLANDS = frozenset({"010", "200"})

METRES_PER_DEGREE = 111_195.0


def bank_of(mrc: Row) -> str:
    """Say on which bank of the St. Lawrence a territory lies: "nord", "sud", or its own code for an island.

    Montréal and Laval belong to the north bank: only ordinary rivers part them from it.
    """
    if mrc["code"] in ISLANDS:
        return mrc["code"]
    if mrc["region"] in SOUTH_REGIONS and mrc["code"] != VAUDREUIL_SOULANGES:
        return "sud"
    return "nord"


def shared_metres(one: BaseGeometry, other: BaseGeometry) -> float:
    """Measure the outline of `one` that runs along `other`, in metres, on a plane local to the pair."""
    (_, south_one, _, north_one), (_, south_other, _, north_other) = one.bounds, other.bounds
    latitude = (max(south_one, south_other) + min(north_one, north_other)) / 2
    scale = np.array([METRES_PER_DEGREE * math.cos(math.radians(latitude)), METRES_PER_DEGREE])

    def flatten(points: NDArray[np.float64]) -> NDArray[np.float64]:
        scaled: NDArray[np.float64] = points * scale
        return scaled

    line, zone = transform(one.boundary, flatten), transform(other.boundary, flatten).buffer(TOLERANCE)
    return float(line.intersection(zone).length)


def neighbour_pairs(mrcs: list[Row], outlines: dict[str, BaseGeometry]) -> list[tuple[str, str]]:
    """Return each pair of neighbours, in both directions, sorted."""
    banks = {mrc["code"]: bank_of(mrc) for mrc in mrcs}
    codes = sorted(outlines)
    tree = STRtree([outlines[code] for code in codes])
    near = {code: {codes[i] for i in tree.query(outlines[code].buffer(0.001))} for code in codes}
    pairs: list[tuple[str, str]] = []
    for one, other in combinations(codes, 2):
        if other not in near[one] or banks[one] != banks[other]:
            continue
        if shared_metres(outlines[one], outlines[other]) >= SHORTEST:
            pairs += [(one, other), (other, one)]
    return sorted(pairs)


def main(folder: Path) -> None:
    """Write voisins.csv into the folder of the other tables."""
    collection = json.loads((folder / "polygones.geojson").read_text(encoding="utf-8"))
    outlines = {feature["properties"]["code"]: shape(feature["geometry"]) for feature in collection["features"]}
    pairs = neighbour_pairs(read_table(folder / "mrc.csv"), outlines)
    rows = [{"mrc": one, "voisin": other} for one, other in pairs]
    write_table(folder / "voisins.csv", ("mrc", "voisin"), rows)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]) if len(sys.argv) == 2 else DESTINATION)

"""Draw an MRC with its municipalities as SVG: its outline among its neighbours, a numbered disc for each of them.

Only numbers are drawn: the names stand in a table beside, as text. A disc is black where there are enterprises; two
that would overlap are moved apart, a line leading back to the place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from shapely.geometry.base import BaseGeometry

from annuaire.catalogue.index import Catalogue
from annuaire.pages.map import SIMPLEST, WIDTH, path_data
from annuaire.places.boundaries import boundaries
from annuaire.places.territories import Mrc
from annuaire.text import french
from annuaire.text.french import NBSP

SOURCE = "Tracé\u00a0: ministère de l’Énergie et des Ressources naturelles (MERN), géométrie simplifiée, CC BY 4.0."
_RADIUS = 11.0
_MARGIN = 24.0
_TALLEST = 540.0  # units of the drawing: the list must stand below, on the same page
_ROUNDS = 120
Point = tuple[float, float]


def draw(catalogue: Catalogue, mrc: Mrc) -> Mapping[str, Any] | None:
    """Draw one MRC; None where its outline is not known."""
    known = boundaries(catalogue.vocabulary_folder)
    towns = catalogue.territories.municipalities_of(mrc.code)
    if mrc.code not in known:
        return None
    west, south, east, north = known[mrc.code].bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min((WIDTH - 2 * _MARGIN) / ((east - west) * squeeze), (_TALLEST - 2 * _MARGIN) / (north - south))
    x_scale = squeeze * scale
    width, height = (east - west) * x_scale + 2 * _MARGIN, (north - south) * scale + 2 * _MARGIN
    left, top = west - _MARGIN / x_scale, north + _MARGIN / scale
    near = [known[code] for code in catalogue.territories.neighbours.get(mrc.code, ()) if code in known]
    outlines = [(shape, "#ffffff", "#999999", 1) for shape in near] + [(known[mrc.code], "#e8e8e8", "#000000", 2.5)]
    drawn = [
        f'<path d="{path_data(shape.simplify(SIMPLEST / scale), left, top, x_scale, scale)}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{wide}"/>'
        for shape, fill, stroke, wide in outlines
    ]
    points = {
        m.code: ((m.longitude - left) * x_scale, (top - m.latitude) * scale)
        for m in towns
        if m.latitude is not None and m.longitude is not None
    }
    ranks = {code: rank for rank, code in enumerate(points, 1)}
    placed = {ranks[code]: point for code, point in points.items()}
    counts = {m.code: len(catalogue.by_municipality.get(m.code, ())) for m in towns}
    spread = _apart(placed, width, height)
    drawn += [_disc(rank, placed[rank], spread[rank], is_full=counts[code] > 0) for code, rank in ranks.items()]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}">{"".join(drawn)}</svg>'
    )
    with_some = sum(counts[code] > 0 for code in ranks)
    return {
        "svg": svg,
        "largeur": round(100 * width / WIDTH),
        "alt": (
            f"Carte {mrc.de}{NBSP}: {french.count(len(placed), 'municipalité')} par leur numéro, dont "
            f"{french.number(with_some)} avec au moins une entreprise. La liste qui suit donne les noms et les "
            "nombres."
        ),
        "legende": (
            "Disque noir\u00a0: au moins une entreprise y a un lieu. Disque blanc\u00a0: aucune au répertoire. Nos "
            "tables n’ont pas les limites des municipalités\u00a0: chaque disque est près du centre de la sienne."
            + (" Sans numéro\u00a0: même ce point leur manque." if len(ranks) < len(towns) else "")
        ),
        "lieux": [
            {"rang": str(ranks.get(m.code, "")), "nom": m.nom, "texte": french.number(counts[m.code])} for m in towns
        ],
        "source": SOURCE if _is_official(known, mrc) else "",
    }


def _is_official(known: Mapping[str, BaseGeometry], mrc: Mrc) -> bool:
    """Tell whether an outline is that of the package, rather than one that the site gave."""
    ours = boundaries().get(mrc.code)
    return ours is not None and ours.equals(known[mrc.code])


def _disc(rank: int, at: Point, shown: Point, *, is_full: bool) -> str:
    fill, ink = ("#000000", "#ffffff") if is_full else ("#ffffff", "#000000")
    (x, y), (u, v) = at, shown
    back = ""
    if math.dist(at, shown) > _RADIUS:
        back = f'<path d="M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}" stroke="#000000" stroke-width="1"/>'
        back += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#000000"/>'
    return (
        f'{back}<circle cx="{u:.1f}" cy="{v:.1f}" r="{_RADIUS:g}" fill="{fill}" stroke="#000000" stroke-width="1.5"/>'
        f'<text x="{u:.1f}" y="{v + 4.3:.1f}" text-anchor="middle" font-family="Lato" font-size="12" '
        f'font-weight="bold" fill="{ink}">{rank}</text>'
    )


def _apart(placed: Mapping[int, Point], width: float, height: float) -> dict[int, Point]:
    """Move discs apart until none overlaps, each the least it can; the same towns always give the same places."""
    found = dict(placed)
    wanted = 2 * _RADIUS + 3
    for _ in range(_ROUNDS):
        is_still = True
        for one in found:
            for other in found:
                if other <= one:
                    continue
                (x, y), (u, v) = found[one], found[other]
                gap = math.hypot(u - x, v - y)
                if gap >= wanted:
                    continue
                is_still = False
                angle = math.atan2(v - y, u - x) if gap > 0.01 else one  # in radians: any, always the same
                move = (wanted - gap) / 2 + 0.01
                found[one] = _inside(x - move * math.cos(angle), y - move * math.sin(angle), width, height)
                found[other] = _inside(u + move * math.cos(angle), v + move * math.sin(angle), width, height)
        if is_still:
            break
    return found


def _inside(x: float, y: float, width: float, height: float) -> Point:
    edge = _RADIUS + 1
    return min(max(x, edge), width - edge), min(max(y, edge), height - edge)

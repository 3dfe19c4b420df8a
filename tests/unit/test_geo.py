"""Distances and polygons, against geopy and against the plain way."""

import random

import pytest

from annuaire.boundaries import distance_to_mrc_km
from annuaire.geo import distance_km, nearest

TROIS_RIVIERES = (46.34233, -72.54419)


def test_inside_and_outside_an_mrc() -> None:
    assert distance_to_mrc_km(TROIS_RIVIERES, "371") == 0
    outside = distance_to_mrc_km((48.90866, -66.99887), "371")
    assert outside is not None
    assert outside > 300
    assert distance_to_mrc_km(TROIS_RIVIERES, "inconnue") is None


def test_nearest_is_what_comparing_every_pair_gives() -> None:
    draw = random.Random(7)
    places = [(46 + draw.random() * draw.choice((0.05, 2)), -73 + draw.random()) for _ in range(120)]
    found = nearest(places, 4, 25)
    for rank, here in enumerate(places):
        pairs = sorted((distance_km(here, other), n) for n, other in enumerate(places) if n != rank)
        expected = [(n, km) for km, n in pairs[:4] if km <= 25]
        assert [n for n, _ in found[rank]] == [n for n, _ in expected]
        for (_, km), (_, expected_km) in zip(found[rank], expected, strict=True):
            assert km == pytest.approx(expected_km, rel=1e-6)


def test_nobody_near() -> None:
    assert nearest([TROIS_RIVIERES], 5, 60) == [[]]
    assert nearest([TROIS_RIVIERES, (58.0, -68.0)], 5, 60) == [[], []]
    assert nearest([], 5, 60) == []

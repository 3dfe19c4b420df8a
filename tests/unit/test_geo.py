"""Distances and polygons, against geopy and against the plain way."""

import random

import pytest
from geopy.distance import great_circle
from shapely import Point, contains_xy
from shapely.ops import nearest_points

from annuaire.places.boundaries import boundaries
from annuaire.places.geo import Neighbours
from annuaire.places.outlines import distance_to_mrc_km

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
    neighbours = Neighbours(places, 4, 25)
    found = {rank: neighbours.of(rank) for rank in draw.sample(range(120), 120)}
    for rank, here in enumerate(places):
        pairs = sorted((great_circle(here, other).km, n) for n, other in enumerate(places) if n != rank)
        expected = [(n, km) for km, n in pairs[:4] if km <= 25]
        assert [n for n, _ in found[rank]] == [n for n, _ in expected]
        for (_, km), (_, expected_km) in zip(found[rank], expected, strict=True):
            assert km == pytest.approx(expected_km, rel=1e-6)


def test_nobody_near() -> None:
    assert Neighbours([TROIS_RIVIERES], 5, 60).of(0) == []
    assert Neighbours([TROIS_RIVIERES, (58.0, -68.0)], 5, 60).of(1) == []
    Neighbours([], 5, 60)


def test_distance_to_an_mrc_is_that_of_geopy() -> None:
    boundary = boundaries()["371"]
    west = min(x for x, _ in boundary.convex_hull.exterior.coords)
    position = (46.3, west - 0.5)
    found = distance_to_mrc_km(position, "371")
    border = nearest_points(boundary, Point(position[1], position[0]))[0]
    assert found == pytest.approx(great_circle(position, (border.y, border.x)).km, rel=1e-9)


def test_inside_and_distances_are_those_of_shapely() -> None:
    draw = random.Random(11)
    inside = 0
    for code, boundary in boundaries().items():
        west, south, east, north = boundary.bounds
        for _ in range(30):
            x, y = draw.uniform(west - 0.1, east + 0.1), draw.uniform(south - 0.1, north + 0.1)
            found = distance_to_mrc_km((y, x), code)
            if contains_xy(boundary, x, y):
                inside += 1
                assert found == 0
            else:
                border = nearest_points(boundary, Point(x, y))[0]
                assert found == pytest.approx(great_circle((y, x), (border.y, border.x)).km, rel=1e-6, abs=1e-6)
    assert 500 < inside < 2500

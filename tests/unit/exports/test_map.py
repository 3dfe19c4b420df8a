"""The file of the map: outlines that fit together, towns, places; nothing of a confidential address."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from shapely import box
from shapely.geometry import MultiPolygon
from tests.exporting import ALL

from annuaire.catalogue.index import Catalogue
from annuaire.exports import map, purchase
from annuaire.exports.map import SCALE, steps
from annuaire.places.sphere import DEGREE


def corners(ring: list[int]) -> list[tuple[float, float]]:
    """Read an outline as the script of the map does."""
    found, east, north = [], 0, 0
    for to_east, to_north in zip(ring[::2], ring[1::2], strict=True):
        east, north = east + to_east, north + to_north
        found.append((east / SCALE, north / SCALE))
    return found


def test_an_outline_is_read_as_it_was() -> None:
    (ring,) = steps(box(-73.5, 46.1, -72.25, 47))
    assert set(corners(ring)) == {(-73.5, 46.1), (-73.5, 47), (-72.25, 47), (-72.25, 46.1)}
    assert corners(ring)[0] == corners(ring)[-1]


def test_islands_have_their_outline_and_specks_none() -> None:
    drawn = steps(MultiPolygon([box(0, 0, 1, 1), box(2, 2, 2.0001, 2.0001)]))
    assert [set(corners(ring)) for ring in drawn] == [{(0, 0), (0, 1), (1, 1), (1, 0)}]


def test_territories_are_those_of_the_site_and_their_neighbours(catalogue: Catalogue) -> None:
    known = map.content(catalogue)["territoires"]
    own = {one["mrc"] for one in known if one["dansLeSite"]}
    assert own == catalogue.mrc_codes
    around = {one["mrc"] for one in known} - own
    assert around
    assert all(own.intersection(catalogue.territories.neighbours[code]) for code in around)
    assert [one["dansLeSite"] for one in known] == sorted(one["dansLeSite"] for one in known), "ours over the others"


def test_neighbours_share_their_border(catalogue: Catalogue) -> None:
    """Whole numbers of a shared border are the same on both sides: no gap opens between two territories."""
    known = {
        one["mrc"]: {c for ring in one["contours"] for c in corners(ring)}
        for one in map.content(catalogue)["territoires"]
    }
    for mrc in catalogue.mrc_codes:
        for other in catalogue.territories.neighbours[mrc]:
            assert len(known[mrc] & known[other]) >= 1, (mrc, other)


def test_it_speaks_of_the_catalogue_of_the_browser(catalogue: Catalogue) -> None:
    known, columns = map.content(catalogue), purchase._Columns(catalogue).content()["entreprises"]
    assert known["taille"] == len(columns["slug"])
    assert known["degre"] == DEGREE
    for rank in known["discretes"]:
        assert not columns["point"][rank]
        assert columns["adresse"][rank] == ""


def test_a_confidential_address_gives_no_place(catalogue: Catalogue) -> None:
    """Its second place would tell as much as its first."""
    open_one = next(e for e in ALL if len(e.etablissements) > 1 and Catalogue.is_listed(e))
    hidden = replace(open_one, slug="cachee-exemple", adresse_confidentielle=True)
    made = Catalogue((open_one, hidden), (), catalogue.territories, catalogue.vocabularies, ("04",))
    known = map.content(made)
    ranks = {e.slug: rank for rank, e in enumerate(made.listed)}
    assert known["discretes"] == [ranks["cachee-exemple"]]
    assert {line[0] for line in known["autres"]} == {ranks[open_one.slug]}


def test_a_place_without_a_point_is_its_town_and_says_so(catalogue: Catalogue) -> None:
    rich = next(e for e in ALL if e.slug == "coop-exemple")
    made = Catalogue((rich,), (), catalogue.territories, catalogue.vocabularies, ("04",))
    ((rank, latitude, longitude, rough),) = map.content(made)["autres"]
    town = catalogue.municipality(rich.etablissements[1])
    assert (rank, rough) == (0, 1)
    assert latitude / DEGREE == pytest.approx(town.latitude, abs=1 / DEGREE)
    assert longitude / DEGREE == pytest.approx(town.longitude, abs=1 / DEGREE)


def test_towns_come_by_their_population_and_where_they_are(catalogue: Catalogue) -> None:
    named = [name for name, *_ in map.content(catalogue)["lieux"]]
    assert named[:2] == ["Trois-Rivières", "Shawinigan"]
    assert all(isinstance(lat, int) and isinstance(lon, int) for _, lat, lon in map.content(catalogue)["lieux"])


def test_it_is_small(catalogue: Catalogue) -> None:
    text = map.to_json(catalogue)
    assert json.loads(text)["format"] == 1
    assert len(text) < 40_000

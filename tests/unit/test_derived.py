"""Drop the point of a place that moved, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from tests.forming import ask_the_form  # noqa: F401 - the fixture « ask »
from tests.node import Ask
from tests.unit.test_flags import changed, codes

from annuaire import schema
from annuaire.catalogue.derived import drop_stale
from annuaire.records.collections import ENTERPRISES

SCHEMA = schema.load(ENTERPRISES)
POINT = {"latitude": "46.34300", "longitude": "-72.54300"}
HERE = {"adresse": "1060, rue Saint-François-Xavier", "municipalite": "Exempleville", **POINT}


Place = dict[str, Any]


def after(*places: Place, before: tuple[Place, ...] = (HERE,)) -> tuple[list[Place], list[str]]:
    """Give the places of a record once what no longer holds is taken out, and the titles of what was."""
    values = {"etablissements": [dict(place) for place in places]}
    dropped = drop_stale({"etablissements": list(before)}, values, SCHEMA)
    return values["etablissements"], dropped


@pytest.mark.parametrize(
    "change",
    [
        {"adresse": "1500, rue Royale"},
        {"municipalite": "Sainte-Exemple"},
        {"adresse": "1061, rue Saint-François-Xavier"},
    ],
)
def test_a_place_that_moved_loses_its_point(change: dict[str, str]) -> None:
    moved = {**HERE, **change}
    assert after(moved) == ([{k: v for k, v in moved.items() if k not in POINT}], ["Latitude", "Longitude"])


def test_an_address_taken_away_takes_its_point_along() -> None:
    places, _ = after({key: value for key, value in HERE.items() if key != "adresse"})
    assert places == [{"municipalite": "Exempleville"}]


@pytest.mark.parametrize(
    "change",
    [
        {"adresse": "1060 rue St-François-Xavier"},
        {"adresse": "1060, RUE SAINT-FRANCOIS-XAVIER, bureau 200"},
        {"telephone": "819 555-0142"},
        {"code_postal": "G9A 5K8"},
        {"latitude": "46.34400", "adresse": "1500, rue Royale"},
    ],
)
def test_another_writing_another_field_or_another_point_keeps_it(change: dict[str, str]) -> None:
    assert after({**HERE, **change}) == ([{**HERE, **change}], [])


def test_an_address_that_was_missing_contradicts_nothing() -> None:
    bare = {key: value for key, value in HERE.items() if key != "adresse"}
    assert after(HERE, before=(bare,)) == ([HERE], [])


def test_places_are_told_apart_by_their_points() -> None:
    other = {"adresse": "3, rang Exemple", "municipalite": "Exempleville", "latitude": "46.1", "longitude": "-72.1"}
    moved = {**other, "adresse": "8, rang Exemple"}
    places, dropped = after(moved, HERE, before=(HERE, other))
    assert places == [{"adresse": "8, rang Exemple", "municipalite": "Exempleville"}, HERE]
    assert dropped
    assert after({"municipalite": "Exempleville"}, HERE, before=(HERE, other))[1] == []


CASES: tuple[tuple[list[Place], list[Place]], ...] = (
    ([HERE], [{**HERE, "adresse": "1500, rue Royale"}]),
    ([HERE], [{**HERE, "adresse": "1060 rue St-François-Xavier, local 3"}]),
    ([HERE], [{**HERE, "municipalite": "Sainte-Exemple"}]),
    ([HERE], [{"municipalite": "Exempleville", **POINT}]),
    ([{"municipalite": "Exempleville", **POINT}], [HERE]),
    ([HERE, {**HERE, "adresse": "8, rang Exemple"}], [{**HERE, "adresse": "8, rang Exemple"}]),
    ([HERE], [HERE, {"municipalite": "Exempleville"}]),
    ([], [HERE]),
)


@pytest.mark.parametrize(("before", "places"), CASES)
def test_the_form_does_the_same(ask: Ask, before: list[Place], places: list[Place]) -> None:
    expected, _ = after(*places, before=tuple(before))
    answer = ask("moved", before={"etablissements": before}, after={"etablissements": places})
    assert answer == {"etablissements": expected}


def test_the_coach_tells_a_point_that_stayed_behind() -> None:
    place = '  - adresse: "1, rue Exemple"\n    municipalite: Exempleville\n'
    point = '    latitude: "46.34300"\n    longitude: "-72.54300"\n'
    before = f"nom: Cantine Exemple\netablissements:\n{place}{point}"
    moved = before.replace("1, rue Exemple", "80, rang Exemple")
    assert "point-ancien" in codes(changed(before, moved, staff=True))
    assert "point-ancien" not in codes(changed(before, moved.partition("    latitude")[0], staff=True))
    assert "point-ancien" not in codes(changed(before, before.replace("Cantine", "Table"), staff=True))

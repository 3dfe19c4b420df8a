"""Opening hours are given to machines only where they are surely read."""

import pytest

from annuaire.text.hours import Opening, openings

WEEK = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du lundi au vendredi, de 8 h 30 à 16 h 30", [(WEEK, "08:30", "16:30")]),
        ("Du lundi au vendredi, de 8\u00a0h à 17\u00a0h.", [(WEEK, "08:00", "17:00")]),
        ("Tous les jours, de 6 h à 21 h", [(tuple(range(7)), "06:00", "21:00")]),
        ("Lundi, mercredi et vendredi, de 10 h à 15 h", [((0, 2, 4), "10:00", "15:00")]),
        ("Vendredi, de 12 h à 18 h; samedi, de 9 h à 15 h", [((4,), "12:00", "18:00"), ((5,), "09:00", "15:00")]),
        ("Du lundi au jeudi, de 9 h à 21 h; vendredi jusqu’à 16 h", []),
        ("Kiosque : vendredi, de 12 h à 18 h; samedi, de 9 h à 15 h", []),
        ("Du lundi au vendredi, de 9 h 30 à 16 h; jeudi, de 9 h à 19 h", []),
        ("De mai à octobre, du lundi au vendredi, de 9 h à 16 h", []),
        ("Du vendredi au lundi, de 9 h à 16 h", []),
        ("Du jeudi au dimanche, de 15 h à 2 h", []),
        ("Lundi, de 9 h à 25 h", []),
        ("Lundi, de 8 h à 12 h et de 13 h à 16 h", []),
        ("Sur rendez-vous", []),
        ("", []),
    ],
)
def test_hours(text: str, expected: list[tuple[tuple[int, ...], str, str]]) -> None:
    assert list(openings(text)) == [Opening(*one) for one in expected]

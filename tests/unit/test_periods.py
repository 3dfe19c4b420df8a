"""Dates known to the day, the month or the year, and how they are said."""

from datetime import date, time

import pytest

from annuaire.text.periods import DAY, MONTH, YEAR, Span, clock, said, span


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2027-03-05", date(2027, 3, 5), date(2027, 3, 5), DAY),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), MONTH),
        ("2027-12", date(2027, 12, 1), date(2027, 12, 31), MONTH),
        ("2018", date(2018, 1, 1), date(2018, 12, 31), YEAR),
    ],
)
def test_days_that_a_date_may_mean(text: str, first: date, last: date, precision: str) -> None:
    assert span(text) == Span(first, last, precision)


@pytest.mark.parametrize(
    "text", ["", "2027-02-30", "2027-13", "2027-1", "27", "0000", "2027-03-05T10:00", "\uff12\uff10\uff12\uff17"]
)
def test_no_date(text: str) -> None:
    assert span(text) is None


@pytest.mark.parametrize(("hour", "words"), [(time(9), "9 h"), (time(13, 30), "13 h 30"), (time(0, 5), "0 h 05")])
def test_hours(hour: time, words: str) -> None:
    assert clock(hour).replace("\u00a0", " ") == words


SAID = {
    ("2027-05-12", "", "", ""): "le 12 mai 2027",
    ("2027-05-01", "", "9", ""): "le 1er mai 2027 à 9 h",
    ("2027-05-12", "", "9", "16"): "le 12 mai 2027 de 9 h à 16 h",
    ("2027-05-12", "", "", "16"): "le 12 mai 2027",
    ("2027-03-03", "2027-03-05", "", ""): "du 3 au 5 mars 2027",
    ("2027-03-01", "2027-04-01", "", ""): "du 1er mars au 1er avril 2027",
    ("2026-12-30", "2027-01-02", "", ""): "du 30 décembre 2026 au 2 janvier 2027",
    ("2027-11-06", "2027-11-07", "22", "3"): "du 6 novembre 2027 à 22 h au 7 novembre 2027 à 3 h",
    ("2027-03-03", "2027-03-05", "9", ""): "du 3 mars 2027 à 9 h au 5 mars 2027",
    ("2019-11", "", "", ""): "en novembre 2019",
    ("2018", "", "", ""): "en 2018",
    ("2019-04", "2019-10", "", ""): "d’avril 2019 à octobre 2019",
    ("2018", "2020", "", ""): "de 2018 à 2020",
    ("2017-10", "2017-12-03", "", ""): "d’octobre 2017 au 3 décembre 2017",
}


@pytest.mark.parametrize("given", SAID, ids=SAID.values())
def test_periods(given: tuple[str, str, str, str]) -> None:
    start, end, starts, ends = given
    first = span(start)
    assert first
    hours = (time(int(hour)) if hour else None for hour in (starts, ends))
    assert said(first, span(end), *hours).replace("\u00a0", " ") == SAID[given]

"""Bars and columns: as long as their numbers, within the page, nothing drawn of nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annuaire.pages import charts


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = charts.bars([("A", 40, "40"), ("B", 10, "10"), ("C", 0, "0")])
    assert drawn is not None
    first, second = drawn.bars
    assert first.width == pytest.approx(4 * second.width)
    assert first.width < 100
    assert second.y - first.y > drawn.bar
    assert second.top + drawn.bar <= drawn.height


def test_nothing_is_drawn_of_nothing() -> None:
    assert charts.bars([]) is None
    assert charts.bars([("A", 0, "0")]) is None
    assert charts.columns([]) is None
    assert charts.columns([("mai", 4, 1)]) is None
    assert charts.columns([("mai", 0, 0), ("juin", 0, 0)]) is None


def test_a_long_list_is_cut_and_says_so() -> None:
    drawn = charts.bars([(f"n{n}", 500 - n, "") for n in range(charts.MOST_BARS + 7)])
    assert drawn is not None
    assert (len(drawn.bars), drawn.left_out) == (charts.MOST_BARS, 7)


def test_a_long_label_is_cut_between_words_or_at_a_hyphen() -> None:
    name = "MRC de La Haute-Vallée-de-la-Rivière-aux-Exemples-et-du-Lac"
    drawn = charts.bars([(name, 1, "1"), ("X" * 90, 1, "1")])
    assert drawn is not None
    assert drawn.bars[0].label == "MRC de La Haute-Vallée-de-la…"
    assert all(len(bar.label) <= 36 for bar in drawn.bars)


@pytest.mark.parametrize("count", [2, 6, 7, 24, 60])
def test_columns_stand_side_by_side_on_their_line(count: int) -> None:
    drawn = charts.columns([(f"mois {n}", n + 1, n) for n in range(count)])
    assert drawn is not None
    marks = drawn.columns
    assert (len(marks), drawn.left_out) == (min(count, charts.MOST_COLUMNS), max(0, count - charts.MOST_COLUMNS))
    assert all(one.x + one.width <= other.x for one, other in pairwise(marks))
    assert marks[-1].x + marks[-1].width <= 100
    assert all(mark.top + mark.height == mark.dark_top + mark.dark == drawn.base for mark in marks)
    assert all(mark.dark <= mark.height and mark.top > 12 for mark in marks)
    assert marks[-1].label == f"mois {count - 1}"
    assert sum(bool(mark.label) for mark in marks) == 2
    assert sum(bool(mark.value) for mark in marks) == (count if count <= 6 else 2)

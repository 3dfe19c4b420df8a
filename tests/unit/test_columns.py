"""Texts in which words are looked for: spaces are one, and what is no letter parts words."""

from __future__ import annotations

import pytest

from annuaire.catalogue.answer.columns import Column


@pytest.mark.parametrize("space", ["  ", "\t", "\u00a0", "\ufeff", " \u202f\n", "\U0001f600", "\U00010428", " – "])
def test_words_are_found_whatever_parts_them(space: str) -> None:
    column = Column(["Autre chose", f"Traiteur{space}midi"])
    assert column.having("traiteur") == column.having("midi") == {1}
    assert column.saying(["traiteur", "midi"]) == {1}


def test_many_spaces_part_words_no_more_than_one_does() -> None:
    wide = " \t" * 40
    assert Column([f"Traiteur{wide}midi"]).saying(["traiteur", "midi"]) == {0}
    assert Column([f"Traiteur{'.' * 80}midi"]).saying(["traiteur", "midi"]) == set()

"""French order: the keys built word by word are those of the whole text."""

from __future__ import annotations

import pytest
from pyuca import Collator

from annuaire.names import sort_key


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "  deux  espaces ",
        "Coopérative d’habitation L'Île-aux-Coudres (n° 3) « été »",
        "Œuvre de la Côte-Nord",
        "a \u0301b",
        "\u0301x",
        "É e\u0301",
        "l·l a",
        "日本 語",
        "Ǆ\u00a0x",
    ],
)
def test_key_is_that_of_the_whole_text(text: str) -> None:
    assert sort_key(text) == (tuple(Collator().sort_key(text)), text)


def test_order_is_french() -> None:
    names = ["Zèbre", "Écluse", "eau", "Ecluse", "Œuvre", "Oeuf", "étang", "E x"]
    assert sorted(names, key=sort_key) == ["E x", "eau", "Ecluse", "Écluse", "étang", "Oeuf", "Œuvre", "Zèbre"]

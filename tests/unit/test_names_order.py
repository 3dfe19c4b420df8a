"""French order: the keys built character by character are those of the whole text."""

from __future__ import annotations

import pytest
from pyuca import Collator

from annuaire.pages.rows import letter
from annuaire.text.names import filed_name, sort_key

COLLATOR = Collator()  # reads its table, which takes a while


def weights(text: str) -> str:
    return "".join(map(chr, COLLATOR.sort_key(text)))


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
        "novateur·trice·s",
        "ministériel·le L·",
        "日本 語",
        "habitation·s " * 20 + "日",  # a pattern that tries all the ways to cut it would never end
        "Ǆ\u00a0x",
    ],
)
def test_key_is_that_of_the_whole_text(text: str) -> None:
    assert sort_key(text) == (weights(text), text)


@pytest.mark.parametrize("codes", [range(0x400), range(0x1FF0, 0x2080)], ids=["latin", "punctuation"])
def test_key_of_each_usual_character_is_that_of_the_whole_table(codes: range) -> None:
    """Only they are read of the table, most often; those around them are not usual."""
    for text in (before + chr(code) + after for code in codes for before in ("", "l", "a\u0327") for after in "é·"):
        assert sort_key(text) == (weights(text), text), ascii(text)


def test_order_is_french() -> None:
    names = ["Zèbre", "Écluse", "eau", "Ecluse", "Œuvre", "Oeuf", "étang", "E x"]
    assert sorted(names, key=sort_key) == ["E x", "eau", "Ecluse", "Écluse", "étang", "Oeuf", "Œuvre", "Zèbre"]


@pytest.mark.parametrize("name", ["« Mon toit »", "“Mon toit”", "‘Mon toit’", '"Mon toit"', "(Mon) toit", "« “ Mon"])
def test_leading_quotes_count_neither_for_the_order_nor_for_the_letter(name: str) -> None:
    assert filed_name(name).startswith("Mon")
    assert sorted(["Nid", name, "Lune"], key=lambda n: sort_key(filed_name(n))) == ["Lune", name, "Nid"]
    assert letter(name) == "M"


def test_name_of_punctuation_alone_is_filed_as_it_is() -> None:
    assert filed_name("«\u00a0!\u00a0»") == "«\u00a0!\u00a0»"
    assert letter("!") == "0-9"

"""What the search index is told of an enterprise."""

from __future__ import annotations

import pytest

from annuaire.pages.findable import respell


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("l’aide à domicile", "aide  domicile"),
        ("coopérative d'habitation", "coopérative habitation"),
        ("Œuvre de l’Île", "Oeuvre de Île"),
        ("aujourd’hui", "aujourd hui"),
        ("groupe A de Trois-Rivières", "groupe  de Trois-Rivières"),
    ],
)
def test_indexed_words_have_no_elision(text: str, plain: str) -> None:
    assert respell(text) == plain

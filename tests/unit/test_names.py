"""Names: what is the same, what is not, and in which order."""

import pytest

from annuaire.text.names import fold, normalise_name, slugify, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Œuvre d’Élodie", "oeuvre d'elodie"), ("ÇA", "ca"), ("St-Étienne", "st-etienne"), ("", "")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_long_text_is_folded_as_its_letters_are() -> None:
    letters = [chr(code) for code in range(0x3000) if chr(code).isprintable()]
    text = "".join(letters * 2)
    assert fold(text) == "".join(map(fold, letters)) * 2


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Coopérative forestière du Haut St-Maurice", "cooperative-forestiere-du-haut-st-maurice"),
        ("L’Œil & la Main inc.", "l-oeil-la-main-inc"),
        ("!!!", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_slug_is_cut_between_words() -> None:
    slug = slugify("mot " * 40)
    assert len(slug) <= 60
    assert slug.endswith("mot")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Coop de solidarité Ste-Thècle inc.", "COOPÉRATIVE DE SOLIDARITÉ SAINTE-THÈCLE", True),
        ("Coopérative forestière du Haut St-Maurice", "Coopérative forestière du bas St-Maurice", False),
    ],
)
def test_normalised_names(one: str, other: str, same: bool) -> None:
    assert (normalise_name(one) == normalise_name(other)) is same


def test_french_order() -> None:
    names = ["Zoé", "été", "Étang", "Eau", "cote", "côte", "coté"]
    assert sorted(names, key=sort_key) == ["cote", "coté", "côte", "Eau", "Étang", "été", "Zoé"]

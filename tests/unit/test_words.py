"""Words of a question: their lists, what tells something, one form for all those of a word."""

from __future__ import annotations

import pytest

from annuaire.text import words
from annuaire.text.names import fold
from annuaire.text.words import distance, head_and_tail, parts, root, spelled, terms, tokens, undotted


def test_lists_hold_folded_words() -> None:
    lists = (words.STOP, words.WEAK, words.NEVER_WEAK, words.ELISIONS, words.ASIDE, words.AND, words.LEGAL)
    assert all(word == fold(word) for found in lists for word in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Traiteur à Shawinigan", ["traiteur", "shawinigan"]),
        ("fourniture d’œufs", ["oeufs"]),
        ("fournitures de bureau", ["fournitures", "bureau"]),
        ("services", ["services"]),
        ("à la", ["a", "la"]),
        ("l'entretien, l'entretien", ["entretien"]),
        ("me\u0301nage", ["menage"]),
        ("", []),
    ],
)
def test_words_that_tell(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_words_as_they_stand() -> None:
    found = spelled("Salle, l’Été 2026")
    assert [(word.word, word.typed, word.start, word.end, word.joint) for word in found] == [
        ("salle", "Salle", 0, 5, ""),
        ("ete", "Été", 9, 12, "’"),
        ("2026", "2026", 13, 17, " "),
    ]


@pytest.mark.parametrize(
    ("forms", "one"),
    [
        ("municipal municipaux municipale municipales", "municipal"),
        ("jeu jeux", "jeu"),
        ("bureau bureaux", "bureau"),
        ("prepose preposee preposes preposees", "prepos"),
        ("bus", "bus"),
    ],
)
def test_one_root(forms: str, one: str) -> None:
    assert {root(word) for word in forms.split()} == {one}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("traiteur pour une réunion du conseil", "traiteur"),
        ("pour une réunion du conseil", "pour une reunion du conseil"),
        ("service pour aînés", "service pour aines"),  # a service tells nothing
        ("traiteur", "traiteur"),
    ],
)
def test_what_is_asked_comes_before_what_it_is_for(text: str, head: str) -> None:
    asked, aside = head_and_tail(tokens(text))
    assert " ".join(asked) == head
    assert [*asked, *aside] == tokens(text)


def test_parts() -> None:
    assert parts(spelled("traiteur et salle, vidéo/photo")) == [["traiteur"], ["salle"], ["video"], ["photo"]]


@pytest.mark.parametrize(
    ("one", "other", "most", "steps"),
    [
        ("traiteur", "traiteur", 2, 0),
        ("traitteur", "traiteur", 2, 1),
        ("triateur", "traiteur", 2, 1),  # two letters swapped
        ("pompes", "pompon", 2, 2),
        ("pompes", "pompon", 1, 2),
        ("a", "abcd", 2, 3),
    ],
)
def test_letters_between_two_words(one: str, other: str, most: int, steps: int) -> None:
    assert distance(one, other, most) == steps


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("C.P.E. Exemple", "CPE Exemple"),
        ("le C.P.E", "le CPE"),
        ("Exemple inc. a.b.", "Exemple inc. ab"),
        ("fin.a.b.", "fin.ab"),
        ("M. Exemple", "M. Exemple"),
    ],
)
def test_dots_leave_initials_alone(text: str, whole: str) -> None:
    assert undotted(text) == whole

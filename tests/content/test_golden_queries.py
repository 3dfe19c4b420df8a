"""Ask the real directory what buyers ask: nineteen in twenty are well answered, of each kind, on each page."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest
from bench import questions
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

# In the order of the file.
THEMES = [
    *("simple", "accent", "pluriel", "elision", "synonyme", "liste", "anglais", "sigle", "joint", "phrase", "lieu"),
    *("identifiant", "nom", "faute", "piege", "absent"),
]


def test_questions_are_of_every_kind_and_name_what_exists() -> None:
    asked = questions.load()
    themes = Counter(question.theme for question in asked)
    assert len(asked) == len({question.words for question in asked}) >= 200
    assert [theme for theme, _ in groupby(question.theme for question in asked)] == THEMES
    assert min(themes.values()) >= 3
    assert themes["liste"] >= 100
    assert sum(bool(question.records) for question in asked) >= 100
    assert sum(question.kind is questions.Kind.SILENT for question in asked) >= 100
    sectors = {sector for sector, _ in questions.records().values()}
    for question in asked:
        is_silent = bool(question.never or question.nobody)
        expected = (question.records, question.category, question.never, question.nobody, question.correction)
        assert sum(map(bool, expected)) == 1, question.words
        assert len(question.records) <= questions.FIRST, question.words
        assert set(question.records) <= questions.records().keys(), question.words
        assert set(question.never) <= questions.records().keys() | sectors, question.words
        assert not question.category or questions.suppliers(question.category), question.words
        assert not question.need or (is_silent and not questions.suppliers(question.need)), question.words
        assert bool(question.correction) == (question.theme == "faute"), question.words


@pytest.mark.parametrize("name", questions.PAGES)
def test_buyers_are_answered(real: str, visit: Open, name: str) -> None:
    with visit(real) as visited:
        wrong = list(questions.faults(visited.page, real, questions.PAGES[name]))
    scores = questions.scores(question for question, _ in wrong)
    told = "\n".join(f"{question.words} ({question.theme}) : {what}" for question, what in wrong)
    for kind, (right, asked) in scores.items():
        print(f"{name}, {kind} : {right} of {asked} questions")  # noqa: T201 - shown by `pytest -rP`
    print(told)  # noqa: T201
    assert all(right >= questions.LEAST_SHARE * asked for right, asked in scores.values()), told
    assert not any(question.correction for question, _ in wrong), told

"""Ask the real directory what buyers ask: nine in ten are answered by the right enterprises, first."""

from __future__ import annotations

from collections import Counter

import pytest
from bench import questions
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

KINDS = {"simple", "accent", "pluriel", "elision", "synonyme", "phrase", "lieu", "faute", "absent"}


def test_questions_are_of_every_kind_and_name_what_exists() -> None:
    asked = questions.load()
    kinds = Counter(question.kind for question in asked)
    assert len(asked) == len({question.words for question in asked}) >= 36
    assert kinds.keys() == KINDS
    assert min(kinds.values()) >= 3
    for question in asked:
        expected = (question.records, question.category, question.need, question.correction)
        assert sum(map(bool, expected)) == 1, question.words
        assert len(question.records) <= questions.FIRST, question.words
        assert set(question.records) <= questions.records().keys(), question.words
        assert not question.category or questions.suppliers(question.category), question.words
        assert not question.need or not questions.suppliers(question.need), question.words
        assert bool(question.correction) == (question.kind == "faute"), question.words


@pytest.mark.parametrize("name", questions.PAGES)
def test_buyers_are_answered(real: str, visit: Open, name: str) -> None:
    total = len(questions.load())
    with visit(real) as visited:
        wrong = list(questions.faults(visited.page, real, questions.PAGES[name]))
    told = "\n".join(f"{question.words} ({question.kind}) : {what}" for question, what in wrong)
    print(f"{name} : {total - len(wrong)} of {total} questions\n{told}")  # noqa: T201 - shown by `pytest -rP`
    assert len(wrong) <= (1 - questions.LEAST_SHARE) * total, told
    assert not any(question.correction for question, _ in wrong), told

"""Ask the real directory what buyers ask: nineteen in twenty are well answered, of each kind."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from bench import questions
from tests.browser.conftest import Open
from tests.node import asking
from tests.sites import Project

from annuaire import urls
from annuaire.exports import packing

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


def test_buyers_are_answered(directory: Project) -> None:
    """By what both pages run, without their screen: every question."""
    data = packing.read(directory.site)
    texts = json.loads((directory.site / urls.CATALOGUE_TEXTS).read_text(encoding="utf-8"))
    with asking(Path(__file__).parent / "answer.mjs") as ask:
        ask("load", data=data, texts=texts)

        def answer(words: str) -> questions.Answer:
            found = ask("answer", words=words)
            needs = tuple(need.strip("«»\u00a0 ") for need in found["needs"])
            return questions.Answer(tuple(found["slugs"]), needs, found["correction"])

        wrong = list(questions.faults(answer, questions.load()))
    scores = questions.scores(question for question, _ in wrong)
    told = "\n".join(f"{question.words} ({question.theme}) : {what}" for question, what in wrong)
    print(scores, told, sep="\n")  # noqa: T201 - shown by `pytest -rP`
    assert all(right >= questions.LEAST_SHARE * asked for right, asked in scores.values()), told
    assert not any(question.correction for question, _ in wrong), told


@pytest.mark.browser
@pytest.mark.parametrize("name", questions.PAGES)
def test_pages_answer_the_same(real: str, visit: Open, name: str) -> None:
    """On the screen: one question of each theme, which was rightly answered above; `make bench` asks them all."""
    first = {question.theme: question for question in reversed(questions.load())}
    with visit(real) as visited:
        ask = partial(questions.PAGES[name], visited.page, real)
        assert list(questions.faults(ask, first.values())) == []

"""Judge made-up answers to questions about the real directory: what is right, what is wrong and why."""

from __future__ import annotations

import pytest
from bench import questions
from bench.questions import Answer, Kind, Question

BUFFET, BREWERY = "buffet-bouff-elles", "a-la-fut-coop-de-travail-brassicole"
COFFEE = ("cafe-comsep", "cooperative-pompon-laine-cafe", "le-wilson-cafe-boutique")
PRINTING = "Impression et reprographie"


def answer(*slugs: str, needs: tuple[str, ...] = (), correction: str = "") -> Answer:
    return Answer(slugs, needs, correction)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (Question("traiteur", "simple", records=(BUFFET,)), answer(*COFFEE[:2], BUFFET)),
        (Question("café", "simple", category="pause-cafe"), answer(*COFFEE, BUFFET)),
        (Question("traiteur", "piege", never=(BREWERY, "finance-assurances")), answer(BUFFET)),
        (Question("traiteur", "piege", never=(BREWERY,)), answer()),
        (Question("imprimerie", "absent", nobody=True), answer()),
        (Question("imprimerie", "absent", nobody=True, need="impression"), answer(needs=("Autre", PRINTING))),
        (Question("traitteur", "faute", correction="traiteur"), answer(BREWERY, correction="traiteur")),
    ],
)
def test_right(question: Question, given: Answer) -> None:
    assert questions.judge(question, given) == ""


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        (Question("traiteur", "simple", records=(BUFFET,)), answer(*COFFEE, BUFFET), f"{BUFFET} absent"),
        (Question("traiteur", "simple", records=(BUFFET,)), answer(), f"{BUFFET} absent"),
        (Question("café", "simple", category="pause-cafe"), answer(*COFFEE[:2], BUFFET, COFFEE[2]), "pause-cafe"),
        (Question("café", "simple", category="pause-cafe"), answer(*COFFEE[:2]), "pause-cafe"),
        (Question("traiteur", "piege", never=(BREWERY,)), answer(*COFFEE, BUFFET, BREWERY), f"{BREWERY} en tête"),
        (Question("traiteur", "piege", never=("alimentation-restauration",)), answer(BUFFET), f"{BUFFET} en tête"),
        (Question("imprimerie", "absent", nobody=True), answer(BREWERY), f"{BREWERY} en tête"),
        (Question("imprimerie", "absent", nobody=True, need="impression"), answer(needs=("Autre",)), PRINTING),
        (Question("traitteur", "faute", correction="traiteur"), answer(BUFFET), "« traiteur » attendu"),
        (Question("imprimerie", "absent", nobody=True), answer(correction="imprimeries"), "« imprimeries » proposé"),
        (Question("traiteur", "simple", records=(BUFFET,)), answer(BUFFET, correction="traite"), "« traite » proposé"),
    ],
)
def test_wrong(question: Question, given: Answer, said: str) -> None:
    assert said in questions.judge(question, given)


def test_kinds_are_scored_apart() -> None:
    found = next(question for question in questions.load() if question.kind is Kind.FOUND)
    perfect, scores = questions.scores([]), questions.scores([found, found])
    assert sum(asked for _, asked in scores.values()) == len(questions.load())
    assert all(right == asked for right, asked in perfect.values())
    assert scores[Kind.FOUND][0] == perfect[Kind.FOUND][0] - 2
    assert scores[Kind.SILENT] == perfect[Kind.SILENT]

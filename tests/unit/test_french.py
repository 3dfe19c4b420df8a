"""French as read in Québec: numbers, dates, counts, lists."""

from datetime import date

import pytest

from annuaire.text import french


def test_numbers_and_counts() -> None:
    assert french.number(11200) == "11\u00a0200"
    assert french.count(0, "entreprise") == "0\u00a0entreprise"
    assert french.count(1, "entreprise") == "1\u00a0entreprise"
    assert french.count(2, "cheval", "chevaux") == "2\u00a0chevaux"


def test_dates() -> None:
    assert french.day(date(2026, 3, 1)) == "1er\u00a0mars\u00a02026"
    assert french.day(date(2026, 11, 22)) == "22\u00a0novembre\u00a02026"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_enumeration(items: list[str], text: str) -> None:
    assert french.enumeration(items) == text


def test_articles_before_a_noun() -> None:
    nouns = {"programme": False, "foire": True, "organisation": True, "outil": False}
    found = [french.of_the(noun, is_feminine=is_feminine) for noun, is_feminine in nouns.items()]
    assert found == ["du programme", "de la foire", "de l’organisation", "de l’outil"]


def test_sizes_and_distances() -> None:
    assert french.size(1_400_000) == "1,4\u00a0Mo"
    assert french.size(12) == "1\u00a0ko"
    assert french.kilometres(0.4) == "moins de 1\u00a0km"
    assert french.kilometres(6.6) == "7\u00a0km"


def test_a_text_is_cut_between_words() -> None:
    assert french.shorten("un deux trois quatre", 12) == "un deux…"
    assert french.shorten("court", 12) == "court"

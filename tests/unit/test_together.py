"""Who answers together: alike in Python and in the browser, only from what records say, and the gap that stays."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.node import Ask, asking
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.supply import Area, Supply, supply_of
from annuaire.catalogue.together import Member, Together, capacity, members, together, unit, unplaced
from annuaire.exports import purchase
from annuaire.pages.reference import Version

PLACES = ("995", "996", "997", "998")


@pytest.fixture(scope="module")
def supply() -> Supply:
    """Load the offers of the Exemple site."""
    settings = config.load(EXAMPLES / "mkdocs.yml")
    return supply_of(Loader(settings).load(config.judging_date(settings.root)).catalogue())


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the browser's judge in Node."""
    with asking(Path(__file__).with_name("together.mjs")) as asked:
        yield asked


CAPACITIES = [
    ("Jusqu’à 2 000 m² par semaine", 2000, "m2 par semaine"),
    ("900\u00a0m²/semaine", 900, "m2 par semaine"),
    ("De 50 à 20 000 exemplaires", 20000, "exemplaire"),
    ("environ 3 équipes", 3, "equipe"),
    ("2,4 mégawatts", 2, "megawatt"),
    ("80 personnes assises", 80, "personne assise"),
    ("12 os", 12, "os"),
    ("14 autos, 40 vélos", None, ""),
    ("Nous avons 3 camions", None, ""),
    ("beaucoup", None, ""),
    ("2000", None, ""),
    ("", None, ""),
]


@pytest.mark.parametrize(("text", "amount", "measure"), CAPACITIES)
def test_a_capacity_is_a_quantity_of_a_unit_or_nothing(text: str, amount: int | None, measure: str) -> None:
    read = capacity(text)
    assert (read and (read.amount, read.unit)) == ((amount, measure) if amount is not None else None)


def test_both_read_capacities_alike(ask: Ask, supply: Supply) -> None:
    texts = [text for text, *_ in CAPACITIES]
    texts += [line.offer.capacite for line in supply.lines if line.offer]
    texts += ["MAXIMUM DE 5 Œuvres", "5\u202f000 pi²", "1 000 000 000 unités", "7 /mois", "3 a b 4", "٣ jours"]
    for text, (read, measure) in zip(texts, ask("read", texts=texts), strict=True):
        own = capacity(text)
        assert read == (own and {"amount": own.amount, "unit": own.unit}), text
        assert measure == unit(text), text


def one(slug: str, mrcs: str, amount: int | None = None, *, sure: bool = True) -> Member:
    """Make a member: « 5 7 » serves 995 and 997."""
    return Member(slug, sure, frozenset(f"99{digit}" for digit in mrcs.split()), amount)


def said(judged: Together) -> tuple[list[str], list[tuple[list[str], int, list[str], int]]]:
    """Give who answers alone, then each combination: members, amount, places missing, gap."""
    found = [([m.slug for m in c.members], c.amount, sorted(c.missing), c.gap) for c in judged.combinations]
    return [m.slug for m in judged.alone], found


WANTED = frozenset({"995", "997"})


def test_who_answers_alone_leaves_nothing_to_combine() -> None:
    assert said(together([one("a", "5 7", 50), one("b", "5 7", 100)], WANTED, 100)) == (["b"], [])
    assert said(together([one("a", "5 7")], WANTED, None)) == (["a"], [])


def test_quantities_add_up_and_the_gap_stays() -> None:
    found = [one("a", "5 7", 60), one("b", "5 7", 30)]
    assert said(together(found, WANTED, 90)) == ([], [(["a", "b"], 90, [], 0)])
    assert said(together(found, WANTED, 100)) == ([], [(["a", "b"], 90, [], 10)])


def test_territories_are_put_together() -> None:
    found = [one("a", "5"), one("b", "7"), one("c", "5")]
    assert said(together(found, WANTED, None)) == ([], [(["a", "b"], 0, [], 0), (["c", "b"], 0, [], 0)])
    assert said(together([one("a", "5")], WANTED, None)) == ([], [(["a"], 0, ["997"], 0)])


def test_a_capacity_that_is_not_said_is_not_counted() -> None:
    judged = together([one("a", "5 7", 60), one("b", "5 7")], WANTED, 90)
    assert said(judged) == ([], [(["a"], 60, [], 30)])
    assert [member.slug for member in judged.uncounted] == ["b"]
    assert together([one("a", "5 7")], WANTED, None).uncounted == ()


def test_nobody_who_adds_nothing_is_in_a_combination() -> None:
    found = [one("a", "5", 100), one("b", "7", 100), one("c", "5 7", 20)]
    for combination in together(found, WANTED, 150).combinations:
        rest = [m for m in combination.members if m is not combination.members[0]]
        assert rest
        assert len(combination.members) < 3, "c adds nothing to a and b"


def test_the_confirmed_come_before_their_like() -> None:
    found = [one("a", "5", sure=False), one("b", "5"), one("c", "7")]
    assert [m.slug for m in together(found, WANTED, None).combinations[0].members] == ["b", "c"]


def test_both_judge_alike(ask: Ask) -> None:
    chance = random.Random(14)
    kinds = set()
    for _ in range(400):
        wanted = frozenset(chance.sample(PLACES, chance.randint(1, 4)))
        quantity = chance.choice([None, 10, 100, 400])
        found = [
            Member(
                str(rank),
                chance.random() < 0.5,
                frozenset(chance.sample(sorted(wanted), chance.randint(1, len(wanted)))),
                chance.choice([None, 5, 10, 40, 90]),
            )
            for rank in range(chance.randint(0, 20))
        ]
        own = together(found, wanted, quantity)
        sent = [
            {"rank": m.slug, "isConfirmed": m.is_confirmed, "mrcs": sorted(m.mrcs), "amount": m.amount} for m in found
        ]
        answer = ask("judge", found=sent, wanted=sorted(wanted), quantity=quantity)
        assert answer == {
            "alone": [m.slug for m in own.alone],
            "combinations": [
                [[m.slug for m in c.members], c.amount, sorted(c.missing), c.gap] for c in own.combinations
            ],
            "uncounted": [m.slug for m in own.uncounted],
        }
        kinds.add((bool(own.alone), len(own.combinations), any(c.gap > 0 for c in own.combinations)))
    assert len(kinds) >= 6


def test_both_find_the_same_members(ask: Ask, supply: Supply) -> None:
    settings = config.load(EXAMPLES / "mkdocs.yml")
    version = Version("", datetime(2026, 11, 29, tzinfo=UTC), 1, "")
    data = purchase.content(supply.catalogue, settings, version)
    ask("load", data=data)
    count = 0
    for category in supply.by_category:
        for wanted in (PLACES, PLACES[:1], PLACES[1:3]):
            silent = list(unplaced(supply, category, frozenset(wanted)))
            assert ask("silent", category=category, wanted=list(wanted)) == silent
            for measure in ("", "m² par semaine", "envois/semaine", "personnes"):
                own = members(supply, category, frozenset(wanted), measure)
                expected: list[dict[str, Any]] = [
                    {
                        "slug": m.slug,
                        "isConfirmed": m.is_confirmed,
                        "mrcs": sorted(m.mrcs),
                        "amount": m.amount,
                        "said": list(m.said),
                    }
                    for m in own
                ]
                assert ask("find", category=category, wanted=list(wanted), measure=measure) == expected
                count += len(own)
    assert count > 100


def test_who_says_no_territory_is_told_apart(supply: Supply, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {slug: tuple(replace(line, area=Area()) for line in own) for slug, own in supply.by_category.items()}
    monkeypatch.setitem(supply.__dict__, "by_category", lines)
    assert members(supply, "formation", frozenset({"997"})) == ()
    assert "coop-octet-services-numeriques-d-exemple" in unplaced(supply, "formation", frozenset({"997"}))
    assert unplaced(supply, "formation", frozenset({"000"})) == ()

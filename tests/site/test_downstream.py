"""What follows an answer judges nothing again: records, draws, suppliers around a town and caveats say what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.node import Ask, asking
from tests.sites import Project

from annuaire.exports import packing

QUESTIONS = (
    "traiteur",
    "brasserie",
    "camp de jour",
    "couture",
    "location de salles",
    "vélo électrique",
    "entretien ménager de locaux à Baie-Modèle",
    "récolte vitrail",
    "Exemplaire",
    "Exempleville",
    "zzzz",
)


@pytest.fixture(scope="module")
def data(example: Project) -> dict[str, Any]:
    """Read the catalogue of the Exemple site."""
    return packing.read(example.site)


@pytest.fixture(scope="module")
def ask(example: Project, data: dict[str, Any]) -> Iterator[Ask]:
    """Start the scripts in Node on that catalogue; give what asks them one question."""
    texts = json.loads((example.site / "acheter" / "textes.json").read_text(encoding="utf-8"))
    with asking(Path(__file__).with_name("downstream.mjs")) as found:
        assert found("load", data=data, texts=texts) > 0
        yield found


def searches(data: dict[str, Any]) -> list[dict[str, Any]]:
    """List the searches: words, then each purchase category."""
    return [{"q": words} for words in QUESTIONS] + [{"categorie": [row[0]]} for row in data["categories"]]


def test_a_record_says_what_was_answered(ask: Ask, data: dict[str, Any]) -> None:
    for asked in searches(data):
        answer, record = ask("answer", asked=asked), ask("record", asked=asked)
        lines = record["trouvees"]
        assert [line["slug"] for line in lines] == answer["found"]
        assert [line["slug"] for line in lines if line["confirmee"]] == answer["sure"]
        assert not {line["slug"] for line in lines} & set(answer["sector"])
        assert "secteur" not in {line["niveau"] for line in lines}
        assert record["mises_en_garde"] == ask("caveats", asked=asked)["texts"]
        for line in lines:
            assert not line["offres"] or line["niveau"] in ("offre", "")
            assert line["offres"] or line["niveau"] != "offre"


def test_a_draw_takes_a_confirmed_offer_that_answers_and_nothing_else(ask: Ask, data: dict[str, Any]) -> None:
    offers, firms = data["offres"], data["entreprises"]
    for asked in searches(data):
        answer, draw = ask("answer", asked=asked), ask("draw", asked=asked)
        lines = {line["slug"]: line for line in ask("record", asked=asked)["trouvees"]}
        for slug in draw["invited"]:
            own = [rank for rank, owner in enumerate(offers["entreprise"]) if firms["slug"][owner] == slug]
            confirmed = {offers["nom"][rank] for rank in own if offers["confirmee"][rank]}
            assert confirmed & set(lines[slug]["offres"]), (asked, slug)
        assert not set(draw["invited"]) & set(answer["sector"])
        assert all(draw["refused"].values()), "each is told why"
        for slug in answer["sector"]:
            assert draw["refused"][slug] == "même secteur seulement, aucune offre pour ce besoin"
        assert draw["unknown"] == ["hors répertoire", "ce qui est acheté n’est pas précisé", False]


def test_suppliers_around_a_town_are_those_that_a_draw_takes(ask: Ask, data: dict[str, Any]) -> None:
    for category in (row[0] for row in data["categories"]):
        invited = ask("draw", asked={"categorie": [category]})["invited"]
        found = ask("answer", asked={"categorie": [category]})["found"]
        for mrc in (row[0] for row in data["mrc"] if row[8] == 1):
            near = ask("around", category=category, mrc=mrc)
            assert near["total"] == len(near["sure"])
            assert set(near["sure"]) <= set(invited)
            assert set(near["others"]) <= set(found) - set(invited)


def test_a_caveat_for_each_thing_the_answer_is_not(ask: Ask) -> None:
    def said(**asked: Any) -> str:
        return "\n".join(ask("caveats", asked=asked)["texts"]).replace("\u00a0", " ")

    assert "Aucune fiche ne contient « zzzz »." in said(q="zzzz")
    assert "Vouliez-vous dire « traiteur »?" in said(q="traiteurr")
    assert "Aucune offre inscrite ne porte sur « traiteurr »." in said(q="traiteurr")
    double = said(q="entretien ménager et plomberie")
    assert "Aucune offre inscrite ne porte sur « Plomberie, chauffage et ventilation »." in double
    assert "Offrent « Entretien ménager" in double
    assert "ou « Plomberie" not in double
    assert "Aucune offre" not in said(q="entretien ménager")
    assert "aucune fiche ne répond à tous ces mots à la fois" in said(q="récolte vitrail")
    assert "rien n’indique qu’elles desservent ce territoire (Baie-Modèle)" in said(q=QUESTIONS[6])
    assert "personne n’a encore confirmé ces renseignements" in said(q="couture")
    assert "3 autres entreprises sont du même secteur seulement" in said(q="traiteur")
    assert "Ces données ne connaissent pas le lieu « 00000 »." in said(pres="00000")
    assert said(q="navette").startswith("1 autre entreprise est du même secteur seulement"), "nothing else to say"
    assert ask("caveats", asked={"dessert": ["997"]})["remarks"] == []

"""What a collection is stands in its description, and a wrong description is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.foires import HERE, NAME

from annuaire import schema
from annuaire.records import collections
from annuaire.records.collections import BY_NAME, COLLECTIONS, ENTERPRISES, Reference, check, named, parted, reference
from annuaire.text.problems import AnnuaireError

FAIRS = json.loads((HERE / "collection" / NAME / "datapackage.json").read_text(encoding="utf-8"))


def described(change: Mapping[str, Any], pages: Mapping[str, Any] | None = None) -> schema.Schema:
    """Give the schema of cohorts with the description of fairs, changed; None takes a word away."""
    own = schema.load("cohorts")
    raw = copy.deepcopy(FAIRS["annuaire"]) | {
        "territoires": "region",
        "recherche": ["note"],
        "pages": {
            "adresse": "foires/",
            "titre": "Foires",
            "chapeau": "Des foires.",
            "gabarit": "fiches.html",
            "resume": "note",
            **(pages or {}),
        },
    }
    raw = {key: value for key, value in {**raw, **change}.items() if value is not None}
    return replace(own, descriptor={**own.descriptor, "annuaire": raw})


def test_a_right_description_is_accepted() -> None:
    check(described({}))


@pytest.mark.parametrize(
    ("change", "pages", "words"),
    [
        ({"un": None}, {}, "il manque «\u00a0un\u00a0»"),
        ({"rechrche": ["nom"]}, {}, "«\u00a0rechrche\u00a0» n’est pas un mot"),
        ({"recherche": ["rien"]}, {}, "aucun champ ne s’appelle «\u00a0rien\u00a0»"),
        ({"ordre": ["nomm"]}, {}, "aucun champ ne s’appelle «\u00a0nomm\u00a0»"),
        ({"corrections": "tous"}, {}, "«\u00a0corrections\u00a0» est toutes ou equipe"),
        ({"genre": "n"}, {}, "«\u00a0genre\u00a0» est f ou m"),
        ({}, {"gabarit": "absent.html"}, "le gabarit «\u00a0absent.html\u00a0» n’existe pas"),
        ({}, {"groupes": "nom"}, "«\u00a0pages.groupes\u00a0» nomme un champ sans choix"),
        ({}, {"resumé": "note"}, "«\u00a0pages.resumé\u00a0» n’est pas un mot connu"),
    ],
)
def test_a_wrong_description_is_told(change: Mapping[str, Any], pages: Mapping[str, Any], words: str) -> None:
    with pytest.raises(AnnuaireError) as refused:
        check(described(change, pages))
    assert words in str(refused.value)
    assert "src/annuaire/schema/cohorts/datapackage.json" in str(refused.value)


def test_a_record_is_named_among_all() -> None:
    assert reference(ENTERPRISES, "coop-exemple") == "coop-exemple"
    assert parted("coop-exemple") == Reference(ENTERPRISES, "coop-exemple")
    for collection in COLLECTIONS:
        assert parted(reference(collection.name, "exemple")) == Reference(collection.name, "exemple")


def test_words_name_a_collection() -> None:
    assert named("Entreprises") is named("entreprise") is BY_NAME[ENTERPRISES]
    with pytest.raises(AnnuaireError, match="Il n’y a pas de «\u00a0kermesses\u00a0» ici"):
        named("kermesses")


def test_words_agree() -> None:
    programme = replace(BY_NAME["cohorts"], one="programme", many="programmes", is_feminine=False)
    tool = replace(programme, one="outil", many="outils")
    assert (programme.the, programme.of_the, programme.its, programme.a_new) == (
        "le programme",
        "du programme",
        "son programme",
        "un nouveau programme",
    )
    assert (tool.the, tool.of_the, tool.a_new, tool.record_one) == (
        "l’outil",
        "de l’outil",
        "un nouvel outil",
        "fiche d’outil",
    )
    assert (BY_NAME["cohorts"].its, BY_NAME[ENTERPRISES].its) == ("sa cohorte", "son entreprise")


def test_ranks_and_addresses_are_of_one_collection_each() -> None:
    assert len({one.rank for one in COLLECTIONS}) == len(COLLECTIONS)
    addresses = [one.pages.address for one in COLLECTIONS if one.pages]
    assert len(set(addresses)) == len(addresses)
    assert collections.counted({ENTERPRISES: 2}) == "2\u00a0fiches"

"""Records of other kinds than enterprises, beside the enterprises that a question finds: who answers, and its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.answering import catalogue_of, load
from tests.catalogues import Ask, Json

from annuaire import schema
from annuaire.catalogue.helping import ORGANISATIONS
from annuaire.catalogue.model import Enterprise, Offer, Place, Verification
from annuaire.exports.kinds import WORDS
from annuaire.text.french import NBSP
from annuaire.yamlfile.source import parse_trusted

Found = Callable[..., Json]
ENTERPRISES = (
    Enterprise(
        slug="table-exemple",
        nom="La Table Exemple",
        forme_juridique="obnl",
        statut="active",
        secteur="alimentation-restauration",
        etablissements=(Place("Trois-Rivières"),),
        verification=Verification("confirmee", date(2026, 9, 1)),
        offres=(Offer("Traiteur de festival", "traiteur", verification=Verification("confirmee", date(2026, 9, 1))),),
        territoires_desservis=("371",),
    ),
    Enterprise(
        slug="coop-exemple",
        nom="Coop Exemple",
        forme_juridique="obnl",
        statut="active",
        secteur="a-preciser",
        etablissements=(Place("La Tuque"),),
        verification=Verification("a-confirmer"),
        activite="Monte des scènes et des chapiteaux.",
    ),
)
TROIS_RIVIERES, LA_TUQUE, REGION, QUEBEC, NOBODY_SAYS = 0, 1, 2, 3, -1
# One record a line: kind, name, summary, territories, other words.
RECORDS = (
    (1, "Fête Exemple du traiteur", "Des repas sur la place.", NOBODY_SAYS, ""),
    (1, "Festival Exemple", "Trois jours de musique.", TROIS_RIVIERES, "chapiteau **cirque**"),
    (1, "Festival Exemple du bois", "", LA_TUQUE, ""),
    (1, "Festival Exemple du Québec", "", QUEBEC, ""),
    (1, "Rendez-vous Exemple", "Le festival des idées.", QUEBEC, ""),
    (1, "Salon du festival Exemple", "", NOBODY_SAYS, ""),
    (1, "Veillée Exemple", "", REGION, "festival régional"),
    (2, "Centre Exemple de La Tuque", "Accompagne les municipalités.", TROIS_RIVIERES, "entretien ménager, pétanque"),
)
KINDS: Json = {
    "format": 1,
    "genres": [
        ["entreprise", "entreprise", "entreprises", 1, "Entreprises", "entreprises/"],
        ["evenement", "événement", "événements", 0, "Événements", "evenements/"],
        ["organisation", "organisation", "organisations", 1, "Organisations", "organisations/"],
    ],
    "dessertes": [
        ["Trois-Rivières", ["371"]],
        ["La Tuque", ["900"]],
        ["toute la région", ["region"]],
        ["tout le Québec", ["quebec"]],
    ],
    "fiches": [
        [kind, name, f"r{rank}", summary, area, text] for rank, (kind, name, summary, area, text) in enumerate(RECORDS)
    ],
    "aide": [
        [code, label, parse_trusted(WORDS)[code]]
        for code, label in schema.load(ORGANISATIONS).root.field("besoins").labels.items()
    ],
}


@pytest.fixture(scope="module", name="found")
def searching(ask: Ask) -> Found:
    """Give what a search of the page finds, by the keys of its address."""
    load(ask, catalogue_of(*ENTERPRISES))
    ask("kinds", json=KINDS)

    def find(q: str = "", **filters: Any) -> Json:
        answer: Json = ask("mixed", text=urlencode({"q": q, **filters} if q else filters, doseq=True))
        return answer

    return find


@pytest.mark.parametrize(
    ("words", "needs", "mrc"),
    [
        ("trouver des employés", ["main-d-oeuvre"], ""),
        ("ma fondation cherche un prêt", ["financement"], ""),
        ("Prêts à La Tuque", ["financement"], "900"),
        ("incubateur", ["demarrer"], ""),
        ("un local pour mon incubateur", ["demarrer", "locaux"], ""),
        ("convertir l’église", ["locaux"], ""),
        ("traiteur", [], ""),
        ("festival", [], ""),
        ("vendre des fromages", [], ""),  # all the words of a phrase, or nothing
    ],
)
def test_a_question_of_who_needs_help_leads_to_who_helps(found: Found, words: str, needs: list[str], mrc: str) -> None:
    asked = found(words)["help"]
    assert [need["code"] for need in asked["needs"]] == needs
    assert asked["mrc"] == mrc


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("cirque", ["Festival Exemple"]),  # in the text alone
        ("CIRQUES", ["Festival Exemple"]),
        ("chapiteaux du cirque", ["Festival Exemple"]),
        ("veillee", ["Veillée Exemple"]),
        ("fete", ["Fête Exemple du traiteur"]),
        ("cirq", ["Festival Exemple"]),  # begun
        ("cirque et zzzz", []),  # half of what the words tell
        ("le festival", None),
        ("zzzz", []),
        ("et", []),
        ("info@exemple.org", []),
    ],
)
def test_records_hold_most_of_what_words_tell(found: Found, words: str, names: list[str] | None) -> None:
    events = found(words)["others"].get("evenement", [])
    if names is None:
        assert events == [
            *(
                "Festival Exemple",
                "Festival Exemple du bois",
                "Festival Exemple du Québec",
            ),  # by name first, in French order
            *("Salon du festival Exemple", "Rendez-vous Exemple", "Veillée Exemple"),
        ]
    else:
        assert events == names


EVERYWHERE = ("Festival Exemple du Québec", "Veillée Exemple", "Rendez-vous Exemple", "Salon du festival Exemple")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("festival à Trois-Rivières", ["Festival Exemple", *EVERYWHERE]),
        ("festival à La Tuque", ["Festival Exemple du bois", *EVERYWHERE]),
        ("Trois-Rivières", ["Festival Exemple", "Veillée Exemple"]),  # a place alone: what says so itself
    ],
)
def test_a_place_keeps_what_serves_it(found: Found, words: str, names: list[str]) -> None:
    events = found(words)["others"]["evenement"]
    assert events == names, "by name, then the nearest; what says no territory comes last"


def test_a_name_answers_whatever_its_territory(found: Found) -> None:
    assert found("centre exemple de La Tuque")["others"] == {"organisation": ["Centre Exemple de La Tuque"]}


def test_each_kind_is_counted_in_its_words(found: Found) -> None:
    answer = found("traiteur")
    assert plain(answer["headline"]) == "1 entreprise (1 confirmée · 0 à confirmer) et 1 événement"
    assert plain(answer["announced"]) == "1 entreprise et 1 événement. Entreprises : 1 confirmée · 0 à confirmer"
    assert plain(answer["sentence"]) == "Entreprises d’économie sociale et événements qui répondent à « traiteur »."
    assert plain(answer["shown"]) == "Voir 1 entreprise et 1 événement"
    assert answer["counts"] == {"entreprise": 1, "evenement": 1}
    assert not answer["isFirst"]
    assert "genre" not in answer["hidden"]
    whole = found("la fête exemple du traiteur")
    assert whole["enterprises"][0] == "table-exemple"
    assert whole["isFirst"], "its whole name is asked"


def test_no_enterprise_is_not_nothing(found: Found) -> None:
    """What other records hold is not unknown, and nobody is said to offer nothing of it."""
    answer = found("cirque")
    assert answer["enterprises"] == []
    assert plain(answer["headline"]) == "1 événement"
    assert answer["remarks"] == []
    assert answer["isFirst"]
    assert {"secteur", "mrc", "dessert", "forme"} <= set(answer["hidden"]), "facets of enterprises"
    assert "genre" not in answer["hidden"]
    assert found("petanq")["others"] == {"organisation": [RECORDS[-1][1]]}, "begun, as records end it"
    assert found("pétanque")["remarks"] == []
    assert found("entretien ménager")["remarks"] == ["aucune-offre"], "a need of buyers, that nobody offers"
    speaking = found("chapiteau")
    assert plain(speaking["headline"]) == "1 événement; 1 entreprise en parle"
    assert speaking["announced"] == speaking["headline"]
    whole = found("chapiteau de festival")
    assert plain(whole["headline"]) == "1 événement; 2 entreprises répondent à une partie des mots"
    assert whole["notes"] == [
        "Aucune entreprise ne répond à tous ces mots à la fois. Celles-ci répondent à au moins un."
    ]


def test_enterprises_alone_are_told_as_before(found: Found) -> None:
    answer = found("la table exemple")
    assert answer["others"] == {}
    assert plain(answer["headline"]) == "1 confirmée · 0 à confirmer"
    assert "genre" in answer["hidden"]
    assert found("zzzz")["remarks"] == ["inconnus", "aucune-offre"]


def test_a_kind_hides_the_others(found: Found) -> None:
    events = found("traiteur", genre="evenement")
    assert (events["enterprises"], list(events["others"])) == ([], ["evenement"])
    assert events["counts"] == {"entreprise": 1, "evenement": 1}, "what each would find"
    assert events["address"] == "q=traiteur&genre=evenement"
    enterprises = found("traiteur", genre="entreprise")
    assert (enterprises["enterprises"], enterprises["others"]) == (["table-exemple"], {})
    assert plain(enterprises["headline"]) == "1 confirmée · 0 à confirmer"
    both = found("traiteur", genre=["evenement", "entreprise"])
    assert plain(both["headline"]) == "1 entreprise (1 confirmée · 0 à confirmer) et 1 événement"
    every = found(genre="evenement")
    assert plain(every["headline"]) == "7 événements"
    none = found("traiteur", genre="organisation")
    assert plain(none["headline"]) == "Aucune organisation"
    assert [(key, plain(words)) for key, words in none["drop"]] == [("genre", "1 entreprise et 1 événement")]
    assert found("traiteur", genre=["organisation", "evenement"])["others"] == {"evenement": [RECORDS[0][1]]}
    neither = found("zzzz", genre=["organisation", "evenement"])
    assert plain(neither["headline"]) == "Aucun événement ni aucune organisation"
    assert plain(found("traiteur", genre="__proto__")["headline"]) == "Aucun résultat"


def test_filters_of_enterprises_keep_enterprises_alone(found: Found) -> None:
    assert found("traiteur", secteur="alimentation-restauration")["others"] == {}
    assert found("traiteur", confirme="oui")["others"] == {}
    assert found("traiteur", pres="37067")["others"] == {}
    served = found("festival", dessert="371")["others"]["evenement"]
    assert served == ["Festival Exemple", "Festival Exemple du Québec", "Rendez-vous Exemple", "Veillée Exemple"], (
        "what says that it serves it"
    )


def test_enterprises_are_judged_as_without_them(ask: Ask, found: Found) -> None:
    for words in ("traiteur", "cirque", "festival", "chapiteau", "La Tuque", "zzzz"):
        beside = found(words)["enterprises"]
        ask("kinds", json=None)
        assert ask("mixed", text=urlencode({"q": words}))["enterprises"] == beside
        ask("kinds", json=KINDS)


def test_the_catalogue_reads_no_kind(ask: Ask) -> None:
    assert ask("query", text="q=traiteur&genre=evenement")["text"] == "q=traiteur"

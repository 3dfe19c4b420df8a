"""Ten questions of founders and directors: need, stage, territory, and an organisation that covers it, or whom to ask.

Each comes from a public source: the report of 2017-2018 of the Pôle of Centre-du-Québec, the tour of
Capitale-Nationale, the initiative of Estrie, the survey on micro-credit. Three choices are three actions.
"""

from __future__ import annotations

import pytest
from tests.sites import REPOSITORY

from annuaire import config
from annuaire.catalogue.helping import COLLECTIONS, INCOMPLETE, NEAR, OVER, Help, help_of
from annuaire.catalogue.loading import Loader
from annuaire.exports.help import to_json

POLE_CQ, POLE_MAURICIE = "pole-d-economie-sociale-du-centre-du-quebec", "pole-d-economie-sociale-de-la-mauricie"
FIDUCIE, CDRQ = "fiducie-du-chantier-de-l-economie-sociale", "cdrq-centre-du-quebec-mauricie"
# question -> need, stage, territory; who can be reached; who stands apart, to be completed; what is over
QUESTIONS = {
    "a charter, in Nicolet-Yamaska": (
        ("gouvernance", "predemarrage", "500"),
        ("csmo-esac", "boite-a-outils-gouvernance-democratique"),
        (POLE_CQ, "protocole-d-accompagnement-de-nicolet-yamaska"),
        (),
    ),
    "a charter, in Mékinac": (("demarrer", "predemarrage", "350"), (POLE_MAURICIE,), ("mrc-de-mekinac",), ()),
    "a manager on leave": (("gouvernance", "consolidation", "360"), (POLE_MAURICIE, CDRQ, "csmo-esac"), (), ()),
    "a building to buy": (
        ("financement", "croissance", "500"),
        (
            FIDUCIE,
            "investissement-quebec",
            "risq",
            "la-ruche",
            "capital-patient-immobilier",
            "obligations-communautaires",
        ),
        ("mrc-de-nicolet-yamaska",),
        ("piec",),
    ),
    "young people with an idea": (
        ("demarrer", "predemarrage", "371"),
        ("ide-trois-rivieres", POLE_MAURICIE, "sismic-mauricie", "sismic"),
        (),
        (),
    ),
    "young people with an idea, in Drummond": (
        ("demarrer", "predemarrage", "490"),
        ("sismic",),
        (POLE_CQ, "sismic-centre-du-quebec"),
        ("projet-jeunesse-centre-du-quebec",),
    ),
    "a church to convert": (("locaux", "croissance", "490"), (FIDUCIE, "capital-patient-immobilier"), (), ("piec",)),
    "workforce": (
        ("main-d-oeuvre", "consolidation", "490"),
        ("csmo-esac", "universite-du-quebec-a-trois-rivieres"),
        ("services-quebec", "subvention-salariale", POLE_CQ),
        (),
    ),
    "the succession of women farmers": (
        ("gouvernance", "releve", "390"),
        (CDRQ,),
        ("table-de-concertation-du-mouvement-des-femmes-du-centre-du-quebec", POLE_CQ),
        (),
    ),
    "premises, in Charlevoix": (("locaux", "demarrage", "160"), ("maison-mere",), (), ()),
    "premises, in Shawinigan": (("locaux", "demarrage", "360"), (FIDUCIE,), (), ()),
    "to sell to municipalities": (
        ("mise-en-marche", "croissance", "371"),
        (
            POLE_MAURICIE,
            "comment-faire-affaire-avec-les-organismes-municipaux",
        ),
        ("l-economie-sociale-j-achete-centre-du-quebec-et-mauricie",),
        (),
    ),
    "micro-credit": (
        ("financement", "demarrage", "380"),
        ("microentreprendre",),
        ("microentreprendre-centre-du-quebec", "microcredit-centre-du-quebec"),
        (),
    ),
}


@pytest.fixture(scope="module")
def found() -> Help:
    """Give who can help in the directory that ships with the program."""
    settings = config.load(REPOSITORY / "mkdocs.yml")
    return help_of(Loader(settings).load(config.judging_date(settings.root)).catalogue())


@pytest.mark.parametrize("name", QUESTIONS)
def test_ten_questions(found: Help, name: str) -> None:
    question, reached, incomplete, over = QUESTIONS[name]
    answers = found.find(*question)
    slugs = {group: {one.item.slug for one in helpers} for group, helpers in answers.items()}
    ready = [one for group in COLLECTIONS for one in answers.get(group, ())]
    assert set(reached) <= {one.item.slug for one in ready}
    assert set(incomplete) <= slugs.get(NEAR, set()) | slugs.get(INCOMPLETE, set())
    assert set(over) <= slugs.get(OVER, set())
    mrc = question[2]
    covering = [one.item for one in ready if one.collection == "organisations"]
    assert covering or found.to_ask(mrc), "nobody covers it, and nobody is to be asked"
    assert all(one.contact.is_known for one in ready)


def test_no_shared_place_is_known_in_shawinigan(found: Help) -> None:
    answers = found.find("locaux", "demarrage", "360")
    assert not any(one.is_shared_place for group in COLLECTIONS for one in answers.get(group, ()))
    assert [item.slug for item in found.to_ask("360")] == [POLE_MAURICIE, "ville-de-shawinigan"]


def test_what_ended_is_said_so(found: Help) -> None:
    piec = found.catalogue.item("programmes", "piec")
    assert piec is not None
    assert (piec.statut, piec.statut_depuis) == ("ferme", "2024-10-15")


def test_what_the_page_reads_is_light(found: Help) -> None:
    """A telephone reads it at the first question: about a tenth of this once compressed by the host."""
    assert len(to_json(found.catalogue).encode()) < 100_000

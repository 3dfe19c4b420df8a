"""Who can help: judged alike in Python and in the browser, reached through the organiser, never a model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node import Ask, asking
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.helping import GROUPS, OVER, UNPLACED, Help, Helper, help_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.exports.help import content
from annuaire.pages.help import row_of
from annuaire.pages.page import Link
from annuaire.pages.reach import since_text, state_of
from annuaire.pages.record import amount_text, named
from annuaire.records.collections import ENTERPRISES

POLE, FUND, ROOF = "pole-exemple", "fonds-exemple", "lieu-partage-exemple"
SHARING = "entretien-exemple-entreprise-d-insertion"
BREWERY = "microbrasserie-cooperative-le-prototype-d-exemple"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Load the Exemple site."""
    settings = config.load(EXAMPLES / "mkdocs.yml")
    return Loader(settings).load(config.judging_date(settings.root)).catalogue()


@pytest.fixture(scope="module")
def found(catalogue: Catalogue) -> Help:
    """Give who can help there."""
    return help_of(catalogue)


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the browser's judge in Node."""
    with asking(Path(__file__).with_name("help.mjs")) as asked:
        yield asked


def slugs(answers: dict[str, list[Helper]]) -> dict[str, list[str]]:
    return {group: [one.item.slug for one in helpers] for group, helpers in answers.items()}


def test_what_is_not_said_of_stages_fits_all(found: Help) -> None:
    assert "cdc-des-grands-exemples" in slugs(found.find("gouvernance", "releve", "995"))["organisations"]
    assert "parcours-exemple" not in slugs(found.find("gouvernance", "releve", "995")).get("programmes", [])


def test_a_territory_is_its_own(found: Help) -> None:
    assert "cdc-des-grands-exemples" not in slugs(found.find("gouvernance", "", "997"))["organisations"]
    assert POLE in slugs(found.find("gouvernance", "", "997"))["organisations"]


def test_the_nearest_come_first(found: Help) -> None:
    assert slugs(found.find("gouvernance", "", "995"))["organisations"][0] == "cdc-des-grands-exemples"


def test_no_contact_stands_apart(found: Help) -> None:
    answers = slugs(found.find("financement", "demarrage", "997"))
    assert answers["sans-contact"] == [FUND, "pret-exemple"]
    assert "subvention-fermee-exemple" in answers["finis"]


def test_a_programme_is_reached_through_its_organiser(catalogue: Catalogue, found: Help) -> None:
    programme = catalogue.item("programmes", "parcours-exemple")
    incubator = catalogue.item("programmes", "incubateur-exemple")
    assert programme is not None
    assert incubator is not None
    assert found.contact("programmes", programme).through is None
    contact = found.contact("programmes", incubator)
    assert contact.through is catalogue.item("organisations", POLE)
    assert contact.telephone == "819 555-0100"


def test_models_never_answer(found: Help) -> None:
    assert "modele-exemple" not in {one.item.slug for one in found.helpers}
    assert {one.stands_with for one in found.helpers} == {"organisations", "programmes", "outils"}


def test_somebody_is_named_when_nobody_fits(found: Help) -> None:
    assert [item.slug for item in found.to_ask("999")] == [POLE]


def test_alike_in_the_browser(catalogue: Catalogue, found: Help, ask: Ask) -> None:
    data = content(catalogue)
    mrcs = ("", *(mrc.code for mrc in found.mrcs))
    for need, stage, mrc in itertools.product(("", *found.needs), ("", *found.stages), mrcs):
        told = ask("answer", data=data, question={"besoin": need, "stade": stage, "mrc": mrc})
        expected = found.find(need, stage, mrc)
        said = {group: [url.rstrip("/").split("/")[-1] for url in urls] for group, urls in told["groups"]}
        assert list(said.items()) == list(slugs(expected).items()), (need, stage, mrc)
        places = [one for group in GROUPS if group not in (OVER, UNPLACED) for one in expected.get(group, ())]
        has_place = any(one.is_shared_place for one in places)
        assert told["lacks"] is (need == "locaux" and bool(mrc) and not has_place)


@pytest.mark.parametrize("answers", list(itertools.product((True, False), repeat=5)))
def test_each_answer_has_one_result(ask: Ask, answers: tuple[bool, ...]) -> None:
    sells, serves, is_democratic, keeps, uses = answers
    expected = "cooperative" if uses else "association"
    if not (serves and is_democratic):
        expected = "ordinaire"
    elif not sells:
        expected = "communautaire"
    elif not keeps:
        expected = "ordinaire"
    assert ask("outcome", answers=list(answers)) == expected


def test_a_slug_leads_and_a_name_stays(catalogue: Catalogue) -> None:
    assert named(catalogue, "organisations", POLE).url == f"aide/organismes/{POLE}/"
    assert named(catalogue, "organisations", "Caisse de l’Exemple") == Link("Caisse de l’Exemple")
    assert named(catalogue, "enterprises", BREWERY).url == f"entreprises/{BREWERY}/"


def test_a_roof_is_known_from_both_sides(catalogue: Catalogue, found: Help) -> None:
    assert [item.slug for item in found.homes[BREWERY]] == [ROOF]


def test_an_enterprise_that_shares_premises_answers_where_it_stands(catalogue: Catalogue, found: Help) -> None:
    assert [home.slug for home in found.homes["coop-octet-services-numeriques-d-exemple"]] == [SHARING]
    assert SHARING in slugs(found.find("locaux", "", "997"))["organisations"]
    assert SHARING not in slugs(found.find("locaux", "", "995")).get("organisations", [])
    (one,) = [one for one in found.helpers if one.collection == ENTERPRISES and one.item.slug == SHARING]
    assert one.is_shared_place
    assert row_of(catalogue, one).link.url == f"entreprises/{SHARING}/"


def test_offered_by_and_with(found: Help) -> None:
    assert [(name, item.slug) for name, item in found.offered["cdc-des-grands-exemples"]] == [
        ("programmes", "parcours-exemple"),
        ("outils", "grille-de-salaires-exemple"),
    ]


@pytest.mark.parametrize(
    ("collection", "slug", "words"),
    [
        ("organisations", "cld-exemple", "Cet organisme n’existe plus depuis 2015."),
        ("organisations", FUND, "À confirmer\u00a0: personne n’a encore vérifié"),
        ("programmes", "subvention-fermee-exemple", "Fermé depuis le 15\u00a0octobre\u00a02024\u00a0: ce programme"),
        ("outils", "portail-ferme-exemple", "Retiré depuis 2018"),
        ("modeles", "modele-exemple", "Terminé."),
    ],
)
def test_states_are_said_plainly(catalogue: Catalogue, collection: str, slug: str, words: str) -> None:
    item = catalogue.item(collection, slug)
    assert item is not None
    state = state_of(collection, item)
    assert state is not None
    assert state.sentence.startswith(words)


def test_since_and_amounts() -> None:
    assert since_text("2018-06") == "depuis juin\u00a02018"
    assert since_text("") == ""
    assert amount_text(50_000, 2_500_000) == "de 50\u00a0000\u00a0$ à 2\u00a0500\u00a0000\u00a0$"
    assert amount_text(None, 5000) == "jusqu’à 5\u00a0000\u00a0$"
    assert amount_text(5000, 5000) == "5\u00a0000\u00a0$"
    assert amount_text(1000, None) == "à partir de 1\u00a0000\u00a0$"
    assert amount_text(None, None) == ""

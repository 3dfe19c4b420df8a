"""Answer questions in Python and in the browser's own code: alike on random catalogues, right on those of Exemple."""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalogues import PROGRAM, Ask, Json
from tests.examples import examples
from tests.exporting import NOW, make_settings
from tests.node import REPOSITORY, asking
from tests.rules.corpus import TODAY
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.answer import Answer, Level, answer_to
from annuaire.catalogue.answer.places import NEAR
from annuaire.catalogue.answer.vocabulary import phrases_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.loading import Loader
from annuaire.catalogue.model import Enterprise, Offer, Place, PurchaseContact, Verification
from annuaire.exports import purchase, texts
from annuaire.pages.reference import Version
from annuaire.places import buyer_words, territories, vocabularies

TERRITORIES, VOCABULARIES = territories.load(), vocabularies.load()
REGION = "04"
CONFIRMED, WAITING = Verification("confirmee", date(2026, 9, 1)), Verification("a-confirmer")
TOWNS = ("Trois-Rivières", "Shawinigan", "La Tuque", "Saint-Tite", "Louiseville", "Québec")
CATERER = "traiteur-la-table-d-exemple"
CLEANER, HOME_CARE = "entretien-exemple-entreprise-d-insertion", "aide-a-domicile-des-grands-exemples"
DAY_CARE, FORESTER = "cpe-les-petits-exemples", "cooperative-forestiere-de-l-exemple-d-en-haut"
SAME_SECTOR = {
    "100-exemple-cooperative-de-producteurs",
    "cooperative-de-solidarite-exemple-les-bains",
    "microbrasserie-cooperative-le-prototype-d-exemple",
}


def load(ask: Ask, catalogue: Catalogue) -> None:
    """Give a catalogue to the browser's code, as it is published."""
    data = purchase.content(catalogue, make_settings(regions=(REGION,)), Version("0afba09aa1", NOW, 0, "0" * 64))
    ask("load", data=data, texts=texts.content(catalogue))


def told(answer: Answer) -> Json:
    """Tell an answer as the browser does."""
    return {
        "ranked": list(answer.results),
        "results": {
            slug: {
                "level": own.level,
                "offers": list(own.offers),
                "isSure": own.is_sure,
                "close": own.close,
                "near": own.near,
                "far": None if math.isinf(own.far) else own.far,
            }
            for slug, own in answer.results.items()
        },
        "places": [{"label": p.label, "towns": list(p.towns), "mrcs": list(p.mrcs)} for p in answer.places],
        "bare": answer.bare,
        "categories": dict(answer.categories),
        "unmet": list(answer.unmet),
        "unknown": list(answer.unknown),
        "isScattered": answer.is_scattered,
        "correction": answer.correction,
    }


def enterprise(slug: str, nom: str, *offers: Offer, towns: Sequence[str] = TOWNS[:1], **values: Any) -> Enterprise:
    """Give an enterprise that has a place in some towns, of a sector that answers no category."""
    given: dict[str, Any] = {"forme_juridique": "obnl", "statut": "active", "secteur": "a-preciser"}
    given |= {"etablissements": tuple(map(Place, towns)), "verification": WAITING, "offres": offers, **values}
    return Enterprise(slug, nom, **given)


def catalogue_of(*enterprises: Enterprise) -> Catalogue:
    """Give a catalogue of Mauricie."""
    return Catalogue(enterprises, (), TERRITORIES, VOCABULARIES, (REGION,))


# What records and questions are made of: words of needs, of places, of any text, and what joins them.
CATEGORIES = (
    "traiteur",
    "boites-lunch",
    "entretien-menager",
    "location-salles",
    "services-garde",
    "services-funeraires",
)
PHRASES = [text for slug, own in phrases_of(VOCABULARIES) if slug in CATEGORIES for text in own]
SIGLES = [text for pair in buyer_words.words_of(VOCABULARIES).acronyms.items() for text in pair]
PLAIN = (
    *("Exemple", "Multi-plus", "Table", "d’Exemple", "l'Œuvre", "inc.", "Coop", "CPE", "Café", "équipe", "pompon"),
    *(
        "fenêtres",
        "conseil",
        "réunion",
        "dégustation",
        "préposés",
        "municipaux",
        "jeux",
        "bio",
        "40",
        "personnes",
        "🍁",
    ),
)
JOINS = (" ", " ", " ", " ", " et ", " pour ", ", ", " à ", " de ", "-", "’", " près de ", " (", ") ", "/", "")
SAID = (
    *("Trois-Rivières", "3-Rivières", "trois rivieres", "LaTuque", "la tuque", "St-Tite", "Ville de Shawinigan", "MRC"),
    *("Cap-de-la-Madeleine", "Grand-Mère", "Pointe-du-Lac", "Trois-Rivières (Québec)", "Mékinac", "Les Chenaux"),
    *(
        "MRC de Maskinongé",
        "Mauricie",
        "G9A",
        "g9t 5k7",
        "G9X2E8",
        "Capitale-Nationale",
        "municipalité de la paroisse de",
    ),
)
WORDS = st.one_of(*(st.sampled_from(some) for some in (PHRASES, PLAIN, SIGLES, SAID)))
MISTYPED = st.tuples(st.sampled_from(PHRASES), st.integers(0, 30), st.sampled_from("aeirstn")).map(
    lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
)
CODES = (
    *("1142934315", "NEQ 1142934315", "819 555-0142", "(819) 555-0142 poste 3", "G9X 2E8", "exemple.org", "2026-11-22"),
    *("https://www.exemple.org/page", "info@exemple.org", "90101600", "90100000", "00000000", "G05", "G5"),
)


def joined(words: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    """Draw some words, joined as people may."""
    pairs = st.lists(st.tuples(words, st.sampled_from(JOINS)), min_size=1, max_size=most)
    return pairs.map(lambda drawn: "".join(word + join for word, join in drawn).strip())


VERIFICATIONS = st.sampled_from([CONFIRMED, WAITING])
AREAS = st.lists(st.sampled_from(["quebec", "region", "350", "360", "371", "230"]), unique=True, max_size=2).map(tuple)
OFFERS = st.builds(
    Offer,
    nom=joined(WORDS, 3),
    categorie=st.sampled_from(CATEGORIES),
    description=st.one_of(st.just(""), joined(WORDS, 6)),
    territoires_desservis=AREAS,
    verification=st.one_of(st.just(Verification()), VERIFICATIONS),
)
PLACES = st.builds(
    Place,
    municipalite=st.sampled_from(TOWNS),
    code_postal=st.sampled_from(["", "G9X 2E8", "G9A 1A1"]),
    telephone=st.sampled_from(["", "819 555-0142"]),
    courriel=st.sampled_from(["", "info@exemple.org"]),
).flatmap(lambda p: st.sampled_from([p, replace(p, latitude=46.55, longitude=-72.75)]))
ENTERPRISES = st.builds(
    Enterprise,
    slug=st.just(""),
    nom=joined(WORDS, 3),
    forme_juridique=st.just("obnl"),
    statut=st.sampled_from(["active", "active", "active", "fermee"]),
    secteur=st.sampled_from(["alimentation-restauration", "petite-enfance", "a-preciser"]),
    etablissements=st.lists(PLACES, min_size=1, max_size=2).map(tuple),
    verification=VERIFICATIONS,
    neq=st.sampled_from(["", "1142934315"]),
    secteurs_secondaires=st.sampled_from([(), ("services-aux-entreprises",)]),
    mission=st.one_of(st.just(""), joined(WORDS, 6)),
    description=st.one_of(st.just(""), joined(WORDS, 8)),
    offres=st.lists(OFFERS, max_size=3).map(tuple),
    territoires_desservis=AREAS,
    adresse_confidentielle=st.sampled_from([False, False, True]),
    site_web=st.sampled_from(["", "https://www.exemple.org/"]),
    contact_achats=st.sampled_from([PurchaseContact(), PurchaseContact("", "819 555-0142", "achats@exemple.org")]),
)
CATALOGUES = st.lists(ENTERPRISES, min_size=1, max_size=10).map(
    lambda found: catalogue_of(*(replace(e, slug=f"e{rank}") for rank, e in enumerate(found)))
)
QUESTIONS = st.one_of(WORDS, joined(WORDS, 2), joined(st.one_of(WORDS, MISTYPED), 4), MISTYPED, st.sampled_from(CODES))


def asked_of(catalogue: Catalogue) -> st.SearchStrategy[str]:
    """Draw a question: any, or one that says what a record does."""
    offers = [text for e in catalogue.listed for o in e.offres for text in (o.nom, o.description) if text]
    own = [e.nom for e in catalogue.listed] + offers
    if not own:
        return QUESTIONS
    said = st.sampled_from(own)
    cut = st.tuples(said, st.integers(1, 20)).map(lambda drawn: drawn[0][: -drawn[1]] or drawn[0])
    without_spaces = said.map(lambda text: text.replace(" ", "").replace("-", ""))
    return st.one_of(QUESTIONS, QUESTIONS, said, cut, without_spaces, joined(st.one_of(said, WORDS), 2))


@settings(max_examples=examples(120), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(catalogue=CATALOGUES, draw=st.data())
def test_browser_and_python_answer_alike(ask: Ask, catalogue: Catalogue, draw: st.DataObject) -> None:
    load(ask, catalogue)
    for words in draw.draw(st.lists(asked_of(catalogue), min_size=6, max_size=12)):
        assert told(answer_to(catalogue, words)) == ask("answer", words=words), words


Question = Callable[[str], Answer]


def both(ask: Ask, catalogue: Catalogue) -> Question:
    """Give what answers a question, the browser's code having said the same."""
    load(ask, catalogue)

    def answer(words: str) -> Answer:
        found = answer_to(catalogue, words)
        assert told(found) == ask("answer", words=words)
        return found

    return answer


@pytest.fixture(scope="module", name="exemple")
def exemple_region() -> Iterator[Question]:
    """Give what answers questions about the Exemple region."""
    with asking(PROGRAM) as ask:
        yield both(ask, Loader(config.load(EXAMPLES / "mkdocs.yml")).load(TODAY).catalogue())


def at(answer: Answer, *levels: Level) -> list[str]:
    """List who answers at some levels, the best first."""
    return [slug for slug, own in answer.results.items() if own.level in levels]


@pytest.mark.parametrize(
    ("words", "suppliers"),
    [
        ("traiteur", [CATERER]),
        ("Traiteurs", [CATERER]),
        ("traiteur pour une réunion du conseil de 40 personnes à Exempleville", [CATERER]),
        ("catering", [CATERER]),
        ("cleaning", [CLEANER, HOME_CARE]),
        ("janitorial", [CLEANER, HOME_CARE]),
        ("daycare", [DAY_CARE]),
        ("printing", ["exemplaire"]),
        ("CPE", [DAY_CARE]),
        ("centre de la petite enfance", [DAY_CARE]),
        ("co working", ["le-carrefour-exemple"]),
        ("coworking", ["le-carrefour-exemple"]),
        ("repas a domicile", [HOME_CARE, "centre-d-action-benevole-des-grands-exemples"]),
        ("traiteur et buanderie", ["atelier-adapte-exemple", CATERER]),
        ("pompes funèbres", ["cooperative-funeraire-d-exemple"]),
        ("90101600", [CATERER]),
        ("UNSPSC 90100000", ["base-de-plein-air-du-grand-exemple", CATERER]),
        ("00000000", []),
        ("ascenseur", []),
    ],
)
def test_who_offers_what_is_asked(exemple: Question, words: str, suppliers: list[str]) -> None:
    answer = exemple(words)
    assert at(answer, Level.NAME, Level.OFFER, Level.PLACE) == suppliers
    assert not answer.is_scattered
    assert answer.correction == ""


def test_a_caterer_is_whoever_offers_it(exemple: Question) -> None:
    answer = exemple("traiteur")
    caterer = answer.results[CATERER]
    assert (caterer.level, caterer.offers, caterer.is_sure, caterer.close) == (Level.OFFER, (0,), True, 1 / 2.25)
    assert set(at(answer, Level.SECTOR)) == SAME_SECTOR
    assert not any(own.is_sure for slug, own in answer.results.items() if slug != CATERER)
    assert (answer.categories, answer.unmet, answer.unknown) == ({"traiteur": 1}, (), ())


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("la casa del nino", "la-casa-del-nino-exemple-centre-interculturel"),
        ("coop octet", "coop-octet-services-numeriques-d-exemple"),
        ("Fringues & Cie l’Exemple", "fringues-cie-l-exemple"),
        ("etapeexemple", "centre-de-retablissement-l-etape-exemple"),
        ("NEQ 1100000102", CATERER),
        ("+1 (819) 555-0112", CATERER),
        ("819 555-0142 poste 12", HOME_CARE),
        ("https://www.latable.example/menus", CATERER),
        ("commande@latable.example", CATERER),
        ("G9Z 1H3", CATERER),
        ("g9z1h3", CATERER),
    ],
)
def test_who_is_looked_up(exemple: Question, words: str, slug: str) -> None:
    answer = exemple(words)
    assert at(answer, Level.NAME) == [slug] == list(answer.results)[:1]
    assert answer.unknown == ()


@pytest.mark.parametrize(
    ("words", "labels", "bare"),
    [
        ("Ville d’Exempleville", ["Exempleville"], ""),
        ("exempleville (Québec)", ["Exempleville"], ""),
        ("traiteur, Exempleville (Québec) demain", ["Exempleville"], "traiteur, demain"),
        ("traiteur (Exempleville)", ["Exempleville"], "traiteur"),
        ("MRC des Grands-Exemples", ["MRC des Grands-Exemples"], ""),
        ("traiteur dans la MRC des grands exemples", ["MRC des Grands-Exemples"], "traiteur"),
        ("traiteur près de St-Exemplaire", ["Saint-Exemplaire"], "traiteur"),
        ("Ste-Illustration-des-Pins", ["Sainte-Illustration-des-Pins"], ""),
        ("lapointe d'exemple", ["La Pointe-d'Exemple"], ""),
        ("ménage à Exemple-Sud", ["Exemple-Sud (Exempleville)"], "ménage"),
        ("traiteur G9W", ["G9W"], "traiteur"),
        ("traiteur à Exempleville Grand-Exemple repas", ["Exempleville", "Grand-Exemple"], "traiteur repas"),
        ("traiteur", [], "traiteur"),
    ],
)
def test_places_as_people_say_them(exemple: Question, words: str, labels: list[str], bare: str) -> None:
    answer = exemple(words)
    assert [place.label for place in answer.places] == labels
    assert answer.bare == bare


def test_who_is_there_comes_first_and_who_serves_it_is_not_hidden(exemple: Question) -> None:
    answer = exemple("déneigement à Lac-à-l'Exemple")
    assert {slug: answer.results[slug].near for slug in at(answer, Level.OFFER)} == {FORESTER: 2, CLEANER: 2}
    found = exemple("boulangerie Rivière-aux-Exemples").results["cooperative-de-solidarite-exemple-les-bains"]
    assert (found.level, found.near) == (Level.OFFER, 0)
    assert exemple("traiteur à Saint-Exemplaire").results[CATERER].near == 1  # it serves the MRC
    there = exemple("Exempleville")
    assert set(at(there, Level.PLACE)) == set(there.results)
    assert [own.near for own in there.results.values()] == sorted(
        (o.near for o in there.results.values()), reverse=True
    )


@pytest.mark.parametrize(
    ("words", "correction"),
    [
        ("traitteur", "traiteur"),
        ("trateur", "traiteur"),
        ("buanderrie", "buanderie"),
        ("entretien menagr", "entretien ménage"),
        ("pompes funèbres", ""),
        ("zzzz traiteur qqqq", ""),
        ("OBNL", ""),
    ],
)
def test_a_correction_is_better_answered(exemple: Question, words: str, correction: str) -> None:
    answer = exemple(words)
    assert answer.correction == correction
    assert bool(at(exemple(correction), Level.OFFER)) is bool(correction)


def test_some_of_the_words_are_no_answer(exemple: Question) -> None:
    answer = exemple("assiettes locomotive")
    assert answer.is_scattered
    assert answer.unknown == ("locomotive",)
    assert {own.level for own in answer.results.values()} == {Level.ACTIVITY}
    assert not any(own.is_sure or own.offers for own in answer.results.values())


@pytest.mark.parametrize("words", ["C.P.E. à Exempleville", "G9Z, C.P.E."])
def test_letters_with_dots_are_one_word(exemple: Question, words: str) -> None:
    answer = exemple(words)
    assert at(answer, Level.OFFER) == [DAY_CARE]
    assert answer.bare == "CPE"


def test_what_is_near_a_place(exemple: Question) -> None:
    far, near = exemple("traiteur à Rivière-aux-Exemples"), exemple("traiteur près de Rivière-aux-Exemples")
    assert far.results[CATERER].near == 0
    assert near.results[CATERER].near == 1
    assert near.results[CATERER].far == far.results[CATERER].far < NEAR


def test_words_that_look_like_a_need_are_not_put_for_another(ask: Ask) -> None:
    answer = both(ask, catalogue_of(enterprise("a", "Pompon Exemple", mission="Des pompons et des fenêtres.")))
    assert answer("pompes funèbres").correction == ""
    assert answer("pompes funèbres").unmet == ("services-funeraires",)
    assert answer("pompan").correction == "pompon"


def test_an_acronym_is_a_word_that_is_known(exemple: Question) -> None:
    assert exemple("OBNL").unknown == ()
    assert exemple("EÉSAD").unknown == ()


def test_a_phrase_stands_in_one_record(ask: Ask) -> None:
    """What the record before says of it, a few letters away, neither counts nor hides what this one says."""
    assert "dîner de Noël" in VOCABULARIES.categories["traiteur"].synonymes
    one = enterprise("a", "Atelier Exemple", mission="Noël.")
    for mission, speaking in (("Dîners de Noël.", ["b"]), ("Dîners.", [])):
        other = enterprise("b", "Bureau Exemple", mission=mission)
        assert at(both(ask, catalogue_of(one, other))("traiteur"), Level.ACTIVITY) == speaking


def test_offers_confirm_by_themselves(ask: Ask) -> None:
    sure, unsure = Offer("Repas", "traiteur", verification=CONFIRMED), Offer("Buffet", "traiteur", verification=WAITING)
    answer = both(
        ask,
        catalogue_of(
            enterprise("a", "Exemple A", unsure, verification=CONFIRMED),
            enterprise("b", "Exemple B", unsure, sure, Offer("Salle", "location-salles"), verification=WAITING),
            enterprise("c", "Exemple C", Offer("Repas", "traiteur"), verification=CONFIRMED, statut="fermee"),
        ),
    )("traiteur")
    assert {slug: (own.offers, own.is_sure) for slug, own in answer.results.items()} == {
        "b": ((0, 1), True),
        "a": ((0,), False),
    }
    assert list(answer.results) == ["b", "a"]


SCRIPTS = REPOSITORY / "src" / "annuaire" / "theme" / "js" / "common" / "answer"
_NUMBER = re.compile(r"^(?:export )?const ([A-Z_]+) = ([0-9.]+)(?: / ([0-9]+))?;", re.MULTILINE)
_NUMBERS = re.compile(r"^const \[([A-Z_, ]+)\] = \[([0-9., ]+)\];", re.MULTILINE)


def numbers(script: str) -> Iterator[tuple[str, float]]:
    """Yield the constants of a script that are numbers."""
    for name, value, divisor in _NUMBER.findall(script):
        yield name, float(value) / float(divisor or 1)
    for names, values in _NUMBERS.findall(script):
        yield from zip(names.split(", "), map(float, values.split(", ")), strict=True)


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.stem)
def test_numbers_are_the_same(path: Path) -> None:
    """A share that differs a little changes few answers: random ones might not show it."""
    name = "annuaire.text.words" if path.stem == "words" else f"annuaire.catalogue.answer.{path.stem}"
    module = vars(importlib.import_module(name))
    found = dict(numbers(path.read_text(encoding="utf-8")))
    own = {key: module.get(key, module.get(f"_{key}")) for key in found}
    assert own == found


def test_there_are_numbers_to_compare() -> None:
    assert sum(len(list(numbers(path.read_text(encoding="utf-8")))) for path in SCRIPTS.glob("*.js")) >= 18

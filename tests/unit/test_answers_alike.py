"""Answer random questions in Python and in the browser's own code: alike, with the same numbers."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answering import VOCABULARIES, catalogue_of, load, told
from tests.catalogues import Ask
from tests.examples import examples
from tests.node import REPOSITORY

from annuaire.catalogue.answer import answer_to
from annuaire.catalogue.answer.vocabulary import phrases_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Offer, Place, PurchaseContact, Verification
from annuaire.places import buyer_words

CONFIRMED, WAITING = Verification("confirmee", date(2026, 9, 1)), Verification("a-confirmer")
TOWNS = ("Trois-Rivières", "Shawinigan", "La Tuque", "Saint-Tite", "Louiseville", "Québec")

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
    *("Bouff’Éll’s", "Bouff'Élls", "bouffells"),
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
    activite=st.one_of(st.just(""), joined(WORDS, 4)),
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


SCRIPTS = REPOSITORY / "src" / "annuaire" / "theme" / "js" / "common" / "answer"
_NUMBER = re.compile(r"^(?:export )?const ([A-Z_]+) = ([0-9.]+)(?: / ([0-9]+))?;", re.MULTILINE)
_NUMBERS = re.compile(r"^const \[([A-Z_, ]+)\] = \[([0-9., ]+)\];", re.MULTILINE)


def numbers(script: str) -> Iterator[tuple[str, float]]:
    """Yield the constants of a script that are numbers."""
    for name, value, divisor in _NUMBER.findall(script):
        yield name, float(value) / float(divisor or 1)
    for names, values in _NUMBERS.findall(script):
        yield from zip(names.split(", "), map(float, values.split(", ")), strict=True)


NUMBERED = [path for path in sorted(SCRIPTS.glob("*.js")) if next(numbers(path.read_text(encoding="utf-8")), None)]


@pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)
def test_numbers_are_the_same(path: Path) -> None:
    """A share that differs a little changes few answers: random ones might not show it."""
    name = "annuaire.text.words" if path.stem == "words" else f"annuaire.catalogue.answer.{path.stem}"
    module = vars(importlib.import_module(name))
    found = dict(numbers(path.read_text(encoding="utf-8")))
    own = {key: module.get(key, module.get(f"_{key}")) for key in found}
    assert own == found


def test_there_are_numbers_to_compare() -> None:
    assert sum(len(list(numbers(path.read_text(encoding="utf-8")))) for path in SCRIPTS.glob("*.js")) >= 18

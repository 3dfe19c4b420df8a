"""The words with which buyers ask for each purchase category, and acronyms: read well, short, never said twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from annuaire.places import buyer_words, vocabularies
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError
from annuaire.text.words import STOP, WEAK, tokens

MOST_WORDS = 4
# Words that tell nothing of what is bought: alone, they would take questions away from what they do not name.
BROAD = {
    "aide",
    "activite",
    "atelier",
    "centre",
    "communautaire",
    "conseil",
    "developpement",
    "domicile",
    "espace",
    "gestion",
    "materiel",
    "personne",
    "preparation",
    "professionnel",
    "programme",
    "projet",
    "public",
    "reunion",
    "solution",
    "soutien",
    "support",
    "systeme",
    "technique",
    "travail",
    "travau",
}


@pytest.fixture(scope="module")
def categories() -> dict[str, vocabularies.Category]:
    return dict(vocabularies.load().categories)


@pytest.fixture(scope="module")
def words(categories: dict[str, vocabularies.Category]) -> buyer_words.BuyerWords:
    return buyer_words.load(categories)


def key(phrase: str) -> frozenset[str]:
    """Reduce a phrase to what tells it from another: neither order, accents nor plural."""
    return frozenset(word.rstrip("sx") for word in tokens(phrase) if word not in STOP)


def test_each_category_has_words_and_no_other(
    categories: dict[str, vocabularies.Category], words: buyer_words.BuyerWords
) -> None:
    class Everything:
        def __contains__(self, slug: object) -> bool:
            return True

    assert buyer_words.load(Everything()).categories.keys() == categories.keys() == words.categories.keys()
    assert all(entry.quebec and entry.anglais for entry in words.categories.values())
    assert len([phrase for entry in words.categories.values() for phrase in entry.phrases]) > 1000


def test_words_of_unknown_categories_are_passed_over() -> None:
    assert buyer_words.load({"traiteur", "autre"}).categories.keys() == {"traiteur"}


def test_phrases_are_short_telling_and_said_once(
    categories: dict[str, vocabularies.Category], words: buyer_words.BuyerWords
) -> None:
    wrong = []
    for slug, entry in words.categories.items():
        said = {key(synonym) for synonym in categories[slug].synonymes} | {key(categories[slug].libelle)}
        for phrase in entry.phrases:
            found = key(phrase)
            strong = found - WEAK
            is_broad = not strong or (len(strong) == 1 and strong <= BROAD)
            if found in said or is_broad or len(phrase.split()) > MOST_WORDS:
                wrong.append((slug, phrase))
            said.add(found)
    assert wrong == []


def test_phrase_may_name_several_categories(words: buyer_words.BuyerWords) -> None:
    sharing = {slug for slug, entry in words.categories.items() if "alimentation" in entry.phrases}
    assert {"traiteur", "cafeteria", "fruits-legumes"} < sharing
    assert [slug for slug, entry in words.categories.items() if "catering" in entry.phrases] == ["traiteur"]


def test_acronyms(words: buyer_words.BuyerWords) -> None:
    known = words.acronyms
    assert known["cpe"] == "centre de la petite enfance"
    assert known["eesad"] == "entreprise d’économie sociale en aide à domicile"
    assert {"obnl", "osbl", "coop", "ca", "aga", "rcr", "ges", "ti"} <= known.keys()
    assert all(short.isalpha() and short == fold(short) != fold(meaning) for short, meaning in known.items())


def test_site_adds_and_replaces(tmp_path: Path) -> None:
    text = "categories:\n  traiteur: {quebec: [repas exemple]}\n  autre: {anglais: [other]}\nsigles: {EX: exemple}\n"
    (tmp_path / buyer_words.FILE).write_text(text, encoding="utf-8")
    own = buyer_words.load({"traiteur", "autre", "deneigement"}, tmp_path)
    assert own.categories["traiteur"].phrases == ("repas exemple",)
    assert own.categories["autre"].phrases == ("other",)
    assert "snow removal" in own.categories["deneigement"].phrases
    assert (own.acronyms["ex"], own.acronyms["cpe"]) == ("exemple", "centre de la petite enfance")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("categories: mots\n", "«\u00a0categories\u00a0» n’a pas les clés attendues"),
        ("sigles: [CPE]\n", "«\u00a0sigles\u00a0» n’a pas les clés attendues"),
        ("mots: {traiteur: {quebec: [repas]}}\n", "«\u00a0mots\u00a0» n’y est pas comme il faut"),
        ("categories: {traiteur: [repas]}\n", "«\u00a0traiteur\u00a0» n’est pas faite de listes"),
        ("categories: {traiteur: {quebec: repas}}\n", "«\u00a0traiteur\u00a0» n’est pas faite de listes"),
        ("categories: {traiteur: {quebec: ['']}}\n", "«\u00a0traiteur\u00a0» n’est pas faite de listes"),
        ("categories: {traiteur: {quebec: [{a: b}]}}\n", "«\u00a0traiteur\u00a0» n’est pas faite de listes"),
        ("categories: {traiteur: {suisse: [repas]}}\n", "nommées seao, unspsc, france, quebec, anglais"),
        ("sigles: {EX: [exemple]}\n", "le sigle «\u00a0EX\u00a0» n’est pas suivi"),
        ("sigles: {EX: ' '}\n", "le sigle «\u00a0EX\u00a0» n’est pas suivi"),
    ],
)
def test_wrong_words_stop_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / buyer_words.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(AnnuaireError, match=said) as raised:
        buyer_words.load({"autre"}, tmp_path)
    assert str(raised.value).startswith(buyer_words.FILE)

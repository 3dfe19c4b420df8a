"""Hold each promise of the rule on places that must not be found by a small example."""

from __future__ import annotations

from pathlib import Path

import pytest

from annuaire import schema
from annuaire.records import reading
from annuaire.rules.confidentiality import SECRET, NamePattern, check, patterns, phrase, reason_to_hide
from annuaire.text.problems import Finding
from annuaire.yamlfile import source

SHELTER = "Maison d’hébergement Exemple"
NEUTRAL = "Traiteur Exemple"
PLACE = {"adresse": "12, rue Secrète", "code_postal": "G9A 1A1", "latitude": "46.34", "longitude": "-72.58"}


def judged(name: str, *places: dict[str, str], stated: str = "") -> list[Finding]:
    """Judge a record of these places that says, or not, that its address is confidential."""
    lines = [f"nom: {name}", *([f"adresse_confidentielle: {stated}"] if stated else [])]
    if places:
        lines.append("etablissements:")
    for place in places:
        first, *others = place.items()
        lines += [f'  - {first[0]}: "{first[1]}"', *(f'    {key}: "{value}"' for key, value in others)]
    document = source.parse("\n".join(lines) + "\n", Path("exemple.yml"))
    assert not document.faults
    return list(check(reading.from_document(document, "exemple.yml", schema.load("enterprises")), None))  # type: ignore[arg-type]


def refused(rank: int, key: str) -> Finding:
    return Finding("adresse-confidentielle", ("etablissements", rank, key), {"champ": key}, on_key=True)


def asked(rank: int, key: str, reason: str) -> Finding:
    values = {"champ": key, "raison": reason}
    return Finding("adresse-a-proteger", ("etablissements", rank, key), values, on_key=True)


def test_street_postal_code_and_point_are_the_secret() -> None:
    assert SECRET == ("adresse", "code_postal", "latitude", "longitude")


@pytest.mark.parametrize("key", PLACE)
def test_each_way_to_find_a_confidential_place_is_refused(key: str) -> None:
    assert judged(NEUTRAL, {"municipalite": "Shawinigan", key: PLACE[key]}, stated="oui") == [refused(0, key)]


def test_every_place_of_a_confidential_record_is_judged() -> None:
    places = ({"municipalite": "Shawinigan"}, {"municipalite": "La Tuque"} | PLACE, {"adresse": "3, rue Cachée"})
    assert judged(NEUTRAL, *places, stated="oui") == [*(refused(1, key) for key in SECRET), refused(2, "adresse")]


def test_the_municipality_of_a_confidential_place_stays() -> None:
    place = {"municipalite": "Shawinigan", "municipalite_code": "36033", "telephone": "819 555-0100"}
    assert judged(SHELTER, place, stated="oui") == []
    assert judged(SHELTER, place) == []
    assert judged(SHELTER) == []


def test_a_name_that_announces_a_shelter_asks_that_a_person_say() -> None:
    place = {"municipalite": "Shawinigan"} | PLACE
    assert judged(SHELTER, place) == [asked(0, "adresse", "lieu d’hébergement")]
    assert judged(SHELTER, {"municipalite": "Shawinigan"}, {"code_postal": "G9A 1A1"}) == [
        asked(1, "code_postal", "lieu d’hébergement")
    ]


def test_once_a_person_said_non_the_name_asks_no_more() -> None:
    assert judged(SHELTER, PLACE, stated="non") == []


def test_once_a_person_said_oui_the_address_is_refused_whatever_the_name() -> None:
    assert judged(SHELTER, {"adresse": "1, rue X"}, stated="oui") == [refused(0, "adresse")]


def test_an_answer_that_is_none_leaves_the_question() -> None:
    assert judged(SHELTER, {"adresse": "1, rue X"}, stated="peut-etre") == [asked(0, "adresse", "lieu d’hébergement")]


def test_the_name_of_any_place_may_announce_it() -> None:
    places = ({"nom": "Bureau", "adresse": "1, rue X"}, {"nom": "Refuge Exemple", "municipalite": "La Tuque"})
    assert judged(NEUTRAL, *places) == [asked(0, "adresse", "refuge")]


def test_a_name_that_announces_nothing_asks_nothing() -> None:
    assert judged(NEUTRAL, PLACE) == []
    assert judged(NEUTRAL, PLACE, stated="non") == []


def test_no_finding_quotes_where_the_place_is() -> None:
    found = [*judged(SHELTER, PLACE), *judged(SHELTER, PLACE, stated="oui")]
    assert len(found) == 1 + len(SECRET)
    assert not [value for finding in found for value in finding.values.values() if value in PLACE.values()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Maison d’Hébergement « Exemple » ", "maison d hebergement exemple"),
        ("Coop d'habitation", "cooperative d habitation"),
        ("Les COOPS du coopérant", "les cooperative du cooperant"),
        ("Scoop", "scoop"),
        ("Les 2 Rives -- Inc.", "les 2 rives inc"),
    ],
)
def test_a_name_is_reduced_to_words(text: str, words: str) -> None:
    assert phrase(text) == words


ENTRY = {"contient": ["Refuge", "auberge du cœur"], "commence": "Habitations", "sauf": ["animaux"]}


@pytest.mark.parametrize(
    ("name", "applies"),
    [
        ("le refuge exemple", True),
        ("refuge", True),
        ("les refuges exemple", False),
        ("auberge du coeur exemple", True),
        ("auberge exemple", False),
        ("habitations exemple", True),
        ("les habitations exemple", False),
        ("habitationsexemple", False),
        ("refuge pour animaux", False),
        ("habitations pour animaux exemple", False),
        ("refuge des animauxexemple", True),
    ],
)
def test_a_pattern_wants_whole_words_and_spares_its_exceptions(name: str, applies: bool) -> None:
    assert NamePattern.of(ENTRY).applies(name) is applies


def test_a_pattern_reads_a_text_or_a_list() -> None:
    assert NamePattern.of(ENTRY) == NamePattern(("refuge", "auberge du coeur"), ("habitations",), ("animaux",))
    assert NamePattern.of({}) == NamePattern((), (), ())


EXAMPLES: list[tuple[str, str]] = [
    ("RESSOURCES D’HEBERGEMENT EXEMPLE", "lieu d’hébergement"),
    ("Le dortoir Exemple", "refuge"),
    ("Maison de transition Exemple", "maison de transition"),
    ("Maison pour femmes Exemple", "maison pour femmes"),
    ("Exemple, ressource en toxicomanie", "ressource en dépendance"),
    ("Coop d’habitation Exemple", "des membres y logent"),
    ("Les Habitations Exemple", "des locataires y logent"),
    ("Refuge pour chats Exemple", ""),
    ("Fédération des coopératives d’habitation Exemple", ""),
    ("Maison Exemple", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "reason"), EXAMPLES)
def test_a_name_gives_its_reason(name: str, reason: str) -> None:
    assert reason_to_hide(name) == reason


def test_every_kind_of_place_to_hide_has_an_example() -> None:
    assert {reason for _, reason in patterns()} == {reason for _, reason in EXAMPLES if reason}


def test_every_phrase_of_a_pattern_is_looked_for() -> None:
    """The first words are a sieve: one that is forgotten there makes a whole phrase sleep."""
    asleep = [
        words
        for pattern, _ in patterns()
        for words in (*pattern.contains, *pattern.begins)
        if not set(words.split()) & {word for excepted in pattern.excepted for word in excepted.split()}
        and not reason_to_hide(f"{words} exemple")
    ]
    assert asleep == []

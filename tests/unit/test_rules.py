"""Judge with the rules as a whole: order, places, collections, speed of the slow parts, and a few edges."""

import time
from datetime import date
from pathlib import Path

import pytest
from tests.rules.corpus import context

from annuaire.records.collections import COLLECTIONS, EVERY
from annuaire.records.likeness import is_slip
from annuaire.records.reading import Record, from_document
from annuaire.rules import checks, judge, judge_record, name_of, rules, rules_of
from annuaire.rules.freshness import months_before
from annuaire.rules.near_duplicate import check as near_duplicates
from annuaire.schema import load
from annuaire.text.addresses import judge as judge_address
from annuaire.text.persons.addresses import is_service
from annuaire.text.problems import Reach
from annuaire.yamlfile import source

CONTEXT = context(Path("contenu"))
TEXT = """\
nom: {nom}
forme_juridique: obnl
statut: active
secteur: petite-enfance
etablissements:
  - municipalite: La Tuque
    adresse: "{adresse}"
verification:
  statut: a-confirmer
"""


def record(slug: str, nom: str = "Coop", adresse: str = "1, rue A", text: str = TEXT) -> Record:
    document = source.parse(text.format(nom=nom, adresse=adresse), Path(f"{slug}.yml"))
    return from_document(document, f"{slug}.yml", load("enterprises"))


def test_rules_are_found_in_order() -> None:
    names = [rule.__name__ for rule in rules()]
    assert names == sorted(names)
    assert {rule.REACH for rule in rules()} == set(Reach) - {Reach.PAGE, Reach.REPOSITORY}
    assert len(checks("enterprises", Reach.RECORD)) > len(checks("territories", Reach.RECORD)) > 0


def test_what_a_rule_asks_of_a_collection_exists() -> None:
    known = {name for one in EVERY for name in load(one).names}
    traits = {trait for collection in COLLECTIONS for trait in collection.traits}
    names = {name_of(rule) for rule in rules()}
    for rule in rules():
        assert set(getattr(rule, "FIELDS", ())) <= known, rule
        assert getattr(rule, "TRAIT", None) in {None, *traits}, rule
        assert any(rule in rules_of(one) for one in EVERY), f"{rule} judges nothing"
    assert all(collection.without_rules <= names for collection in COLLECTIONS)


def test_problems_are_sorted_by_place() -> None:
    wrong = TEXT.replace("obnl", "xyzzy").replace("active", "vive")
    found = judge([record("b", text=wrong), record("a", nom="Autre", text=wrong)], CONTEXT)
    places = [(p.location.file, p.location.line) for p in found]
    assert places == [("a.yml", 2), ("a.yml", 3), ("b.yml", 2), ("b.yml", 3)]


def test_judging_twice_says_the_same_and_works_once() -> None:
    records = [record("a", text=TEXT.replace("obnl", "xyzzy"))]
    assert judge(records, CONTEXT) == judge(records, CONTEXT)
    assert judge_record(records[0], CONTEXT) == judge(records, CONTEXT)


def test_unreadable_record_still_holds_its_name() -> None:
    merged = TEXT.replace("active", "fermee\ndate_fermeture: 2024-01-01\nfusionnee_avec: b")
    found = judge([record("a", text=merged), record("b", text="nom: [")], CONTEXT)
    assert [p.code for p in found] == ["syntaxe-yaml"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ressourcerie stanislas", "ressourcerie stanilas", True),
        ("recup air", "recupair", True),
        ("coop forestiere haut st maurice", "coop forestiere bas st maurice", False),
        ("radio 90 5", "radio 91 5", False),
        ("popote", "popote nord", False),
        ("", "", True),
    ],
)
def test_slips_of_the_pen(one: str, other: str, expected: bool) -> None:
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://example.org", ""),
        ("https://www.example.quebec:8443/a?b#c", ""),
        ("https://xn--conomie-9xa.example.org/", ""),
        ("https://EXAMPLE.org/", ""),
        ("https://a@b.org/", "url-identifiants"),
        ("https://[::ffff:1.2.3.4]/", "url-adresse-ip"),
        ("https://0300.0250.1/", "url-adresse-ip"),
        ("https://exemple/", "url-hote-local"),
        ("https://x.localhost/", "url-hote-local"),
        ("https://example..org/", "url-hote-invalide"),
        ("https://example.org:port/", "url-hote-invalide"),
        ("https:///chemin", "url-hote-local"),
        ("https://éxample.org/", "url-non-ascii"),
        ("ftp://example.org/", ""),
    ],
)
def test_web_addresses(address: str, code: str) -> None:
    assert judge_address(address)[0] == code


@pytest.mark.parametrize("part", ["info", "achats", "ventes", "reservations", "infocoop", "direction", "benevoles"])
def test_services_of_an_address(part: str) -> None:
    assert is_service(part)


def test_look_alikes_are_found_without_comparing_all() -> None:
    """Two thousand records of one town, in well under the time that two million comparisons would take."""
    records = [record(f"coop-{n}", f"Coop {n:04d}x{n % 7}", f"{n}, rue A") for n in range(2000)]
    records += [record("z1", "Boulangerie du Pont"), record("z2", "La boulangerie du pont inc.")]
    start = time.perf_counter()
    found = [(other.slug, finding.code) for other, finding in near_duplicates(records, CONTEXT)]
    assert found == [("z2", "doublon-nom")]
    assert time.perf_counter() - start < 2

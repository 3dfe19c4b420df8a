"""Give editors a JSON Schema that says of records what the rules say, and the file of the repository is that one."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from tests.examples import examples
from tests.rules.strategies import TERRITORIES, VOCABULARIES, records

from annuaire.exports.json_schema import record_schema
from annuaire.places import territories, vocabularies
from annuaire.records.collections import COLLECTIONS
from annuaire.schema import load

ROOT = Path(__file__).parents[2]
SCHEMA = record_schema(load("enterprises"), VOCABULARIES, TERRITORIES)
VALIDATOR = Draft202012Validator(SCHEMA)
PUBLISHED = {collection.name: collection.kind for collection in COLLECTIONS}


def errors(values: Any) -> list[str]:
    return sorted({error.json_path for error in VALIDATOR.iter_errors(values)})


@pytest.mark.parametrize("name", PUBLISHED)
def test_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(record_schema(load(name), VOCABULARIES, TERRITORIES))


@settings(max_examples=examples(30))
@given(records())
def test_valid_records_pass(values: dict[str, Any]) -> None:
    assert errors(values) == []


def test_values_without_quotes_pass() -> None:
    """An editor reads `1998` as a number; the record means the same."""
    values = {
        "nom": "Coop",
        "forme_juridique": "obnl",
        "annee_fondation": 1998,
        "statut": "active",
        "secteur": "a-preciser",
        "etablissements": [{"municipalite": "La Tuque", "latitude": 47.4, "longitude": -72.7}],
        "verification": {"statut": "a-confirmer"},
    }
    assert errors(values) == []
    assert errors(values | {"annee_fondation": 1066}) == ["$.annee_fondation"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"president": "X"}, "$"),
        ({"nom": ""}, "$.nom"),
        ({"secteur": "xyzzy"}, "$.secteur"),
        ({"neq": "123"}, "$.neq"),
        ({"neq": 1142934315}, "$.neq"),
        ({"site_web": "www.example.org"}, "$.site_web"),
        ({"certifications": []}, "$.certifications"),
        ({"certifications": ["b-corp", "b-corp"]}, "$.certifications"),
        ({"etablissements": [{"municipalite": "Bordeaux"}]}, "$.etablissements[0].municipalite"),
        ({"etablissements": "La Tuque"}, "$.etablissements"),
        ({"offres": [{"nom": "Camp"}]}, "$.offres[0]"),
        ({"verification": {"statut": "oui"}}, "$.verification.statut"),
        ({"date_fermeture": "hier"}, "$.date_fermeture"),
        ({"adresse_confidentielle": "peut-être"}, "$.adresse_confidentielle"),
    ],
)
def test_wrong_values_are_shown(change: dict[str, Any], place: str) -> None:
    values = {
        "nom": "Coop",
        "forme_juridique": "obnl",
        "statut": "active",
        "secteur": "a-preciser",
        "etablissements": [{"municipalite": "La Tuque"}],
        "verification": {"statut": "a-confirmer"},
    }
    assert errors(values) == []
    assert errors(values | change) == [place]


def test_choices_carry_their_french_names() -> None:
    sector = SCHEMA["properties"]["secteur"]
    assert dict(zip(sector["enum"], sector["enumDescriptions"], strict=True))["habitation"]
    assert sector["title"] == "Secteur"
    assert SCHEMA["properties"]["offres"]["items"]["properties"]["nom"]["examples"]


@pytest.mark.parametrize(("name", "kind"), PUBLISHED.items())
def test_file_that_records_name_is_up_to_date(name: str, kind: str, rewrite_golden: bool) -> None:
    """Records begin with the path of `schemas/`: editors read it from there, without a site or a network."""
    made = record_schema(load(name), vocabularies.load(), territories.load())
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    path = ROOT / "schemas" / f"{kind}.schema.json"
    if rewrite_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text

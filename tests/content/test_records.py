"""The records themselves: in form, in the published schemas, and what is known of thresholds today."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from tests.sites import REPOSITORY
from tests.unit.test_json_schema import PUBLISHED
from tests.unit.test_needs import check_needs
from tests.unit.test_thresholds import QUESTION, judge
from tests.unit.test_workflows import CHOOSER, read

from annuaire import config
from annuaire.exports.json_schema import record_schema
from annuaire.places import territories, vocabularies
from annuaire.records.collections import EVERY, THRESHOLDS
from annuaire.schema import load
from annuaire.yamlfile import formatter, source

CONTENT = REPOSITORY / "content"


@pytest.mark.parametrize("name", EVERY)
def test_records_are_in_form(name: str) -> None:
    for path in sorted((CONTENT / name).glob("*.yml")):
        before, after = formatter.format_file(path, load(name))
        assert after == before, path.name


def test_real_records_pass() -> None:
    own = CONTENT / "vocabularies"
    for name in PUBLISHED:
        made = record_schema(load(name), vocabularies.load(own), territories.load(own))
        validator = Draft202012Validator(made)
        for path in sorted((CONTENT / name).glob("*.yml")):
            values = source.parse(path.read_text(encoding="utf-8"), path).values
            assert [f"{path.name}: {error.message}" for error in validator.iter_errors(values)] == []


def test_those_who_report_are_sent_to_this_site() -> None:
    address = config.load(REPOSITORY / "mkdocs.yml").site_url
    assert all(link["url"].startswith(address) for link in read(CHOOSER)["contact_links"])


def test_no_false_alarm_about_needs() -> None:
    check_needs(config.load(REPOSITORY / "mkdocs.yml"))


def test_the_known_records_give_no_mode_today() -> None:
    """Every amount of the real records has run out: whatever is asked, no mode comes from them."""
    folder = CONTENT / THRESHOLDS
    rules = []
    for path in sorted(folder.glob("*.yml")):
        found = source.read(path).values
        numbers = {key: int(found[key]) for key in ("a_partir_de", "moins_de", "invites") if key in found}
        rules.append({**found, **numbers})
    amounts = {r.get("a_partir_de") for r in rules} - {None}
    assert amounts == {25000, 101100, 105700, 121200}
    assert [r for r in rules if r["genre"] != "seuil"] == []
    questions = [
        (QUESTION | {"organisme": body, "contrat": kind, "montant": amount}, rules)
        for body in ("municipalite", "mrc", "organisme-public")
        for kind in ("biens", "services", "travaux")
        for amount in (1, 24999, 25000, 101100, 121200, 10_000_000)
    ]
    assert {answer["mode"] for answer in judge(questions)} == {None}

"""One word for one thing: the model, the schema and the templates name the same fields."""

from dataclasses import fields

import pytest

from annuaire import schema
from annuaire.catalogue import model
from annuaire.catalogue.thresholds import Threshold
from annuaire.records.collections import EVERY
from annuaire.schema import Table

ROOT = schema.load("enterprises").root
CHILDREN = schema.load("enterprises").children
KINDS = {
    "offres": model.Offer,
    "indicateurs": model.Indicator,
    "conformite": model.Conformity,
    "etablissements": model.Place,
    "locaux": model.Room,
    "heberges": model.Guest,
}
GROUPS = {
    "retombees": model.Benefits,
    "reseaux": model.Networks,
    "contact_achats": model.PurchaseContact,
    "jachete": model.Initiative,
    "verification": model.Verification,
}


def test_an_enterprise_has_the_keys_of_a_record() -> None:
    assert {f.name for f in fields(model.Enterprise)} == {"slug", *schema.load("enterprises").key_order}


def test_a_threshold_has_the_keys_of_its_schema() -> None:
    assert {f.name for f in fields(Threshold)} == {"slug", *schema.load("thresholds").key_order}


@pytest.mark.parametrize("key", KINDS)
def test_a_row_has_the_keys_of_its_table(key: str) -> None:
    table: Table = CHILDREN[key]
    assert {f.name for f in fields(KINDS[key])} == set(table.top_keys)


@pytest.mark.parametrize("key", GROUPS)
def test_a_mapping_has_the_keys_of_its_group(key: str) -> None:
    assert {f.name for f in fields(GROUPS[key])} == set(ROOT.groups[key])


def test_no_field_is_for_a_persons_name() -> None:
    names = {f.name for name in EVERY for table in schema.load(name).tables for f in table.fields}
    assert not {n for n in names if "prenom" in n or "personne" in n or "responsable" in n}

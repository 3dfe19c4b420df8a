"""What a director reads names places of the site's own regions, never those of another."""

from __future__ import annotations

import pytest

from annuaire.places import samples, territories
from annuaire.records.collections import BUYERS, ENTERPRISES, EVERY, TERRITORIES, THRESHOLDS
from annuaire.schema import Field, Schema, load

PLACES = territories.load()


def field(schema: Schema, name: str, table: str = "") -> Field:
    return (schema.children[table] if table else schema.root).field(name)


def of(region: str, name: str = ENTERPRISES) -> Schema:
    return samples.localised(load(name), PLACES, [region] if region else [])


@pytest.mark.parametrize(
    ("region", "town", "area"),
    [("17", "Drummondville", "819"), ("06", "Montréal", "514"), ("01", "Rimouski", "418"), ("", "Montréal", "514")],
)
def test_examples_are_of_the_region(region: str, town: str, area: str) -> None:
    schema = of(region)
    found = PLACES.municipality(field(schema, "municipalite", "etablissements").example)
    assert found is not None
    assert found.nom == town
    assert not region or PLACES.mrc_by_code[found.mrc].region == region
    assert field(schema, "municipalite_code", "etablissements").example == found.code
    assert field(schema, "code_postal", "etablissements").example == found.code_postal
    assert field(schema, "latitude", "etablissements").example == str(found.latitude)
    for phone in (field(schema, "telephone", "etablissements"), field(schema, "contact_achats_telephone")):
        assert phone.example.startswith(f"{area} 555-01")
        assert phone.help.endswith(f" {area} 555-0142.")


@pytest.mark.parametrize("region", [*PLACES.regions, ""])
@pytest.mark.parametrize("name", EVERY)
def test_examples_stay_allowed(region: str, name: str) -> None:
    schema = of(region, name)
    own = {mrc.code for mrc in PLACES.mrcs_of([region] if region else [])}
    for table in schema.tables:
        for each in table.fields:
            parts = each.example.split("|") if each.is_list else [each.example]
            assert all(each.faults(part) is None for part in parts), each.name
            if each.vocabulary in ("territoires", "mrc"):
                assert set(parts) <= own | {"region", "quebec"}, each.name
            if each.vocabulary == "regions":
                assert not region or parts == [region]


def test_other_collections_too() -> None:
    assert field(of("17", THRESHOLDS), "municipalite").example == "Drummondville"
    assert field(of("17", BUYERS), "region").example == "17"
    assert field(of("17", BUYERS), "mrc").example == "490"
    assert {t.field("territoire").example for t in of("17", TERRITORIES).tables} == {"drummond"}


def test_an_mrc_without_neighbour_in_its_region() -> None:
    assert field(of("13"), "territoires_desservis", "offres").example == "650"
    assert field(of("13"), "territoires_desservis").example == "650|region"


def test_the_schema_of_the_package_stays_as_it_is() -> None:
    before = field(load(ENTERPRISES), "municipalite", "etablissements").example
    of("17")
    assert field(load(ENTERPRISES), "municipalite", "etablissements").example == before

"""Hold the collections of « Trouver de l’aide » together: the same needs and stages, links that lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annuaire.records.reading import Folder, Record
from annuaire.schema import load

COLLECTIONS = ("organisations", "programmes", "modeles", "evenements", "outils")
CONTENT = Path(__file__).parents[2] / "content"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def fields(collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """List the fields of a schema as they are written, each with the key of its table (none for the record)."""
    for resource in load(collection).descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            yield resource.get("annuaire", {}).get("cle", ""), field


def field(collection: str, name: str) -> dict[str, Any]:
    return next(found for table, found in fields(collection) if not table and found["name"] == name)


def records(collection: str) -> list[Record]:
    return Folder(CONTENT / collection, CONTENT.parent, load(collection)).read()


@pytest.mark.parametrize("name", ["besoins", "stades"])
def test_needs_and_stages_are_the_same_everywhere(name: str) -> None:
    lists = [field(collection, name)["annuaire"]["libelles"] for collection in COLLECTIONS]
    assert lists[0]
    assert all(labels == lists[0] for labels in lists)


@pytest.mark.parametrize("name", ["sources", "partenaires", "phases"])
def test_a_list_that_several_have_has_the_same_fields(name: str) -> None:
    tables = [load(collection).children.get(name) for collection in COLLECTIONS]
    shapes = {tuple((f.name, f.title, f.help) for f in table.fields if f.path) for table in tables if table}
    assert len(shapes) == 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_lays_on_its_schema(collection: str) -> None:
    found = records(collection)
    assert found
    for record in found:
        assert record.is_readable, record.file
        assert not record.shape, (record.file, record.shape)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_looks_like_the_name_of_a_record_is_one(collection: str) -> None:
    """A reference (`renvoi`) is the name of a file when it is written as one, else the plain name of a body."""
    aims = {(table, f["name"]): f.get("annuaire", {}).get("renvoi") for table, f in fields(collection)}
    for record in records(collection):
        for cell in record.cells:
            table = str(cell.path[0]) if len(cell.path) > 2 else ""
            aim = aims.get((table, cell.field.name))
            if aim and SLUG.fullmatch(cell.value):
                assert (CONTENT / aim / f"{cell.value}.yml").is_file(), (record.file, cell.value)


def test_an_amount_always_has_its_source() -> None:
    for record in records("programmes"):
        for amount in record.items("montants"):
            assert amount["source"], record.file
            assert amount.get("minimum") or amount.get("maximum"), record.file

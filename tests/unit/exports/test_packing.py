"""Part the data of the catalogue, then join them again: as Python does, and as the scripts of the pages do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.node import asking
from tests.sites import EXAMPLES

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.exports import packing, purchase
from annuaire.pages.reference import Version

PROGRAM = Path(__file__).with_name("packing.mjs")
VERSION = Version("0afba09aa1", datetime(2026, 11, 29, tzinfo=UTC), 1, "0" * 64)


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """Give the data of the Exemple records, as they are read again from JSON."""
    settings = config.load(EXAMPLES / "mkdocs.yml")
    catalogue = Loader(settings).load(VERSION.date.date()).catalogue()
    return dict(json.loads(json.dumps(purchase.content(catalogue, settings, VERSION))))


def parts(whole: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the data, as files would hold them."""
    core, details = (json.loads(json.dumps(part)) for part in packing.pack(whole))
    return core, details


def test_what_is_parted_is_found_again(whole: dict[str, Any]) -> None:
    core, details = parts(whole)
    assert packing.unpack(core, details) == whole
    assert set(core["entreprises"]).isdisjoint(details["entreprises"])
    assert len(json.dumps(core)) < 0.8 * len(json.dumps(whole))


def test_the_scripts_find_the_same(whole: dict[str, Any]) -> None:
    core, details = parts(whole)
    with asking(PROGRAM) as ask:
        assert ask("join", core=core, details=details) == whole


def test_parts_of_two_versions_are_never_joined(whole: dict[str, Any]) -> None:
    core, details = parts(whole)
    with asking(PROGRAM) as ask:
        assert ask("join", core=core, details=details | {"empreinte": "1" * 64}) == "détails : une autre version"


def test_a_column_of_many_values_is_found_again(whole: dict[str, Any]) -> None:
    """More values than there are signs: some are written with two, and the scripts read the same."""
    many = 300
    times = -(-3 * many // len(whole["offres"]["nom"]))
    owners = sorted(whole["offres"]["entreprise"] * times)
    offers = {key: column * times for key, column in whole["offres"].items()} | {"entreprise": owners}
    offers["description"] = [f"Exemple {rank * rank % many} {rank % many}" for rank in range(len(owners))]
    data = whole | {"offres": offers}
    core, details = parts(data)
    assert packing.unpack(core, details) == data
    packed = core["offres"]["description"]
    assert len(set(offers["description"])) == len(packed["valeurs"]) == many > len(packing.SIGNS)
    assert len(packed["rangs"]) < 2 * len(owners)
    with asking(PROGRAM) as ask:
        assert ask("join", core=core, details=details) == data


@pytest.mark.parametrize("slug", ["coop-exemple", "coop-exemple-2", "coop", "autre", "coop-exemples"])
def test_a_slug_is_written_from_its_name(slug: str, whole: dict[str, Any]) -> None:
    own = whole["entreprises"]
    data = whole | {"entreprises": own | {"nom": ["Coop Exemple", *own["nom"][1:]], "slug": [slug, *own["slug"][1:]]}}
    core, details = parts(data)
    with asking(PROGRAM) as ask:
        assert ask("join", core=core, details=details) == packing.unpack(core, details) == data

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

"""The made-up directories of the benchmark: always the same, without errors, and mixed as announced."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bench import sites
from bench.generator import HEAVIEST, REFERENCE_DATE, Generator, write

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.places import territories

COUNT = 300


def test_same_seed_same_bytes() -> None:
    first = [(slug, write(values)) for slug, values in Generator().records(COUNT)]
    again = [(slug, write(values)) for slug, values in Generator().records(COUNT)]
    other = [(slug, write(values)) for slug, values in Generator(seed=1).records(COUNT)]
    assert first == again
    assert first != other


def test_one_territory_holds_its_share() -> None:
    known = territories.load()
    places: Counter[str] = Counter()
    slugs = set()
    for slug, values in Generator().records(COUNT):
        place = values["etablissements"][0]
        town = known.municipality(place["municipalite"], place.get("municipalite_code", ""))
        assert town is not None
        places[town.mrc] += 1
        slugs.add(slug)
    assert len(slugs) == COUNT
    assert max(places.values()) == round(COUNT * HEAVIEST)
    assert len(places) > 40


@pytest.mark.parametrize("count", [COUNT, sites.ONE_REGION_UP_TO + 1])
def test_site_has_no_error(tmp_path: Path, count: int) -> None:
    mix = sites.make(tmp_path / "site", count)
    settings = config.load(tmp_path / "site" / "mkdocs.yml")
    loaded = Loader(settings).load(REFERENCE_DATE)
    assert loaded.errors == ()
    assert len(loaded.enterprises) == mix.records == count
    assert len(loaded.problems) <= count // 100
    assert mix.fields["nom"] == count
    assert count // 20 < mix.fields["description"] < count // 4 < mix.fields["mission"] < count

"""Export the made-up enterprises once for the tests of this folder."""

from pathlib import Path

import pytest
from tests.exporting import ALL, CHANGES, NOW, make_settings

from annuaire import exports
from annuaire.catalogue.index import Catalogue
from annuaire.pages import Site
from annuaire.pages.page import DataFile
from annuaire.pages.reference import Version
from annuaire.places import territories, vocabularies


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(ALL, (), territories.load(), vocabularies.load(), ("04",))


@pytest.fixture(scope="session")
def site(catalogue: Catalogue) -> Site:
    return Site(make_settings(), catalogue, Version("0afba09aa1", NOW, len(ALL), "0" * 64))


@pytest.fixture(scope="session")
def written(site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[DataFile, ...]]:
    out = tmp_path_factory.mktemp("site")
    return out, exports.write(site, out, CHANGES)


@pytest.fixture(scope="session")
def out(written: tuple[Path, tuple[DataFile, ...]]) -> Path:
    return written[0]

"""Lay a site with the made-up list, ready to import, for the tests of this folder."""

import shutil
from pathlib import Path

import pytest
from tests.catalogues import ask_in_node  # noqa: F401 - the fixture « ask »
from tests.importing import FIXTURES, Run

from annuaire import config
from annuaire.intake import importing as importers
from annuaire.intake.importing import ImportReport


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Lay a site of Mauricie with the made-up list beside its mapping."""
    (tmp_path / "mkdocs.yml").write_text(
        'site_name: Exemple\nsite_url: https://example.org/\nextra:\n  annuaire:\n    regions: ["04"]\n',
        encoding="utf-8",
    )
    shutil.copytree(FIXTURES, tmp_path / "content" / "import")
    return tmp_path


@pytest.fixture
def run(site: Path) -> Run:
    """Return a function that imports a file of the site (by default the made-up list)."""

    def run_it(name: str = "exemple.csv", *, dry_run: bool = False) -> ImportReport:
        folder = site / "content" / "import"
        return importers.run(folder / name, folder / "exemple.yml", config.load(site / "mkdocs.yml"), dry_run=dry_run)

    return run_it

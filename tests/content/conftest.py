"""Judge the directory shipped with the program: the real records of Mauricie, and what their answers must be.

Nothing here judges the program: its tests live in the other folders and read no record of `content/`. In a copy
of the repository that holds other records, `tests/conftest.py` leaves this folder aside and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.conftest import visit  # noqa: F401 - a fixture
from tests.sites import REPOSITORY, Project, lay_out


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the real directory of this repository, a demonstration."""
    project = lay_out(tmp_path_factory.mktemp("repertoire"), REPOSITORY)
    project.commit()
    project.build()
    return project


@pytest.fixture(scope="session")
def real(directory: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve the real directory; give its address."""
    return serve_folder(directory.site)

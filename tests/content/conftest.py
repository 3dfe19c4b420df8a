"""Judge the directory shipped with the program: the real records of Mauricie, and what their answers must be.

Nothing here judges the program: its tests live in the other folders and read no record of `content/`. In a copy
of the repository that holds other records, `tests/conftest.py` leaves this folder aside and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.conftest import lend, visit  # noqa: F401 - fixtures
from tests.conftest import Prepare
from tests.sites import REPOSITORY, Project, lay_out


@pytest.fixture(scope="session")
def directory(prepare: Prepare) -> Project:
    """Build the real directory of this repository, a demonstration."""

    def make(folder: Path) -> None:
        project = lay_out(folder, REPOSITORY)
        project.commit()
        project.build()

    return prepare("repertoire", make)


@pytest.fixture(scope="session")
def real(directory: Project, serve_folder: Callable[[Path], str]) -> str:
    """Serve the real directory; give its address."""
    return serve_folder(directory.site)

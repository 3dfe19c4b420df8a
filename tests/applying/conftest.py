"""Lay out the Exemple site, with a history, for what is applied to it."""

from pathlib import Path

import pytest
from tests.sites import EXAMPLES, Project, lay_out


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Copy the Exemple site somewhere, everything in one commit."""
    project = lay_out(tmp_path / "site", EXAMPLES)
    project.commit()
    return project

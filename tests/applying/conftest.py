"""Read the Exemple site for what is applied to it."""

from datetime import date

import pytest
from tests.sites import Project

from annuaire.intake.applying import Application

DAY = date(2026, 11, 22)


@pytest.fixture
def application(project: Project) -> Application:
    """Read the site once for all the examples of a test that writes nothing."""
    return Application(project.settings, DAY)

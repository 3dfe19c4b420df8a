"""The pages of the real directory keep what those of the Exemple site keep: the same tests, on its own records."""

from __future__ import annotations

from inspect import signature

import pytest
from tests.site import test_confidential, test_pages, test_purchase_pages
from tests.site.test_html import judge
from tests.sites import Project

SHARED = {
    name: test
    for module in (test_confidential, test_pages, test_purchase_pages)
    for name, test in vars(module).items()
    if name.startswith("test_") and "project" in signature(test).parameters
}
globals().update(SHARED)  # pytest finds them here, and gives them the fixture below


@pytest.fixture
def project(directory: Project) -> Project:
    """Give the real directory to each of these tests."""
    return directory


def test_there_is_something_to_judge() -> None:
    assert len(SHARED) > 20


def test_pages_are_valid(directory: Project) -> None:
    """One page in four: their templates are those of the Exemple site, only their records differ."""
    assert judge(*list(directory.pages().values())[::4]) == []

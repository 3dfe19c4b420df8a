"""Make up records of Mauricie's places, the same each time: tests that need many lean on no directory's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.generator import Generator, write
from tests.sites import HERE, Project, lay_out

from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.yamlfile.formatter import format_text

REGION = HERE / "region"  # the settings of a bare demonstration, without records or words of its own
COUNT = 250


@cache
def made_up(count: int = COUNT) -> dict[str, str]:
    """Give the text of each record by its slug: in form and without error, they say little or much as a Pôle's do."""
    schema = load(ENTERPRISES)
    return {slug: format_text(write(values), schema) for slug, values in Generator(("04",)).records(count)}


def demonstration(folder: Path, count: int = COUNT) -> Project:
    """Lay out a demonstration of made-up records, committed."""
    project = lay_out(folder, REGION)
    for slug, text in made_up(count).items():
        project.record(slug).write_text(text, encoding="utf-8")
    project.commit()
    return project

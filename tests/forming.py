"""Start the form's own code in Node, with the data of a site of Mauricie, and list the records it is tried on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.madeup import made_up
from tests.node import Ask, asking
from tests.rules.corpus import context, schema
from tests.sites import EXAMPLES, REPOSITORY

from annuaire.catalogue.index import Catalogue
from annuaire.exports import form
from annuaire.records.collections import ENTERPRISES

PROGRAM = REPOSITORY / "tests" / "unit" / "form.mjs"
SCHEMA = schema(ENTERPRISES)
EVERY_TEXT = {
    **made_up(50),
    **{p.stem: p.read_text(encoding="utf-8") for p in sorted((EXAMPLES / "content" / ENTERPRISES).glob("*.yml"))},
}


@pytest.fixture(scope="module", name="ask")
def ask_the_form() -> Iterator[Ask]:
    """Start the form's code in Node, with the data of a site of Mauricie; give what asks it one question."""
    with asking(PROGRAM) as found:
        found("load", data=data(), polygons=form.polygons(context(REPOSITORY).settings))
        yield found


def data() -> dict[str, Any]:
    """Make the data file of the form for the site that judges the corpus."""
    here = context(REPOSITORY)
    catalogue = Catalogue([], [], here.territories, here.vocabularies, here.settings.regions, REPOSITORY)
    found: dict[str, Any] = json.loads(form.to_json(catalogue, here.settings))
    return found

"""Say, for tests of the form, what the command line of the program with fairs finds in texts given as JSON.

Run by that program (`annuaire` on Python’s path is its own): it prints the data of the form, then the findings of each
text, with their sentence and remedy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.forming import form_data
from tests.rules.corpus import context, schema
from tests.sites import REPOSITORY

from annuaire.catalogue.index import Catalogue
from annuaire.records.collections import BY_NAME, EVERY
from annuaire.records.reading import from_document
from annuaire.rules import examine
from annuaire.text.messages import phrase
from annuaire.yamlfile import source

NAME = "foires"


def main() -> None:
    """Judge what stands on the standard input: pairs of a slug and a text."""
    here = context(REPOSITORY)
    nothing: dict[str, Any] = dict.fromkeys(EVERY, ())
    catalogue = Catalogue([], nothing, here.territories, here.vocabularies, here.settings.regions, REPOSITORY)
    data = form_data(catalogue, here.settings, BY_NAME[NAME])
    json.dump({"data": data, "found": [_found(slug, text) for slug, text in json.load(sys.stdin)]}, sys.stdout)


def _found(slug: str, text: str) -> list[list[Any]] | None:
    """Judge a text; None when it cannot be read, and so is not the form's to judge."""
    document = source.parse_bytes(text.encode(), Path(f"{slug}.yml"))
    if document.faults:
        return None
    record = from_document(document, f"{slug}.yml", schema(NAME))
    return [
        [finding.code, list(finding.path), *phrase(finding)]
        for finding in examine(record, context(REPOSITORY))
        if finding.at is None
    ]


if __name__ == "__main__":
    main()

"""Hold the forms of the other collections to the command line: the same faults in the same words."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.forming import NOT_MET, PROGRAM, data, of_collections
from tests.node import Ask, asking
from tests.rules.corpus import TODAY, context, schema
from tests.sites import REPOSITORY

from annuaire.records.reading import Record, from_document
from annuaire.rules import examine
from annuaire.text.messages import phrase
from annuaire.yamlfile import source

RECORDS = of_collections()
DAYS = ("", "2026", "2026-02", "2026-02-30", "2026-13", "0000", "2026-03-05", "2027-01-31", "demain", "2024-02-29")
HOURS = ("", "09:00", "16:00")


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Start the form's own code in Node."""
    with asking(PROGRAM) as found:
        yield found


def said(record: Record) -> list[list[Any]]:
    """Judge a record as the command line does; leave out what a form cannot meet."""
    found = [f for f in examine(record, context(REPOSITORY)) if f.code not in NOT_MET and f.at is None]
    return sorted(([f.code, list(f.path), *phrase(f)] for f in found), key=repr)


def answered(ask: Ask, record: Record) -> list[list[Any]]:
    answer = ask("judge", slug=record.slug, text=record.document.text, today=TODAY.isoformat())
    found = [[f["code"], f["path"], f["sentence"], f["remedy"]] for f in answer if f["code"] not in NOT_MET]
    return sorted(found, key=repr)


@pytest.mark.parametrize("collection", RECORDS)
def test_form_and_command_line_say_the_same(collection: str, ask: Ask) -> None:
    ask("load", data=data(collection))
    for record in RECORDS[collection]:
        assert answered(ask, record) == said(record), record.file


def test_days_of_events_are_judged_alike(ask: Ask) -> None:
    """Every pair of days that may be written, with hours, in each state."""
    ask("load", data=data("evenements"))
    codes = set()
    for debut, fin, opens, closes in itertools.product(DAYS, DAYS, HOURS, HOURS):
        values = {
            "nom": "Visite Exemple",
            "genre": "visite",
            "statut": "prevu" if opens else "tenu",
            "resume": "Une visite.",
            "verifie_le": "2025-01-01",
            "sources": [{"titre": "Rapport d’Exemple"}],
            **{key: text for key, text in (("debut", debut), ("fin", fin)) if text},
            **{key: text for key, text in (("heure_debut", opens), ("heure_fin", closes)) if text},
        }
        path = Path("visite-exemple.yml")
        record = from_document(source.parse(json.dumps(values), path), path.name, schema("evenements"))
        found = answered(ask, record)
        assert found == said(record), values
        codes |= {one[0] for one in found}
    assert {"jour-inexistant", "fin-avant-debut", "evenement-passe", "verifie-il-y-a-longtemps"} <= codes

"""Judge whether a record names a person, or tells how to reach one: a public directory holds roles and general ways.

What tells a person is in `annuaire.text.persons`; here, which fields it is asked of (by their traits in the schema) and
which words are the enterprise's own. The name of an enterprise is not judged: a co-op may bear one. Comments are: the
text of a record is published whole, for the form to start from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.schema import Field
from annuaire.text import persons
from annuaire.text.persons import Kind, Own, suspects
from annuaire.text.problems import Finding, Reach
from annuaire.yamlfile.remarks import remarks

REACH = Reach.RECORD
CODES = ("personne-nommee", "personne-possible", "telephone-dans-texte", "courriel-personnel")
_EMAIL = "courriel-invalide"  # what names the fields that hold an e-mail address
# Numbers kept for examples (555-0100 to 555-0199): the template of a record holds some, as comments.
_NOBODYS = re.compile(r"555[ .-]?01[0-9]{2}\b")
_COMMENT = "commentaire"  # what a comment is called, where a field has its name


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report each person, telephone number and personal address that a field or a comment tells."""
    own: Own | None = None
    for cell in record.cells:
        kind = kind_of(cell.field)
        if kind is None:
            continue
        own = own or own_of(record)
        for suspect in suspects(cell.value, kind, own):
            yield Finding(suspect.reason.value, cell.path, {"champ": cell.field.name, "valeur": suspect.words})
    for remark in remarks(record.document.text):
        own = own or own_of(record)
        for suspect in suspects(remark.text, Kind.FREE, own):
            if _NOBODYS.search(suspect.words):
                continue  # a line of the template of a new record, not filled in yet
            yield Finding(suspect.reason.value, (), {"champ": _COMMENT, "valeur": suspect.words}, at=remark.place)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`); it meets no comment."""
    return persons.for_form()


def kind_of(field: Field) -> Kind | None:
    """Give what a field's text is meant to hold, by the traits of the schema; None for what is not judged."""
    if field.code == _EMAIL:
        return Kind.EMAIL
    if not field.is_free or field.nature == "enseigne":
        return None
    return Kind(field.nature) if field.nature else Kind.FREE


def own_of(record: Record) -> Own:
    """Give the words that are its own: its name, its towns, what its places are called."""
    places = range(record.count("etablissements"))
    towns = (record.text("etablissements", index, "municipalite") for index in places)
    names = (record.text("etablissements", index, "nom") for index in places)
    return Own((record.name, record.text("municipalite"), *towns), names)

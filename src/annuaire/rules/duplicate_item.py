"""Judge the lists of a record: the same offer, place or document written twice."""

from __future__ import annotations

from collections.abc import Iterator

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.names import fold
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("offre-en-double", "ligne-en-double")


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report an offer of the same name and category as another, and any item equal to another of its list."""
    for key in record.schema.children:
        value = record.values.get(key)
        items = value if isinstance(value, list) else []
        if len(items) < 2:
            continue
        names: set[tuple[str, str]] = set()
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                continue
            if key == "offres":
                name = fold(record.text(key, index, "nom")), record.text(key, index, "categorie")
                if name[0] and name in names:
                    yield Finding("offre-en-double", (key, index), {"valeur": record.text(key, index, "nom")})
                names.add(name)
            elif item in items[:index]:
                yield Finding("ligne-en-double", (key, index), {"champ": key, "numero": str(items.index(item) + 1)})

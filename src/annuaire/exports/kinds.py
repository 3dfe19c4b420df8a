"""Write what the search page finds beside enterprises, `/recherche/fiches.json`: fetched at the first question.

`genres` says the words of each kind, enterprises first; `dessertes`, each once, in words and as codes, the territories
that records serve; `fiches`, for each record in French order of names, what a row shows and what is searched. How a
question finds one is `theme/js/common/results/kinds.js`. `aide`: the needs that somebody answers in « Trouver de
l’aide », with the words that ask for it (`data/mots_aide.yml`). It is no open data: those are the tables of `donnees/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annuaire import data, schema, urls
from annuaire.catalogue.helping import help_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.exports.purchase import UNKNOWN, compact
from annuaire.pages.collection import line, searched
from annuaire.records.collections import BY_NAME, ENTERPRISES, Collection
from annuaire.schema import Field
from annuaire.text.names import sort_key
from annuaire.text.typography import plain
from annuaire.yamlfile.source import parse_trusted

FORMAT = 1
WORDS = Path(data.__file__).parent / "mots_aide.yml"


def to_json(catalogue: Catalogue) -> str:
    """Write the records as one JSON object."""
    return compact(content(catalogue)) + "\n"


def content(catalogue: Catalogue) -> dict[str, Any]:
    """Gather the kinds, the territories served and the records."""
    collections = searched(catalogue)
    areas: dict[tuple[str, tuple[str, ...]], int] = {}
    rows = [row for rank, one in enumerate(collections, 1) for row in _rows(catalogue, one, rank, areas)]
    return {
        "format": FORMAT,
        "genres": [
            _kind(BY_NAME[ENTERPRISES], "Entreprises", urls.ENTERPRISES),
            *(_kind(one, one.pages.title, one.pages.address) for one in collections if one.pages),
        ],
        "dessertes": [[words, list(codes)] for words, codes in areas],
        "fiches": rows,
        "aide": _needs(catalogue),
    }


def _needs(catalogue: Catalogue) -> list[list[Any]]:
    """Give each need that somebody answers: its code, its words, the phrases that ask for it."""
    found = help_of(catalogue)
    answered = {need for helper in found.helpers for need in helper.needs}
    phrases = parse_trusted(WORDS)
    return [[need, label, phrases.get(need, [])] for need, label in found.needs.items() if need in answered]


def _kind(collection: Collection, title: str, address: str) -> list[Any]:
    return [collection.kind, collection.one, collection.many, int(collection.is_feminine), title, address]


def _rows(
    catalogue: Catalogue, collection: Collection, kind: int, areas: dict[tuple[str, tuple[str, ...]], int]
) -> Iterator[list[Any]]:
    """Give of each record its kind, name, file name, summary, rank of the territories served, and other words."""
    items = catalogue.items[collection.name]
    lines = [(line(catalogue, collection, item), item) for item in items]
    for shown, item in sorted(lines, key=lambda pair: (sort_key(pair[0].name), pair[1].slug)):
        codes = getattr(item, collection.territories) if collection.territories else ()
        area = areas.setdefault((shown.where, tuple(codes)), len(areas)) if codes else UNKNOWN
        words = _words(collection, item, (shown.name, shown.summary))
        yield [kind, plain(shown.name), item.slug, plain(shown.summary), area, words]


def _words(collection: Collection, item: Item, shown: tuple[str, ...]) -> str:
    """Give the words that the description lets the search read, what a row shows left out."""
    root = schema.load(collection.name).root
    texts = (_text(item, root.field(name)) for name in collection.searched)
    return " ".join(" ".join(text for text in texts if text not in shown).split())


def _text(item: Item, field: Field) -> str:
    value: Any = item
    for step in field.path:
        value = getattr(value, step)
    values = value if isinstance(value, tuple) else (value,)
    said = (one for one in values if one not in (None, "") and not isinstance(one, bool))
    return ", ".join(field.labels.get(str(one), str(one)) for one in said)

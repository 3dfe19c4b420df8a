"""Write whole records as JSON, nested and named as in their YAML files.

What a record does not say is absent, as in the file; numbers are numbers, `oui` stays `oui`. One record per line,
so that two versions compare line by line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import compress
from operator import attrgetter
from typing import Any

from annuaire.catalogue.items import Item
from annuaire.exports.tables import NO, YES, reader
from annuaire.schema import Schema, Table

Nest = Callable[[Any], dict[str, Any]]


def records(schema: Schema, items: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield each record as a mapping, keys in canonical order after its slug (`entreprise`, `seuil`…)."""
    root = nest(schema.root)
    children = [(key, attrgetter(key), nest(table)) for key, table in schema.children.items()]
    own_key = schema.root.fields[0].name
    for e in items:
        values = root(e)
        for key, listing, child in children:
            listed = listing(e)
            if listed:
                values[key] = [child(item) for item in listed]
        record = {own_key: e.slug}
        record.update((key, values[key]) for key in schema.key_order if key in values)
        yield record


def nest(table: Table) -> Nest:
    """Give the function that turns an item of a table into a mapping, what is empty left out."""
    names = [path[0] for path in table.by_path if len(path) == 1]
    flags = [f.name for f in table.fields if f.type == "boolean"]
    read = reader(names)
    groups = [(key, inner, reader([f"{key}.{name}" for name in inner])) for key, inner in table.groups.items()]

    def fill(item: Any) -> dict[str, Any]:
        values = read(item)
        filled = dict(compress(zip(names, values, strict=True), values))
        for flag in flags:
            if flag in filled:
                filled[flag] = YES
            elif isinstance(item, Item) and getattr(item, flag) is False:  # said; what is not said is None
                filled[flag] = NO
        for key, inner, read_group in groups:
            values = read_group(item)
            group = dict(compress(zip(inner, values, strict=True), values))
            if group:
                filled[key] = group
        return filled

    return fill


def document(head: Mapping[str, Any], key: str, items: Iterable[Mapping[str, Any]]) -> str:
    """Write a JSON document: the members of `head`, then the list `key` with one item per line."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_day).encode
    start = "".join(f"{encode(name)}:{encode(value)},\n" for name, value in head.items())
    lines = ",\n".join(encode(item) for item in items)
    return f"{{{start}{encode(key)}:[\n{lines}\n]}}\n"


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)

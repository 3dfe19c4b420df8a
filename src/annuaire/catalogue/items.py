"""Hold a judged record of any collection, its values typed as the schema says: the model of those that need none of
their own.

What a record does not say is empty: "" for a text, None for a number or a day, () for a list. A name that the schema
does not know is an AttributeError, as for any object: a template that misspells a field fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from annuaire.records.collections import Collection
from annuaire.records.reading import Record
from annuaire.schema import Field, Schema, Table
from annuaire.text.names import sort_key

_YES = "oui"
_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": lambda text: text == _YES,
}
_ABSENT: Mapping[str, Any] = {"integer": None, "number": None, "date": None, "boolean": False, "list": ()}


class Item:
    """Give the values of a record, of a group of its keys, or of an item of its lists, as attributes.

    `slug` is that of the record, empty for what is inside one.
    """

    __slots__ = ("_values", "slug")
    slug: str
    _values: Mapping[str, Any]

    def __init__(self, values: Mapping[str, Any], slug: str = "") -> None:
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "slug", slug)

    @property
    def name(self) -> str:
        """Name it as people do, by its slug when it gives itself no name."""
        return str(self._values.get("nom") or self._values.get("titre") or self.slug)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(name)
        return self._values[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name}: an item never changes")

    def __bool__(self) -> bool:
        return any(bool(value) for value in self._values.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and (self.slug, self._values) == (other.slug, other._values)

    def __hash__(self) -> int:
        return hash((self.slug, tuple(self._values.items())))

    def __repr__(self) -> str:
        return f"Item({self.slug!r}, {dict(self._values)!r})"


def item(record: Record) -> Item:
    """Build the item of a record without errors."""
    schema: Schema = record.schema
    values = _of_table(schema.root, record.values)
    for key, table in schema.children.items():
        values[key] = tuple(Item(_of_table(table, child)) for child in record.items(key))
    return Item(values, record.slug)


def order(collection: Collection) -> Callable[[Item], tuple[Any, ...]]:
    """Give what sorts the items of a collection as it describes: texts in French order, what is absent last."""

    def key(one: Item) -> tuple[Any, ...]:
        return (*(_rank(getattr(one, name)) for name in collection.order), one.slug)

    return key


def text_at(one: Item, path: Sequence[str]) -> str:
    """Give the text of a field, those of a list joined by spaces."""
    value: Any = one
    for step in path:
        value = getattr(value, step)
    return " ".join(value) if isinstance(value, tuple) else str(value or "")


def _of_table(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        path[0]: _value(field, values.get(path[0])) for path, field in table.by_path.items() if len(path) == 1
    }
    for key, names in table.groups.items():
        group = values.get(key)
        group = group if isinstance(group, dict) else {}
        found[key] = Item({name: _value(table.by_path[key, name], group.get(name)) for name in names})
    return found


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return _ABSENT.get(field.type, "")
    if field.is_list:
        return tuple(value)
    return _READERS.get(field.type, str)(value)


def _rank(value: Any) -> tuple[Any, ...]:
    if value is None or value == "":
        return (1,)
    return 0, sort_key(value) if isinstance(value, str) else value

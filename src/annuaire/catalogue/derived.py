"""Take out of a record what was worked out from values that have changed since: a point of the map, from an address.

Which values come from which is said in the schema (`derive`). Nothing is worked out again here: that asks a network, or
a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from annuaire.schema import Field, Schema
from annuaire.text.names import fold

Item = Mapping[str, Any]
# Of an address in small letters without accents: what tells no two places apart, and the door within a building.
INSIDE = re.compile(r" (?:app|appartement|bureau|bur|etage|local|porte|suite|unite) .*$")
SAINT = re.compile(r"\bsaint(?=e?s?\b)")
_WORDS = re.compile(r"[a-z0-9]+")


def for_form() -> dict[str, re.Pattern[str]]:
    """Give what the form needs to do the same."""
    return {"dedans": INSIDE, "saint": SAINT}


def drop_stale(before: Item, after: dict[str, Any], schema: Schema) -> list[str]:
    """Take the values that no longer hold out of `after`, changed in place; give their titles, each once.

    An item of `after` that has the same derived values as items of `before` keeps them if one of these says the same
    place. What says more than before (an address where there was none) does not contradict it.
    """
    dropped: dict[str, None] = {}
    for key, table in schema.children.items():
        derived = [field for field in table.fields if field.derived_from]
        if derived:
            old = _items(before, key)
            for item in _items(after, key):
                for field in _stale(item, old, derived):
                    del item[field.path[0]]
                    dropped[field.title] = None
    return list(dropped)


def _stale(item: Item, old: Sequence[Item], derived: Sequence[Field]) -> list[Field]:
    held = [field for field in derived if field.path[0] in item]
    same = [other for other in old if held and all(other.get(f.path[0]) == item[f.path[0]] for f in held)]
    if not same or any(_agree(other, item, held[0].derived_from) for other in same):
        return []
    return held


def _agree(before: Item, after: Item, keys: Sequence[str]) -> bool:
    """Tell whether two items say the same place, however it is written."""
    return all(key not in before or _key(before[key]) == _key(after.get(key)) for key in keys)


def _key(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    words = " ".join(_WORDS.findall(fold(value)))
    return INSIDE.sub("", SAINT.sub("st", words))


def _items(values: Item, key: str) -> list[dict[str, Any]]:
    value = values.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

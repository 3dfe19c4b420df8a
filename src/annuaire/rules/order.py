"""Judge two bounds of one item: an amount or a month that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.problems import Finding, Reach

REACH = Reach.RECORD
CODES = ("bornes-inverses",)
_BOUNDS = (("minimum", "maximum"), ("mois_debut", "mois_fin"))  # wherever a collection has both, in the same item
_MOST = 9  # digits: more are the cell's own fault


def check(record: Record, context: Context) -> Iterator[Finding]:
    """Report a last bound that is smaller than the first; what is no whole number is the cell's own fault."""
    for key in record.schema.children:
        for index, item in enumerate(_items(record.values.get(key))):
            for first, last in _BOUNDS:
                low, high = _whole(item.get(first)), _whole(item.get(last))
                if low and high and int(high) < int(low):
                    values = {"champ": last, "valeur": high, "autre": first, "borne": low}
                    yield Finding("bornes-inverses", (key, index, last), values)


def for_form() -> dict[str, Any]:
    """Give what the rule of the same name of the form knows (see `annuaire.rules`)."""
    return {"bornes": _BOUNDS, "plusLong": _MOST}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    return (item if isinstance(item, dict) else {} for item in (value if isinstance(value, list) else ()))


def _whole(value: Any) -> str:
    is_whole = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST
    return str(value) if is_whole else ""

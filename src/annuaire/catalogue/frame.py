"""Part what a record says into what pages of others may depend on, and what only pages that lead to it show.

Said of a name, of a place, of a sector, of a status, anything may change anywhere: a count, an order, a neighbour. A
telephone number, once there is one, shows only where the enterprise itself does. All that is not listed here is of the
first kind, a new field as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# Of the record, then of each item of its lists. Whether there is a value is never of the second kind, nor how many.
ALONE = frozenset({"mission", "description", "reseaux", "retombees", "contact_achats"})
ALONE_IN = {
    "etablissements": frozenset({"telephone", "courriel", "heures"}),
    "offres": frozenset({"description", "prix_indicatif", "delai", "capacite"}),
    "locaux": frozenset({"precisions"}),
}


def frame(values: Mapping[str, Any]) -> str:
    """Write what a record says that pages without a link to it may depend on, as one text."""
    found = {
        key: _there(value)
        if key in ALONE
        else [_parted(item, ALONE_IN[key]) for item in value]
        if key in ALONE_IN and isinstance(value, list)
        else value
        for key, value in values.items()
    }
    return json.dumps(found)


def _parted(item: Any, alone: frozenset[str]) -> Any:
    if not isinstance(item, dict):
        return item
    return {key: _there(value) if key in alone else value for key, value in item.items()}


def _there(value: Any) -> Any:
    """Say that there is a value, and of a mapping which keys have one."""
    return sorted(value) if isinstance(value, dict) else bool(value)

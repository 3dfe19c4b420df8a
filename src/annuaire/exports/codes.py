"""Write the vocabularies and the territories that the codes of the tables refer to, as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from annuaire.catalogue.index import Catalogue

_PLACES = ("code", "nom", "designation", "mrc")


def to_json(catalogue: Catalogue) -> str:
    """Write each vocabulary as a list of entries, in its own order; what an entry does not say is absent."""
    v, t = catalogue.vocabularies, catalogue.territories
    codes: Mapping[str, list[dict[str, Any]]] = {
        "secteurs": _entries(v.sectors.values()),
        "formes": _entries(v.forms.values()),
        "groupes": [{"slug": slug, "libelle": label} for slug, label in v.groups.items()],
        "categories": _entries(v.categories.values()),
        "certifications": _entries(v.certifications.values()),
        "regions": _entries(t.regions.values(), ("code", "nom", "population")),
        "mrc": _entries(t.mrcs.values(), ("code", "nom", "type", "titre", "region", "population")),
        "municipalites": _entries(t.municipality_by_code.values(), _PLACES),
    }
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    parts = (f'"{key}":[\n' + ",\n".join(map(encode, entries)) + "\n]" for key, entries in codes.items())
    return "{" + ",\n".join(parts) + "}\n"


def _entries(items: Iterable[Any], names: Iterable[str] = ()) -> list[dict[str, Any]]:
    chosen = tuple(names)
    found = []
    for item in items:
        pairs = ((name, getattr(item, name)) for name in chosen or [f.name for f in fields(item)])
        found.append({name: value for name, value in pairs if value not in ("", (), None, 0)})
    return found

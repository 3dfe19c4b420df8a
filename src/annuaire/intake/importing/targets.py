"""Name where a column of a list may go: dotted paths for the program, titles for people."""

from __future__ import annotations

from collections.abc import Mapping

from annuaire.schema import Field, Schema
from annuaire.text.names import fold

TERRITORY = "territoire"  # not a field: the MRC's name, which tells homonymous municipalities apart
PLACE = "etablissements"
OFFERS = "offres"
TOWN = f"{PLACE}.municipalite"
_TERRITORY_LABEL = "MRC (départage les homonymes)"


def paths(schema: Schema) -> Mapping[str, Field]:
    """Map the paths a column may go to, to their field: scalars of the record, of its first place, of its offers."""
    found = {".".join(f.path): f for f in schema.root.fields if f.path and not f.is_list}
    for key in (PLACE, OFFERS):
        found |= {f"{key}.{f.path[0]}": f for f in schema.children[key].fields if len(f.path) == 1 and not f.is_list}
    return found


def labels(schema: Schema) -> Mapping[str, str]:
    """Map each path to the words that name it: the field's title, with where it stands when another has the same."""
    known = paths(schema)
    titles = [field.title for field in known.values()]
    found = {
        path: field.title if titles.count(field.title) == 1 else f"{field.title} ({path.partition('.')[0]})"
        for path, field in known.items()
    }
    return {**found, TERRITORY: _TERRITORY_LABEL}


def path_of(text: str, schema: Schema) -> str:
    """Give the path that a person names by its title or as it is; the text itself when there is none such."""
    by_label = {fold(label): path for path, label in labels(schema).items()}
    return by_label.get(fold(" ".join(text.split())), text.strip())

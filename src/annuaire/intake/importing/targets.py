"""Name where a column of a list may go: dotted paths for the program, titles for people."""

from __future__ import annotations

from collections.abc import Mapping

from annuaire.schema import Field, Schema
from annuaire.text.names import fold

TERRITORY = "territoire"  # not a field: the MRC's name, which tells homonymous municipalities apart
PLACE = "etablissements"
OFFERS = "offres"
TOWN = f"{PLACE}.municipalite"
_LISTED = ("secteurs", "certifications", "territoires")  # vocabularies of the lists that a cell may hold
_TERRITORY_LABEL = "MRC (départage les homonymes)"


def paths(schema: Schema) -> Mapping[str, Field]:
    """Map the paths a column may go to, to their field: of the record, of its first place, of its offers.

    A list is there when its words are those of a vocabulary.
    """
    found = {".".join(f.path): f for f in schema.root.fields if f.path and _may_be_given(f)}
    for key in (PLACE, OFFERS):
        own = schema.children[key].fields
        found |= {f"{key}.{f.path[0]}": f for f in own if len(f.path) == 1 and _may_be_given(f)}
    return found


def _may_be_given(field: Field) -> bool:
    return not field.is_list or field.vocabulary in _LISTED


def labels(schema: Schema) -> Mapping[str, str]:
    """Map each path to the words that name it: the field's title, with its list when the record has one so named."""
    known = paths(schema)
    titles = [field.title for field in known.values()]
    found = {}
    for path, field in known.items():
        table = schema.children.get(path.partition(".")[0])
        is_shared = table is not None and titles.count(field.title) > 1
        found[path] = f"{field.title} ({table.title})" if table is not None and is_shared else field.title
    return {**found, TERRITORY: _TERRITORY_LABEL}


def path_of(text: str, schema: Schema) -> str:
    """Give the path that a person names by its title or as it is; the text itself when there is none such."""
    by_label = {fold(label): path for path, label in labels(schema).items()}
    return by_label.get(fold(" ".join(text.split())), text.strip())

"""Hold what someone proposes for a record: values to set, items to add, move or take away."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annuaire.records.collections import parted
from annuaire.schema import Field, Schema, Table
from annuaire.shared import SHARED
from annuaire.text.problems import AnnuaireError

_FORM: Mapping[str, Any] = SHARED["correction"]  # how the form writes
WRITING: str = _FORM["version"]  # of corrections and of the last line of a file
NEW: str = _FORM["nouvelle"]  # the base of a record that does not exist yet
NEW_ITEM: str = _FORM["nouveau"]  # before the number of an item to add
LENGTH_OF_BASE: int = _FORM["longueurDeBase"]
SEPARATOR: str = _FORM["separateur"]  # between the items of a list
REPLACED: Mapping[str, str] = _FORM["remplaces"]  # in a value, which is between guillemets, in one line
BASE = re.compile(rf"[0-9a-f]{{{LENGTH_OF_BASE}}}|{NEW}", re.ASCII)
_ITEM = re.compile(rf"(?:{NEW_ITEM} )?[1-9][0-9]{{0,3}}", re.ASCII)
_SLUG = re.compile(SHARED["slug"], re.ASCII)
Schemas = Mapping[str, Schema]  # of the collections that anybody may correct, by their names
LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Target:
    """Say where a value goes: a field of the record, or of an item of one of its lists (`table` and `item`).

    `item` is the rank of the item in the base record, from 1, or `nouveau k`.
    """

    field: Field
    table: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold one value to write: a text, a list of texts, or None when the key is taken away.

    `origin` is where it was read, as who wrote it knows the place (a cell of a workbook); empty when there is none.
    """

    target: Target
    value: str | list[str] | None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hold what is proposed for one record, named as messages name it (`annuaire.records.collections.reference`).

    `base` names the text it started from (see `base_of`), `NEW` for a record to create. `orders` gives the items that
    a list is to hold, in order; a base item that is not there is taken away. `text` is a whole record in place of all
    that; without a base, it replaces what stands. `notes` are for the person who applies. With `is_from_staff`, it
    may vouch for the record. `sender` says in whose name it was written, as the form lets people say it (see
    `vouching`).
    """

    reference: str
    base: str
    settings: tuple[Setting, ...] = ()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    notes: tuple[str, ...] = ()
    is_from_staff: bool = False
    sender: str = ""


def base_of(text: str) -> str:
    """Name the text of a record as a proposal does: the start of its SHA-256, whatever its line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH_OF_BASE]


def other_writing(writing: str) -> AnnuaireError:
    """Say that a correction is written in a way that this command does not know."""
    return AnnuaireError(
        f"la correction suit la version {writing} de cette écriture, que cette commande ne connaît pas"
        "\u00a0: mettre le programme à jour"
    )


def is_slug(slug: str) -> bool:
    """Tell whether a text may name a record's file."""
    return len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug) is not None


def is_reference(text: str, schemas: Schemas) -> bool:
    """Tell whether a text may name a record that anybody may correct."""
    collection, slug = parted(text)
    return collection in schemas and is_slug(slug)


def schema_of(reference: str, schemas: Schemas) -> Schema:
    """Give the schema of the record that a text names."""
    return schemas[parted(reference).collection]


def is_item(item: str) -> bool:
    """Tell whether a text names an item of a list."""
    return _ITEM.fullmatch(item) is not None


def target_of(path: str, schema: Schema) -> Target | None:
    """Find the field that a path of the contract names (`offres.nouveau 1.nom`), or None if there is none."""
    steps = tuple(path.split("."))
    table = schema.children.get(steps[0])
    if table is None:
        found = schema.root.by_path.get(steps)
        return Target(found) if found else None
    found = table.by_path.get(steps[2:])
    return Target(found, table.key, steps[1]) if found and is_item(steps[1]) else None


def value_at(values: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """Give the value at the path of a field in a record or an item, None where there is none."""
    value: Any = values
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def put(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set a value at the path of a field, or take it away (None), with its group when nothing is left in it."""
    if len(path) == 1:
        if value is None:
            values.pop(path[0], None)
        else:
            values[path[0]] = value
        return
    group = values.get(path[0])
    group = dict(group) if isinstance(group, dict) else {}
    put(group, path[1:], value)
    if group:
        values[path[0]] = group
    else:
        values.pop(path[0], None)


def unguessed(schema: Schema, values: Mapping[str, Any], settings: Sequence[Setting]) -> list[Setting]:
    """Take out of the deduced fields of a record those that a person has now written; nothing when none is."""
    inferred = schema.root.by_path.get(("verification", "deduits"))
    if inferred is None:
        return []
    guessed = value_at(values, inferred.path)
    written = {setting.target.field.name for setting in settings if not setting.target.table}
    if inferred.name in written or not isinstance(guessed, list):
        return []
    left = [name for name in guessed if name not in written]
    return [Setting(Target(inferred), left or None)] if left != guessed else []


def heading_of(table: Table | None, setting: Setting) -> str:
    """Name the value a setting writes, for a person: « Téléphone (Lieu 1) »."""
    title = setting.target.field.title
    return f"{title} ({table.title}, {setting.target.item})" if table else title

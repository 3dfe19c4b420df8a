"""Load the data packages (Table Schemas) that are the only list of fields.

A record's nesting follows one rule: scalars and lists of scalars are fields of the root table; a mapping
of one level is flattened (`verification.date` is the field `verification_date`); a list of mappings is a
table of its own, keyed by (`entreprise`, `ordre`). What Table Schema has no word for stands under the key
`annuaire` of a field: `chemin` (place in the record), `vocabulaire`, `code` (of the problem when the value
is refused), `motifElement` (pattern of a list's items), `libelles` (French label of each enum value; for
a list, of each value its items may take), `poids` (weight in completeness), `nature` (what a text is meant to
hold where it is no free text: `fonction`, `nom` of a body, `adresse`, or `enseigne`, the name of the enterprise),
`renvoi` (collection of which the text may name a record, by its slug) and `derive` (keys of the same item that the
value was worked out from: it falls when they change). A date whose `nature` is `echeance` is meant to be ahead. What
the package itself holds under `annuaire` describes the collection
(`annuaire.records.collections`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import resources
from typing import Any

from annuaire.schema import plain

CellReader = Callable[[Any], tuple[Any, Mapping[str, str] | None]]
# Types of Table Schema -> frictionless's class.
_READERS = {
    "string": "StringField",
    "integer": "IntegerField",
    "number": "NumberField",
    "date": "DateField",
    "boolean": "BooleanField",
}
_OPTIONS = {
    "format": "format",
    "trueValues": "true_values",
    "falseValues": "false_values",
}
FREE = "valeur-invalide"  # the code of a field that names none: a free text, or a number
DEFAULT_CODES = {"date": "date-invalide", "boolean": "oui-non"}


@dataclass(frozen=True)
class Field:
    """Describe one field: its Table Schema descriptor and where its value stands in a record."""

    name: str
    type: str
    title: str
    help: str
    example: str
    required: bool
    constraints: Mapping[str, Any]
    path: tuple[str, ...]
    vocabulary: str
    code: str
    item_pattern: re.Pattern[str] | None
    labels: Mapping[str, str]
    weight: int
    nature: str
    refers_to: str
    derived_from: tuple[str, ...]
    is_plain: plain.Test
    make_reader: Callable[[], CellReader]

    def faults(self, value: str) -> Mapping[str, str] | None:
        """Give what frictionless’s reader says against one cell (one item of a list), by constraint; None for nothing.

        The first value that is not plainly right loads it.
        """
        return None if self.is_plain(value) else self.make_reader()(value)[1]

    @cached_property
    def is_free(self) -> bool:
        """Tell whether the value is a text that people write as they will."""
        is_told = bool(self.vocabulary) or "enum" in self.constraints
        return self.type == "string" and self.code == FREE and not is_told

    @cached_property
    def is_list(self) -> bool:
        """Tell whether the value is a list of scalars."""
        return self.type == "list"


@dataclass(frozen=True)
class Table:
    """Describe one table: the record itself (`key` empty) or one of its lists of mappings."""

    name: str
    key: str
    title: str
    description: str
    fields: tuple[Field, ...]
    required: bool
    maximum: int
    after: str
    descriptor: Mapping[str, Any]

    @cached_property
    def by_path(self) -> Mapping[tuple[str, ...], Field]:
        """Index the fields a record may hold by their path (the table's own keys left out)."""
        return {f.path: f for f in self.fields if f.path}

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """List the one-level mappings: key -> its keys, in order (`verification` -> `statut`, `date`…)."""
        groups: dict[str, list[str]] = {}
        for path in self.by_path:
            if len(path) == 2:
                groups.setdefault(path[0], []).append(path[1])
        return {key: tuple(names) for key, names in groups.items()}

    @cached_property
    def required_fields(self) -> tuple[Field, ...]:
        """List the fields that every record (or every item) must hold."""
        return tuple(f for f in self.fields if f.required)

    @cached_property
    def top_keys(self) -> tuple[str, ...]:
        """List the keys at the first level, in canonical order, child tables left out."""
        return tuple(dict.fromkeys(path[0] for path in self.by_path))

    def field(self, name: str) -> Field:
        """Give a field by its flattened name; raise KeyError if there is none."""
        return next(f for f in self.fields if f.name == name)


@dataclass(frozen=True)
class Schema:
    """Hold the tables of one collection: `root`, and `children` by the key they have in a record."""

    name: str
    root: Table
    children: Mapping[str, Table]
    descriptor: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Name the kind of its records, as in `schemas/<kind>.schema.json`."""
        return str(self.descriptor["annuaire"]["fiche"])

    @cached_property
    def key_order(self) -> tuple[str, ...]:
        """List every key of the first level of a record in canonical order."""
        order: list[str] = []
        pending: dict[str, list[str]] = {}
        for table in self.children.values():
            pending.setdefault(table.after, []).append(table.key)
        by_top: dict[str, list[str]] = {}
        for field in self.root.fields:
            if field.path:
                by_top.setdefault(field.path[0], []).append(field.name)
        for top, names in by_top.items():
            order.append(top)
            for name in names:
                order.extend(pending.get(name, ()))
        return tuple(order)

    def title_of(self, name: str) -> str:
        """Give the title of what a name names (see `names`): a field, a list, or a group by the name itself."""
        key, _, inner = name.partition(".")
        table = self.children.get(key)
        if table is not None:
            return table.field(inner).title if inner else table.title
        return next((field.title for field in self.root.fields if field.name == name), name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """List what `held` understands: fields, groups, lists, and fields of a list (`etablissements.telephone`)."""
        inner = (f"{table.key}.{f.name}" for table in self.children.values() for f in table.by_path.values())
        return tuple(dict.fromkeys((*self.key_order, *(f.name for f in self.root.fields if f.path), *inner)))

    def held(self, values: Mapping[str, Any], name: str) -> list[Any] | None:
        """Give what a record holds under the name of a field, a group, a list or a field of a list; None for no name.

        `etablissements.telephone` names the telephones of all the places. What is absent is None in the list.
        """
        key, _, inner = name.partition(".")
        own = next((field for field in self.root.fields if field.path and field.name == name), None)
        if own is not None:
            return [_at(values, own.path)]
        table = self.children.get(key)
        if table is not None and name == key:
            return _items(values, key)
        within = next((f for f in table.by_path.values() if f.name == inner), None) if table else None
        if within is not None:
            return [_at(item, within.path) for item in _items(values, key)]
        return [values.get(name)] if name in self.root.top_keys else None

    @property
    def tables(self) -> tuple[Table, ...]:
        """List the root table, then the others."""
        return (self.root, *self.children.values())


def _at(holder: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        holder = holder.get(step) if isinstance(holder, Mapping) else None
    return holder


def _items(values: Mapping[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []


def folders() -> tuple[str, ...]:
    """List the schemas there are, by the names of their folders."""
    found = (entry.name for entry in resources.files(__package__).iterdir() if entry.is_dir())
    return tuple(sorted(name for name in found if not name.startswith("_")))


@cache
def load(name: str) -> Schema:
    """Load the schema of a collection, by the name of its folder (`enterprises`, `territories`…)."""
    text = resources.files(__package__).joinpath(name, "datapackage.json").read_text(encoding="utf-8")
    return described(name, json.loads(text))


def described(name: str, package: dict[str, Any]) -> Schema:
    """Make the schema of a collection of its package; one whose description has `images` takes their table too."""
    if most := package.get("annuaire", {}).get("images"):
        package["resources"].append(_images(package["resources"][0], most))
    tables = [_table(resource) for resource in package["resources"]]
    return Schema(name, tables[0], {t.key: t for t in tables[1:]}, package)


def _images(root: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Lay the table of images, described once for all collections, beside the records of one; `most` of them each."""
    table: dict[str, Any] = json.loads(resources.files(__package__).joinpath("images.json").read_text(encoding="utf-8"))
    own, fields = dict(root["schema"]["fields"][0]), table["schema"]["fields"]
    order = {"required": True, "minimum": 1}
    help_ = "Rang de la ligne dans la fiche, à partir de 1."
    rank = {"name": "ordre", "type": "integer", "title": "Ordre", "description": help_, "example": "1"}
    fields[:0] = [own, {**rank, "constraints": order}]
    reference = {"resource": root["name"], "fields": [own["name"]]}
    table["schema"] |= {
        "primaryKey": [own["name"], "ordre"],
        "foreignKeys": [{"fields": [own["name"]], "reference": reference}],
    }
    name = f"images_{root['name']}"
    last = root["schema"]["fields"][-1]["name"]
    return {"name": name, "path": f"{name}.csv", **table, "annuaire": {"cle": "images", "apres": last, "maximum": most}}


def _table(resource: Mapping[str, Any]) -> Table:
    extra = resource.get("annuaire", {})
    descriptor = resource["schema"]
    keys = set(descriptor["primaryKey"])
    fields = tuple(_field(raw, own_key=raw["name"] in keys) for raw in descriptor["fields"])
    return Table(
        name=resource["name"],
        key=extra.get("cle", ""),
        title=resource["title"],
        description=resource["description"],
        fields=fields,
        required=extra.get("requis", False),
        maximum=extra.get("maximum", 0),
        after=extra.get("apres", ""),
        descriptor=resource,
    )


def _reader(raw: Mapping[str, Any]) -> CellReader:
    # Here, not above: half of the time of a start, and only a doubtful value needs it. Built field by field, since a
    # whole frictionless Schema, or a list, loads every plugin, 0.15 s more (a test holds both equal).
    from frictionless import fields as readers

    kind = getattr(readers, _READERS[raw["itemType"] if raw["type"] == "list" else raw["type"]])
    if raw["type"] == "list":
        field = kind(name=raw["name"])
    else:
        options = {option: raw[key] for key, option in _OPTIONS.items() if key in raw}
        field = kind(name=raw["name"], constraints=raw.get("constraints", {}), **options)
    reader: CellReader = field.create_cell_reader()
    return reader


def column(raw: Mapping[str, Any]) -> Field:
    """Make the field of a column that a published table has and no record (its Table Schema descriptor)."""
    return _field(raw, own_key=False)


def _field(raw: Mapping[str, Any], *, own_key: bool) -> Field:
    extra = raw.get("annuaire", {})
    constraints = raw.get("constraints", {})
    pattern = extra.get("motifElement")
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=raw["title"],
        help=raw["description"],
        example=raw.get("example", ""),
        required=bool(constraints.get("required")) and not own_key,
        constraints=constraints,
        path=() if own_key else tuple(extra.get("chemin", raw["name"]).split(".")),
        vocabulary=extra.get("vocabulaire", ""),
        code=extra.get("code") or DEFAULT_CODES.get(raw["type"], FREE),
        item_pattern=re.compile(pattern) if pattern else None,
        labels=extra.get("libelles", {}),
        weight=extra.get("poids", 0),
        nature=extra.get("nature", ""),
        refers_to=extra.get("renvoi", ""),
        derived_from=tuple(extra.get("derive", ())),
        is_plain=plain.test_of(raw),
        make_reader=cache(partial(_reader, raw)),
    )

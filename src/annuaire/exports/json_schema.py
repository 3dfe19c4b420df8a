"""Make, from the Table Schemas, the JSON Schema (2020-12) that editors use to help write a record.

It says what an editor can show while one types: keys, help, examples, choices, patterns. It judges less than the
rules do, and never otherwise; values may be written with or without quotes (`1998`), as the reader of records allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annuaire.places.territories import Territories
from annuaire.places.vocabularies import EVERYWHERE, Vocabularies
from annuaire.schema import Field, Schema, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_WHOLE = "^-?[0-9]{1,15}$"
_DECIMAL = "^-?[0-9]{1,15}(\\.[0-9]{1,15})?$"


def record_schema(schema: Schema, vocabularies: Vocabularies, territories: Territories) -> dict[str, Any]:
    """Give the JSON Schema of one collection's records, ready to be written as JSON."""
    maker = _Maker(schema, _choices(schema, vocabularies, territories))
    root = maker.mapping(schema.root)
    properties = root["properties"] | {key: maker.table(table) for key, table in schema.children.items()}
    required = [*root["required"], *(key for key, table in schema.children.items() if table.required)]
    return {
        "$schema": DIALECT,
        "title": schema.descriptor["title"],
        "description": schema.descriptor["description"],
        **root,
        "properties": {key: properties[key] for key in schema.key_order},
        "required": [key for key in schema.key_order if key in required],
    }


def _choices(schema: Schema, vocabularies: Vocabularies, territories: Territories) -> Mapping[str, Mapping[str, str]]:
    """Map each closed vocabulary to its codes and their French labels."""
    mrcs = {mrc.code: mrc.titre for mrc in territories.mrcs.values()}
    return {
        "secteurs": {s.slug: s.libelle for s in vocabularies.sectors.values()},
        "formes": {f.slug: f.libelle for f in vocabularies.forms.values()},
        "categories": {c.slug: c.libelle for c in vocabularies.categories.values()},
        "certifications": {c.slug: c.libelle for c in vocabularies.certifications.values()},
        "mrc": mrcs,
        "regions": {region.code: region.nom for region in territories.regions.values()},
        "territoires": {**EVERYWHERE, **mrcs},
        "municipalites": {m.nom: "" for m in territories.municipalities.values()},
        "champs": dict.fromkeys(schema.names, ""),
    }


class _Maker:
    """Make the schema of each value."""

    def __init__(self, schema: Schema, choices: Mapping[str, Mapping[str, str]]) -> None:
        self.schema = schema
        self.choices = choices

    def mapping(self, table: Table) -> dict[str, Any]:
        """Describe the keys of a record or of an item of a list, groups included."""
        properties: dict[str, Any] = {}
        required: list[str] = []
        for key in table.top_keys:
            names = table.groups.get(key)
            if names is None:
                field = table.by_path[(key,)]
                properties[key] = self.field(field)
                needed = field.required
            else:
                fields = [table.by_path[key, name] for name in names]
                properties[key] = self._object({f.path[1]: self.field(f) for f in fields}, _required(fields))
                needed = any(field.required for field in fields)
            required += [key] if needed else []
        return self._object(properties, required)

    def table(self, table: Table) -> dict[str, Any]:
        """Describe a list of mappings."""
        described = {"title": table.title, "description": table.description, "type": "array", "minItems": 1}
        if table.maximum:
            described["maxItems"] = table.maximum
        return {**described, "items": self.mapping(table)}

    def field(self, field: Field) -> dict[str, Any]:
        """Describe one value, or a list of values."""
        described: dict[str, Any] = {"title": field.title, "description": field.help}
        examples = field.example.split("|") if field.is_list else [field.example]
        if field.is_list:
            item: dict[str, Any] = {"type": "string", "minLength": 1, **self._closed(field)}
            if field.labels:
                item |= _enum(tuple(field.labels), field.labels)
            if field.item_pattern is not None:
                item["pattern"] = field.item_pattern.pattern
            described |= {"type": "array", "minItems": 1, "uniqueItems": True, "items": item, "examples": [examples]}
            if "maxLength" in field.constraints:
                described["maxItems"] = field.constraints["maxLength"]
            return described
        described |= _scalar(field) | self._closed(field)
        return {**described, "examples": examples} if field.example else described

    def _closed(self, field: Field) -> dict[str, Any]:
        """List the choices of a field, with their labels where an editor can show them."""
        labels: Mapping[str, str] = field.labels
        if field.constraints.get("enum"):
            return _enum(field.constraints["enum"], labels)
        known = self.choices.get(field.vocabulary)
        return _enum(tuple(known), known) if known else {}

    @staticmethod
    def _object(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "required": list(required),
            "properties": dict(properties),
        }


def _required(fields: Sequence[Field]) -> list[str]:
    return [field.path[-1] for field in fields if field.required]


def _enum(values: Sequence[str], labels: Mapping[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {"enum": list(values)}
    if all(labels.get(value) for value in values):
        described["enumDescriptions"] = [labels[value] for value in values]  # shown by the YAML extension of editors
    return described


def _scalar(field: Field) -> dict[str, Any]:
    """Describe a text, with the types an editor may take it for when it has no quotes."""
    limits = field.constraints
    if field.type == "date":
        return {"type": "string", "pattern": _DATE}
    if field.type == "boolean":
        return {"enum": ["oui", "non"]}
    if field.type in ("integer", "number"):
        bounds = {key: limits[key] for key in ("minimum", "maximum") if key in limits}
        return {"type": ["string", field.type], "pattern": _WHOLE if field.type == "integer" else _DECIMAL, **bounds}
    described: dict[str, Any] = {"type": "string", "minLength": limits.get("minLength", 1)}
    for key in ("maxLength", "pattern"):
        if key in limits:
            described[key] = limits[key]
    return described

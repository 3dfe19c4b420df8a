"""Say what stands in each column of a workbook: a field of the schema, its French choices, its writing in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annuaire.config import Settings
from annuaire.places.meanings import Meanings
from annuaire.places.samples import localised
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.records.collections import BY_NAME, COLLECTIONS, Collection
from annuaire.schema import Field, Schema, Table
from annuaire.text import french
from annuaire.text.names import fold, sort_key

SLUG = "Fiche"
VERSION = "Version"
RANK = "Rang"
REQUIRED = " *"
SEPARATOR = " | "
_YES = {"oui": "oui", "non": "non"}


@dataclass(frozen=True)
class Column:
    """Describe one column: its field and its choices (code -> French label; empty where any text may stand).

    What a cell means once it is filled, `annuaire.intake.understanding` says.
    """

    field: Field
    choices: Mapping[str, str]
    suggestions: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Give the heading, which marks what is required."""
        return self.field.title + (REQUIRED if self.field.required else "")

    def write(self, value: Any) -> str:
        """Write a raw value of a record in a cell."""
        if isinstance(value, list):
            return SEPARATOR.join(self.write(item) for item in value)
        return self.choices.get(str(value), str(value)) if value is not None else ""


def normal(cell: str) -> str:
    """Write the text of a cell one way: line ends, and spaces around."""
    text = cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


@dataclass(frozen=True)
class Columns:
    """Hold the columns of every sheet: those of the root table, and of each list by its key."""

    schema: Schema
    root: tuple[Column, ...]
    tables: Mapping[str, tuple[Column, ...]]

    def find(self, key: str, path: tuple[str, ...]) -> Column:
        """Give the column of a field of the root table (`key` empty) or of a list."""
        return next(column for column in (self.tables[key] if key else self.root) if column.field.path == path)

    @property
    def collection(self) -> Collection:
        """Give the collection of these records."""
        return BY_NAME[self.schema.name]

    @property
    def main_sheet(self) -> str:
        """Name the sheet of the records themselves."""
        return root_sheet(self.schema)

    @property
    def owner(self) -> str:
        """Name the column that says, in the sheet of a list, whose an item is."""
        return french.sentence(self.collection.one)

    def sheet(self, table: Table) -> str:
        """Name the sheet of a table."""
        return table.title if table.key else self.main_sheet


def root_sheet(schema: Schema) -> str:
    """Name the sheet of the records of a collection: « Entreprises »."""
    return french.sentence(BY_NAME[schema.name].many)


def own_sheets() -> frozenset[str]:
    """Name the sheets by which the workbooks of records are known."""
    return frozenset(french.sentence(collection.many) for collection in COLLECTIONS if collection.is_open)


def columns_of(schema: Schema, vocabularies: Vocabularies, territories: Territories, settings: Settings) -> Columns:
    """Make the columns of a site's workbook from the schema and the vocabularies."""
    schema = localised(schema, territories, settings.regions)
    meanings = Meanings(vocabularies, territories)
    own = {mrc.code for mrc in territories.mrcs_of(settings.regions)}
    towns = sorted({m.nom for m in territories.municipality_by_code.values() if m.mrc in own}, key=sort_key)

    def column(field: Field) -> Column:
        if field.type == "boolean":
            return Column(field, _YES)
        suggestions = tuple(towns) if field.vocabulary == "municipalites" else ()
        return Column(field, _unambiguous(meanings.choices(field)), suggestions)

    return Columns(
        schema,
        tuple(column(field) for field in schema.root.by_path.values()),
        {key: tuple(column(f) for f in table.by_path.values()) for key, table in schema.children.items()},
    )


def _unambiguous(labels: Mapping[str, str]) -> dict[str, str]:
    """Leave aside the labels that two codes share: their codes are written instead."""
    folded = [fold(label) for label in labels.values()]
    return {code: label if folded.count(fold(label)) == 1 else code for code, label in labels.items()}

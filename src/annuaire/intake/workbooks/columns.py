"""Say what stands in each column of a workbook: a field of the schema, its French choices, its writing in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annuaire.config import Settings
from annuaire.intake.importing import cleaning, places
from annuaire.places.samples import localised
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import EVERYWHERE, Vocabularies
from annuaire.schema import Field, Schema, Table
from annuaire.text.names import fold, sort_key

SLUG = "Fiche"
VERSION = "Version"
NAME = "Entreprise"
RANK = "Rang"
ROOT = "Entreprises"
REQUIRED = " *"
SEPARATOR = " | "
_SPLIT = re.compile(r"[|\n]")
_YES = {"oui": "oui", "non": "non"}
_TIDIED: Mapping[str, Callable[[str], cleaning.Cleaned]] = {
    "telephone-invalide": cleaning.telephone,
    "neq-invalide": cleaning.neq,
    "code-postal-invalide": places.postal_code,
}


@dataclass(frozen=True)
class Column:
    """Describe one column: its field and its choices (code -> French label; empty where any text may stand)."""

    field: Field
    choices: Mapping[str, str]
    suggestions: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Give the heading, which marks what is required."""
        return self.field.title + (REQUIRED if self.field.required else "")

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        labels = {fold(label): code for code, label in self.choices.items()}
        return labels | {code: code for code in self.choices}

    def write(self, value: Any) -> str:
        """Write a raw value of a record in a cell."""
        if isinstance(value, list):
            return SEPARATOR.join(self.write(item) for item in value)
        return self.choices.get(str(value), str(value)) if value is not None else ""

    def read(self, cell: str) -> str | list[str] | None:
        """Read a cell as a raw value, None when it is empty; what is no choice is left for the rules to refuse."""
        text = normal(cell)
        if not text:
            return None
        if not self.field.is_list:
            return self._one(text)
        whole = self._codes.get(fold(text))
        return [whole] if whole else [self._one(part.strip()) for part in _SPLIT.split(text) if part.strip()]

    def _one(self, text: str) -> str:
        if self.choices:
            return self._codes.get(fold(text), text)
        if self.field.type == "number":
            return text.replace(",", ".")
        tidy = _TIDIED.get(self.field.code)
        cleaned = tidy(text) if tidy else None
        return cleaned.value if cleaned and cleaned.value and not cleaned.fault else text


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

    def sheet(self, table: Table) -> str:
        """Name the sheet of a table."""
        return table.title if table.key else ROOT


def columns_of(schema: Schema, vocabularies: Vocabularies, territories: Territories, settings: Settings) -> Columns:
    """Make the columns of a site's workbook from the schema and the vocabularies."""
    schema = localised(schema, territories, settings.regions)
    entries: Mapping[str, Mapping[str, Any]] = {
        "secteurs": vocabularies.sectors,
        "formes": vocabularies.forms,
        "categories": vocabularies.categories,
        "certifications": vocabularies.certifications,
    }
    known: dict[str, Mapping[str, str]] = {
        name: _unambiguous({slug: entry.libelle for slug, entry in entry_map.items()})
        for name, entry_map in entries.items()
    }
    known["territoires"] = {**EVERYWHERE, **_unambiguous({m.code: m.titre for m in territories.mrc_by_code.values()})}
    own = {mrc.code for mrc in territories.mrcs_of(settings.regions)}
    towns = sorted({m.nom for m in territories.municipality_by_code.values() if m.mrc in own}, key=sort_key)

    def column(field: Field) -> Column:
        if field.type == "boolean":
            return Column(field, _YES)
        if field.constraints.get("enum"):
            return Column(field, {code: field.labels.get(code, code) for code in field.constraints["enum"]})
        return Column(
            field, known.get(field.vocabulary, {}), tuple(towns) if field.vocabulary == "municipalites" else ()
        )

    return Columns(
        schema,
        tuple(column(field) for field in schema.root.by_path.values()),
        {key: tuple(column(f) for f in table.by_path.values()) for key, table in schema.children.items()},
    )


def _unambiguous(labels: Mapping[str, str]) -> dict[str, str]:
    """Leave aside the labels that two codes share: their codes are written instead."""
    folded = [fold(label) for label in labels.values()]
    return {code: label if folded.count(fold(label)) == 1 else code for code, label in labels.items()}

"""Tell how complete a record is, from the weights of the schema, and what would add most to it.

A field with a weight counts as soon as it holds something; a field of a list (an offer, a place) counts as soon as
one item holds it. What tells where a place is does not count for a record whose address is confidential. The score
is for the enterprise itself and for staff (the form, the answer to a proposal): no public page shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annuaire.records.reading import Record
from annuaire.rules.confidentiality import SECRET
from annuaire.schema import Field, Table


@dataclass(frozen=True, slots=True)
class Missing:
    """Name a field that holds nothing, its title in French, and the points (of 100) that filling it would add."""

    field: str
    title: str
    points: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """Hold the score of a record, from 0 to 100, and the fields that hold nothing, those that weigh most first."""

    score: int
    missing: tuple[Missing, ...]


def completeness(record: Record) -> Completeness:
    """Measure a record; 100 is kept for one that lacks nothing."""
    found = 0
    absent: list[tuple[int, Table, Field]] = []
    for table in record.schema.tables:
        for field in table.fields:
            if not field.weight or not _counts(field, table, record):
                continue
            if _is_filled(record, table, field):
                found += field.weight
            else:
                absent.append((field.weight, table, field))
    total = found + sum(weight for weight, _, _ in absent)
    absent.sort(key=lambda entry: -entry[0])  # equal weights keep the order of the schema
    missing = tuple(
        Missing(f"{table.key}.{field.name}" if table.key else field.name, field.title, _share(weight, total))
        for weight, table, field in absent
    )
    return Completeness(100 * found // total if total else 100, missing)


def _share(weight: int, total: int) -> int:
    return max(1, round(100 * weight / total))


def _counts(field: Field, table: Table, record: Record) -> bool:
    return table.key != "etablissements" or field.name not in SECRET or record.text("adresse_confidentielle") != "oui"


def _is_filled(record: Record, table: Table, field: Field) -> bool:
    holders = record.items(table.key) if table.key else [record.values]
    return any(_holds(holder, field.path) for holder in holders)


def _holds(holder: Any, path: tuple[str, ...]) -> bool:
    value = holder
    for step in path:
        if not isinstance(value, dict):
            return False
        value = value.get(step)
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, list) and bool(value)

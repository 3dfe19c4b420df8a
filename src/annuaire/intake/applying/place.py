"""Say where a fault is as who wrote it knows the place: a cell of their workbook, else the title of a field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annuaire.catalogue.differences import Wording, heading_of
from annuaire.intake import plain
from annuaire.intake.applying.proposal import Proposal, value_at
from annuaire.records.reading import Record
from annuaire.schema import Table
from annuaire.text.problems import AnnuaireError, Problem, RecordPath

MOST_TOLD = 10
_ROW = re.compile(r"feuille «\u00a0[^»]*\u00a0», ligne [0-9]+")  # as `line_of` writes it


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold a problem of a record as it would be, where it is in what was received, and the words for who wrote it."""

    place: str
    problem: Problem
    message: str
    hint: str
    is_of_file: bool = False  # who wrote it knows the keys of a record, and the codes of its faults


def locate(problem: Problem, record: Record, proposal: Proposal, wording: Wording) -> Fault:
    """Place a problem of a record that a proposal would make; by its line where it is about no field.

    Who sent a whole record knows its keys; others are told titles and labels.
    """
    path = problem.path
    while path and isinstance(path[-1], int) and (len(path) != 2 or path[0] not in record.schema.children):
        path = path[:-1]  # an item of a list of texts: the list is one field
    words = _words(path, record, wording)
    place = _origin(path, record, proposal) or ", ".join(filter(None, (_row(path, record, proposal), words)))
    if proposal.text:
        return Fault(place or str(problem.location), problem, problem.message, problem.hint, is_of_file=True)
    missing = record.schema.children.get(problem.values.get("champ", ""))
    if problem.code == "champ-manquant" and missing is not None and rows_of(proposal):
        return Fault(place or record.text("nom"), problem, *_without_items(missing))
    return Fault(place or record.text("nom"), problem, *plain.said(problem, record.schema, wording))


def _without_items(table: Table) -> tuple[str, str]:
    """Say that a record of a workbook has no row in the sheet of a list that it needs, and what to write there."""
    needed = " et ".join(field.title.lower() for field in table.required_fields)
    sheet = f"feuille «\u00a0{table.title}\u00a0»"
    hint = f"ajouter une ligne dans la {sheet}, avec sa {needed}; dans le classeur court, remplir cette colonne"
    return f"il n’y a aucune ligne à son nom dans la {sheet}", hint


def elsewhere(problem: Problem, other: Record | None, proposal: Proposal, wording: Wording) -> Fault:
    """Place a problem that a proposal would make in another record, which is named unless a file was sent."""
    if proposal.text or other is None:
        return Fault(str(problem.location), problem, problem.message, problem.hint, is_of_file=bool(proposal.text))
    return Fault(f"fiche de {other.text('nom')}", problem, *plain.said(problem, other.schema, wording))


def line_of(sheet: str, number: int) -> str:
    """Name a row of a workbook."""
    return f"feuille «\u00a0{sheet}\u00a0», ligne {number}"


def rows_of(proposal: Proposal) -> list[str]:
    """Name each row of a workbook that a proposal was read in."""
    found = (_ROW.match(setting.origin) for setting in proposal.settings)
    return list(dict.fromkeys(row[0] for row in found if row))


def refusal(faults: Sequence[str]) -> AnnuaireError:
    """Tell the first faults of a workbook together, and how many are left."""
    more = len(faults) - MOST_TOLD
    return AnnuaireError("; ".join(faults[:MOST_TOLD]) + (f"; et {more} autres" if more > 0 else ""))


def _origin(path: RecordPath, record: Record, proposal: Proposal) -> str:
    """Find the cell that wrote what stands at a path of the record."""
    table, steps = _split(path)
    value = _value(record, path)
    return next(
        (
            setting.origin
            for setting in proposal.settings
            if setting.target.table == table and setting.target.field.path == steps and setting.value == value
        ),
        "",
    )


def _row(path: RecordPath, record: Record, proposal: Proposal) -> str:
    """Name the row of a workbook that wrote what stands around a path: that of the item, or of the record."""
    table, _ = _split(path)
    item = _value(record, path[:2]) if table else record.values
    rows = Counter(
        setting.origin.removesuffix(f", {setting.target.field.title}")
        for setting in proposal.settings
        if setting.origin
        and setting.target.table == table
        and (not table or value_at(item if isinstance(item, dict) else {}, setting.target.field.path) == setting.value)
    )
    return rows.most_common(1)[0][0] if rows else ""


def _words(path: RecordPath, record: Record, wording: Wording) -> str:
    """Name the field at a path by its title, after the item that holds it."""
    table, steps = _split(path)
    if not table:
        field = record.schema.root.by_path.get(steps)
        children = record.schema.children
        return field.title if field else children[steps[0]].title if steps and steps[0] in children else ""
    found = record.schema.children.get(table)
    if found is None:
        return ""
    item = _value(record, path[:2])
    name = f"{found.title}, {heading_of(found, item if isinstance(item, dict) else {}, wording)}"
    field = found.by_path.get(steps)
    return f"{name}, {field.title}" if field else name


def _value(record: Record, path: RecordPath) -> Any:
    value: Any = record.values
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _split(path: RecordPath) -> tuple[str, tuple[str, ...]]:
    """Part a path into the list that it enters, if it does, and the rest."""
    is_item = len(path) > 1 and isinstance(path[1], int)
    return (str(path[0]) if is_item else ""), tuple(str(step) for step in (path[2:] if is_item else path))

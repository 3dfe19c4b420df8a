"""Write the workbook of records: a row for each record, a sheet for each of its lists, empty or filled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.intake.workbooks import laying
from annuaire.intake.workbooks.columns import RANK, SLUG, VERSION, Column, Columns
from annuaire.records.reading import Record
from annuaire.schema import Table

MANUAL = "Mode d’emploi"
PLACE = "etablissements"
# The short workbook, on one sheet: twelve columns, the first place of an enterprise beside it (table, path of a field).
SHORT = (
    *(("", ("nom",)), (PLACE, ("municipalite",)), (PLACE, ("adresse",)), (PLACE, ("code_postal",))),
    *((PLACE, ("telephone",)), (PLACE, ("courriel",)), ("", ("site_web",)), ("", ("neq",))),
    *(("", ("forme_juridique",)), ("", ("secteur",)), ("", ("annee_fondation",)), ("", ("mission",))),
)
_KEPT = (
    "Ne pas modifier les colonnes «\u00a0Fiche\u00a0», «\u00a0Rang\u00a0» et «\u00a0Version\u00a0»\u00a0: "
    "elles relient la ligne à sa fiche.",
    "Pas de nom de personne\u00a0: un poste, un téléphone et un courriel généraux.",
)
_TO_CORRECT = "Pour corriger\u00a0: changer la cellule. Pour effacer un renseignement\u00a0: vider la cellule."
_SORTED = "Trier toute la feuille, filtrer ou masquer ne change rien"
_SHORT_LINES = (
    "Une ligne par entreprise. Les colonnes brunes, marquées *, sont à remplir; pointer un titre en montre l’aide.",
    _TO_CORRECT,
    "Pour ajouter une entreprise\u00a0: une nouvelle ligne, en laissant «\u00a0Fiche\u00a0» vide.",
    "L’adresse, le téléphone et le courriel sont ceux du premier lieu; les autres lieux et les offres sont dans le "
    "classeur complet.",
    *_KEPT,
    f"{_SORTED}; l’ordre des offres se change dans le formulaire.",
)


def _lines(columns: Columns) -> tuple[str, ...]:
    """Say how the whole workbook of a collection is filled."""
    own, sheet = columns.collection, columns.main_sheet
    lists = list(columns.schema.children.values())
    needed = next((table for table in lists if table.required), None)
    new = f"Pour ajouter {own.a_new}\u00a0: une nouvelle ligne, en laissant «\u00a0Fiche\u00a0» vide"
    first = f"Une ligne par {own.one} dans «\u00a0{sheet}\u00a0»"
    found = [
        f"{first}; ses listes ont chacune leur feuille." if lists else f"{first}.",
        "Les colonnes brunes, marquées *, sont à remplir. Pointer un titre de colonne en montre l’aide.",
        _TO_CORRECT,
        f"{new}; puis au moins une ligne dans «\u00a0{needed.title}\u00a0»." if needed else f"{new}.",
    ]
    if lists:
        found += [
            f"Pour ajouter une ligne à une liste\u00a0: une nouvelle ligne avec le nom de {own.the}, "
            "en laissant «\u00a0Rang\u00a0» vide.",
            "Pour en retirer une\u00a0: supprimer sa ligne.",
        ]
    return (*found, *_KEPT, f"{_SORTED}; l’ordre d’une liste se change dans le formulaire.")


def write(
    path: Path, columns: Columns, records: Sequence[Record], versions: Sequence[str], *, is_short: bool = False
) -> None:
    """Write the workbook with these records; `versions` names the text of each (see `annuaire.intake.applying`).

    A short one has the columns of `SHORT`, on one sheet.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = columns.main_sheet
    lists = laying.Lists(book)
    shown = SHORT if is_short else tuple(("", column.field.path) for column in columns.root)
    _root(sheet, [columns.find(*each) for each in shown], [key for key, _ in shown], records, versions, lists)
    for table in () if is_short else columns.schema.children.values():
        _table(book.create_sheet(columns.sheet(table)), columns, table, records, lists)
    manual = book.create_sheet(MANUAL)
    manual.column_dimensions["A"].width = 110
    for row, line in enumerate(_SHORT_LINES if is_short else _lines(columns), start=1):
        cell = laying.put(manual, row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.move_sheet(laying.LISTS, offset=len(book.sheetnames))
    laying.save(book, path)


def _root(
    sheet: Worksheet,
    columns: Sequence[Column],
    tables: Sequence[str],
    records: Sequence[Record],
    versions: Sequence[str],
    lists: laying.Lists,
) -> None:
    """Lay the sheet of enterprises; `tables` says of each column whether it is of the record or of its first item."""

    laying.heading(sheet, 1, SLUG, "Rempli par le programme; le laisser vide pour une nouvelle fiche.")
    rows = len(records) + laying.SPARE_ROWS
    widths = {1: 24}
    for number, column in enumerate(columns, start=2):
        laying.heading(sheet, number, column.title, laying.note_of(column), required=column.field.required)
        laying.check(sheet, number, column, lists, rows)
        widths[number] = laying.width_of(column)
    last = len(columns) + 2
    laying.heading(sheet, last, VERSION, "Ne pas modifier\u00a0: la version de la fiche d’où part la ligne.")
    sheet.column_dimensions[get_column_letter(last)].hidden = True
    for row, (record, version) in enumerate(zip(records, versions, strict=True), start=2):
        laying.put(sheet, row, 1, record.slug)
        for number, (column, key) in enumerate(zip(columns, tables, strict=True), start=2):
            items = record.items(key) if key else [record.values]
            _cells(sheet, row, number, (column,), items[0] if items else {})
        laying.put(sheet, row, last, version)
    laying.finish(sheet, widths, frozen="C2")


def _table(sheet: Worksheet, book: Columns, table: Table, records: Sequence[Record], lists: laying.Lists) -> None:
    columns, owner = book.tables[table.key], book.collection
    items = [(record, rank, item) for record in records for rank, item in enumerate(record.items(table.key), start=1)]
    rows = len(items) + laying.SPARE_ROWS
    laying.heading(sheet, 1, SLUG, "Rempli par le programme; le laisser vide pour une nouvelle ligne.")
    said = f"Le nom de {owner.the}, comme dans «\u00a0{book.main_sheet}\u00a0»."
    laying.heading(sheet, 2, book.owner, said, required=True)
    laying.heading(sheet, 3, RANK, "Rempli par le programme; le laisser vide pour une nouvelle ligne.")
    laying.choose(sheet, 2, f"{book.main_sheet}!$B$2:$B${len(records) + laying.SPARE_ROWS}", rows)
    widths = {1: 24, 2: 34, 3: 8}
    for number, column in enumerate(columns, start=4):
        laying.heading(sheet, number, column.title, laying.note_of(column), required=column.field.required)
        laying.check(sheet, number, column, lists, rows)
        widths[number] = laying.width_of(column)
    for row, (record, rank, item) in enumerate(items, start=2):
        laying.put(sheet, row, 1, record.slug)
        laying.put(sheet, row, 2, record.text("nom"))
        laying.put(sheet, row, 3, str(rank))
        _cells(sheet, row, 4, columns, item)
    laying.finish(sheet, widths, frozen="D2")


def _cells(sheet: Worksheet, row: int, first: int, columns: Sequence[Column], values: dict[str, Any]) -> None:
    for number, column in enumerate(columns, start=first):
        value: Any = values
        for step in column.field.path:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            cell = laying.put(sheet, row, number, column.write(value))
            if len(str(cell.value)) > laying.WIDE:
                cell.alignment = Alignment(wrap_text=True, vertical="top")

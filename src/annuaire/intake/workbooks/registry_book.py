"""Lay out what the register says of the records as a workbook: a line for each thing to decide, never an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from annuaire.intake.workbooks import laying
from annuaire.intake.workbooks.columns import SLUG, VERSION

SHEET = "Registre"
NAME = "Entreprise"
FOUND = "Constat"
DECISION = "Décision"
VALUE = "À écrire"
SOURCE = "Source"
KIND = "Code"  # of the finding, hidden
PROPOSED = "Proposé"  # hidden: what the register gave, before anyone corrected it
TAKE, KEEP, CHECK = "reprendre", "garder", "à vérifier"
_COLUMNS = (
    (NAME, 30, ""),
    ("Municipalité", 18, ""),
    (FOUND, 22, "Ce qui diffère. Une entreprise peut avoir plusieurs lignes."),
    ("Ce que dit la fiche", 28, ""),
    ("Ce que dit le registre", 44, ""),
    (
        "Ressemblance",
        13,
        "Pour un NEQ proposé, sur 100\u00a0: le nom, puis la municipalité. Ce n’est pas une preuve.",
    ),
    (
        DECISION,
        13,
        "«\u00a0reprendre\u00a0»\u00a0: la fiche prend ce qui est dans «\u00a0À écrire\u00a0»; «\u00a0garder\u00a0»"
        "\u00a0: la fiche reste ainsi; «\u00a0à vérifier\u00a0»\u00a0: le rapport le rappelle. "
        "Vide\u00a0: rien ne change.",
    ),
    (
        VALUE,
        34,
        "Ce que la fiche prendrait, que l’on peut corriger. Radiation\u00a0: la date de fermeture (la fiche devient "
        "fermée). Fusion\u00a0: la fiche qui remplace celle-ci, à écrire après vérification. NEQ d’une autre "
        "organisation\u00a0: vide, le NEQ est retiré.",
    ),
    (SOURCE, 40, ""),
)
_HIDDEN = (SLUG, VERSION, KIND, PROPOSED)
_ANSWER = PatternFill("solid", fgColor="FFF8E1")
_DECIDED = (DECISION, VALUE)


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line: its cells as they are shown, by the titles of the columns, and what links it to its record."""

    cells: Mapping[str, str]
    slug: str
    kind: str


def write(path: Path, lines: Sequence[Line], version: Callable[[str], str]) -> None:
    """Write the workbook; `version` names the text of a record."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        sheet = book.create_sheet()
    sheet.title = SHEET
    lists = laying.Lists(book)
    for number, (title, _, note) in enumerate((*_COLUMNS, *((title, 0, "") for title in _HIDDEN)), start=1):
        laying.heading(sheet, number, title, note)
    for row, line in enumerate(lines, start=2):
        for number, (title, _, _) in enumerate(_COLUMNS, start=1):
            cell = laying.put(sheet, row, number, line.cells.get(title, ""))
            cell.border = laying.BOX
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if title in _DECIDED:
                cell.fill = _ANSWER
        for number, text in enumerate(
            (line.slug, version(line.slug), line.kind, line.cells.get(VALUE, "")), start=len(_COLUMNS) + 1
        ):
            laying.put(sheet, row, number, text)
    _decisions(sheet, lists, max(1, len(lines)))
    laying.finish(sheet, {number: width for number, (_, width, _) in enumerate(_COLUMNS, start=1)}, frozen="B2")
    for number in range(len(_COLUMNS) + 1, len(_COLUMNS) + len(_HIDDEN) + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    laying.save(book, path)


def _decisions(sheet: Worksheet, lists: laying.Lists, rows: int) -> None:
    letter = get_column_letter(next(n for n, (title, _, _) in enumerate(_COLUMNS, start=1) if title == DECISION))
    choice = DataValidation(type="list", formula1=lists.formula((TAKE, KEEP, CHECK)), allow_blank=True)
    choice.error = f"Choisir {TAKE}, {KEEP} ou {CHECK}."
    choice.showErrorMessage = True
    choice.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(choice)

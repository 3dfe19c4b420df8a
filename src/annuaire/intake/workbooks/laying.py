"""Lay out a sheet that people fill: headings with their notes, lists to choose from, checks, texts that stay texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from annuaire import files
from annuaire.intake.workbooks.columns import SEPARATOR, Column

LISTS = "Listes"  # the hidden sheet of what drop-down lists hold
AUTHOR = "Annuaire"
TEXT = "@"  # a telephone or a NEQ must not become a number
SPARE_ROWS = 500
WIDE = 44
_HEAD = PatternFill("solid", fgColor="1F4E5F")
_HEAD_REQUIRED = PatternFill("solid", fgColor="8A3B12")
_THIN = Side(style="thin", color="999999")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class Lists:
    """Hold the hidden sheet where each list has a column, made the first time it is asked for."""

    def __init__(self, book: Workbook) -> None:
        self.sheet = book.create_sheet(LISTS)
        self.sheet.sheet_state = "hidden"
        self.known: dict[tuple[str, ...], str] = {}

    def formula(self, items: Sequence[str]) -> str:
        """Give the formula that names a list."""
        key = tuple(items)
        if key not in self.known:
            number = len(self.known) + 1
            for row, item in enumerate(key, start=1):
                put(self.sheet, row, number, item)
            letter = get_column_letter(number)
            self.known[key] = f"{LISTS}!${letter}$1:${letter}${len(key)}"
        return self.known[key]


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that a spreadsheet will never take for a formula, a number or a date."""
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)  # noqa: S101 - no cell is merged here
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.quotePrefix = True
    return cell


def heading(sheet: Worksheet, column: int, title: str, note: str = "", *, required: bool = False) -> None:
    """Write the heading of a column, with its help as a note."""
    cell = put(sheet, 1, column, title)
    cell.fill = _HEAD_REQUIRED if required else _HEAD
    cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if note:
        cell.comment = Comment(note, AUTHOR, width=360, height=min(400, 60 + 18 * (len(note) // 48 + note.count("\n"))))


def note_of(column: Column) -> str:
    """Explain a field to the person who fills it."""
    field = column.field
    lines = [field.help]
    if field.is_list:
        lines.append("Plusieurs valeurs\u00a0: les séparer par une barre droite ( | ).")
        if 0 < len(column.choices) <= 30:
            lines.append(f"Choix\u00a0: {'; '.join(column.choices.values())}.")
    if field.example:
        example = [column.choices.get(part, part) for part in field.example.split("|")]
        lines.append(f"Exemple\u00a0: {SEPARATOR.join(example)}")
    if field.required:
        lines.append("À remplir.")
    return "\n".join(lines)


def check(sheet: Worksheet, column: int, what: Column, lists: Lists, rows: int) -> None:
    """Set what a column accepts: one of a list, or a text of the right form."""
    letter = get_column_letter(column)
    validation = _validation(what, f"{letter}2", lists)
    if validation is None:
        return
    validation.allow_blank = True
    validation.showErrorMessage = True
    validation.errorTitle = what.field.title[:32]
    validation.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(validation)


def choose(sheet: Worksheet, column: int, formula: str, rows: int) -> None:
    """Offer a list in a column without holding to it."""
    letter = get_column_letter(column)
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    validation.showErrorMessage = False
    validation.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(validation)


def finish(sheet: Worksheet, widths: Mapping[int, int], *, frozen: str) -> None:
    """Freeze the headings, set the widths, add the filter."""
    sheet.freeze_panes = frozen
    sheet.row_dimensions[1].height = 34
    for column, width in widths.items():
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = width
        dimension.number_format = TEXT  # what is typed in an empty row stays as typed too: 1/2 is no date
    sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{max(sheet.max_row, 2)}"


def save(book: Workbook, path: Path) -> None:
    """Write a workbook whole or not at all."""
    with files.replacing(path) as beside:
        book.save(beside)


def width_of(column: Column) -> int:
    """Give the width of a column by what its field may hold."""
    field = column.field
    longest = int(field.constraints.get("maxLength", 0) or 0)
    if longest > 120 or field.is_list:
        return WIDE
    chosen = max(map(len, (*column.choices.values(), *column.suggestions)), default=0)
    return max(14, min(30, len(field.title) + 4), min(34, chosen + 2))


def _validation(what: Column, cell: str, lists: Lists) -> DataValidation | None:
    field = what.field
    if what.suggestions:
        validation = DataValidation(type="list", formula1=lists.formula(what.suggestions))
        return _said(validation, "warning", "Cette municipalité n’est pas dans la liste du répertoire.")
    if field.is_list:
        return None
    if what.choices:
        validation = DataValidation(type="list", formula1=lists.formula(list(what.choices.values())))
        return _said(validation, "stop", "Choisir une valeur de la liste.")
    example = f"Écrire par exemple\u00a0: {field.example}" if field.example else "Valeur inattendue."
    if field.type == "date":
        formula = f'AND(LEN({cell})=10,MID({cell},5,1)="-",MID({cell},8,1)="-")'
    elif field.type == "integer":
        lowest, highest = field.constraints.get("minimum", 0), field.constraints.get("maximum", 9999)
        formula = f"AND(ISNUMBER(VALUE({cell})),VALUE({cell})>={lowest},VALUE({cell})<={highest})"
    elif field.code == "neq-invalide":
        formula = f"AND(LEN({cell})=10,ISNUMBER(VALUE({cell})))"
    elif field.code in ("url-invalide", "reseau-invalide"):
        formula = f'OR(LEFT({cell},8)="https://",LEFT({cell},7)="http://")'
    elif field.code == "courriel-invalide":
        formula = f'AND(ISNUMBER(FIND("@",{cell})),ISERROR(FIND(" ",{cell})))'
    elif field.code == "telephone-invalide":
        formula = f"AND(LEN({cell})>=10,LEN({cell})<=30)"
    elif field.code == "code-postal-invalide":
        formula = f"AND(LEN({cell})>=6,LEN({cell})<=7)"
    elif field.constraints.get("maxLength"):
        longest = int(field.constraints["maxLength"])
        return _said(
            DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(longest)),
            "warning",
            f"Au plus {longest} caractères.",
        )
    else:
        return None
    return _said(DataValidation(type="custom", formula1=formula), "warning", example)


def _said(validation: DataValidation, style: str, words: str) -> DataValidation:
    validation.errorStyle = style  # type: ignore[assignment]
    validation.error = words[:225]
    return validation

"""Read a spreadsheet (CSV or XLSX) as rows of texts; formulas count for the value they last had.

It knows nothing of what the columns mean.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, coordinate_to_tuple, get_column_letter

from annuaire.intake.importing import decoding, headings, marks
from annuaire.intake.importing.headings import Finder
from annuaire.processes import TooMuchWorkError, limited
from annuaire.text.problems import AnnuaireError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024  # an XLSX file is a zip: what it unpacks to is bounded too
LEAST_SECONDS = 3  # of processor, whatever the size of a file
SECONDS_BY_MB = 12  # 50,000 rows of twelve columns take a third of it
LEAST_MEMORY = 300 * 1024 * 1024  # bytes
MEMORY_BY_BYTE = 25
MOST_TIMES = 150  # what a large part of a workbook unpacks to, against its size: real ones stay under 50
LARGE = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
LAST_ROW = 1_048_576  # of a sheet; a spreadsheet where a row was deleted may name it, blank
MAX_CELL = 20_000
_SEPARATOR = re.compile("\ufeff?sep=([,;\t|])\r?\n", re.IGNORECASE)
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100_000  # characters of a CSV that tell its delimiter
UNCOMPUTED = "#CALC!"  # in place of the result of a formula that the file does not hold; what spreadsheets show then
OTHER_KINDS = (".xls", ".ods")
LOST = (
    "ancien format ou celui d’un autre logiciel\u00a0: les liens derrière les mots, les lignes cachées et les erreurs "
    "de formule ne s’y voient pas; pour les garder, l’enregistrer en .xlsx"
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Hold one row: its number as the spreadsheet shows it, its cells by column, and a fault of shape if any.

    `dates` names the columns where a workbook holds a date, `links` the address behind a cell; `is_hidden` says that
    the workbook hides the row, `repeated` names the columns whose cell there is merged with one above.
    """

    number: int
    cells: Mapping[str, str]
    fault: str = ""
    dates: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
    is_hidden: bool = False
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold the texts of one line; the ranks of those that are dates, hide an address, or come from a merged cell."""

    number: int
    texts: Sequence[str]
    dates: tuple[int, ...] = ()
    links: Mapping[int, str] = field(default_factory=dict)
    is_hidden: bool = False
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold what was read: the columns in order and the rows that are not blank."""

    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    titles_at: int = 1  # the row of the columns' titles
    name: str = ""  # of the sheet; nothing for a CSV
    above: tuple[int, ...] = ()  # the rows left above the titles, those that are not blank
    lost: str = ""  # what this kind of file keeps to itself, in words


def read(path: Path, sheet_name: str = "", find: Finder | None = None) -> Sheet:
    """Read a list; raise AnnuaireError if it is missing, too large, damaged or of another kind.

    `find` looks for the titles among the first rows; without it they are on the first that is not blank, and each
    column must have its own.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise AnnuaireError(f"Le fichier {path} ne peut pas être lu.") from error
    if size > MAX_BYTES:
        raise AnnuaireError(f"Le fichier {path.name} pèse plus de {MAX_BYTES // 1024 // 1024} Mo.")
    kind = path.suffix.lower()
    if kind == ".csv":
        lines = _csv_lines(path)
    elif kind == ".xlsx":
        sheet_name = sheet_name or (sheet_names(path)[0] if find else "")
        lines = _xlsx_lines(path, sheet_name)
    elif kind in OTHER_KINDS:
        sheet_name, lines = _other_lines(path, sheet_name)
    else:
        raise AnnuaireError(f"{path.name}\u00a0: seuls les fichiers .csv, .xlsx, .xls et .ods peuvent être importés.")
    name = f"{path.name}, feuille «\u00a0{sheet_name}\u00a0»" if sheet_name else path.name
    return replace(_sheet(lines, name, find), name=sheet_name, lost=LOST if kind in OTHER_KINDS else "")


def read_within(path: Path, sheet_name: str = "", find: Finder | None = None) -> Sheet:
    """Read a file as `read` does, within a budget of work; raise AnnuaireError past it too."""
    try:
        return limited(lambda: read(path, sheet_name, find), *budget(path))
    except TooMuchWorkError as error:
        raise AnnuaireError(f"{path.name}\u00a0: {error}.") from error


def sheet_names_within(path: Path) -> tuple[str, ...]:
    """List the sheets of a file as `sheet_names` does, within a budget of work; raise AnnuaireError past it too."""
    try:
        return limited(lambda: sheet_names(path), *budget(path))
    except TooMuchWorkError as error:
        raise AnnuaireError(f"{path.name}\u00a0: {error}.") from error


def budget(path: Path) -> tuple[int, int]:
    """Give the seconds of processor and the bytes of memory that the reading of a received file may take."""
    size = path.stat().st_size if path.is_file() else 0
    return max(LEAST_SECONDS, SECONDS_BY_MB * size // 1024 // 1024), LEAST_MEMORY + MEMORY_BY_BYTE * size


def sheet_names(path: Path) -> tuple[str, ...]:
    """List the sheets of a workbook, none for a CSV; raise AnnuaireError as `read` does."""
    if not path.is_file():
        raise AnnuaireError(f"Le fichier {path} ne peut pas être lu.")
    kind = path.suffix.lower()
    if kind in OTHER_KINDS:
        return tuple(_other_book(path).sheet_names)
    if kind != ".xlsx":
        return ()
    with _opened(path) as book:
        return tuple(book.sheetnames)


def _sheet(lines: Iterable[_Line], name: str, find: Finder | None) -> Sheet:
    filled = (line for line in lines if any(text.strip() for text in line.texts))
    first = list(islice(filled, headings.LOOKED_AT if find else 1))
    above: tuple[int, ...] = ()
    heading = find([line.texts for line in first]) if find else None
    if heading is not None:
        columns, titles_at = heading.titles, first[heading.at + heading.lines - 1].number
        above = tuple(line.number for line in first[: heading.at])
        first = first[heading.at + heading.lines :]
    elif first:
        columns, titles_at = _columns(first[0].texts, name), first[0].number
        first = first[1:]
    else:
        raise AnnuaireError(f"{name}\u00a0: aucune ligne de titres.")
    if len(columns) > MAX_COLUMNS:
        raise AnnuaireError(f"{name}\u00a0: plus de {MAX_COLUMNS} colonnes.")
    rows: list[SourceRow] = []
    for line in chain(first, filled):
        if len(rows) >= MAX_ROWS:
            raise AnnuaireError(f"{name} : plus de {MAX_ROWS} lignes; partager le fichier.")
        rows.append(_row(line, columns))
    if not columns:
        raise AnnuaireError(f"{name} : aucune ligne de titres.")
    return Sheet(columns, tuple(rows), titles_at, above=above)


def _columns(texts: Sequence[str], name: str) -> tuple[str, ...]:
    columns = [text.strip() for text in texts]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > MAX_COLUMNS:
        raise AnnuaireError(f"{name} : plus de {MAX_COLUMNS} colonnes.")
    odd = next((at for at, title in enumerate(columns) if not title or title in columns[:at]), None)
    if odd is not None:
        what = f"a le même titre qu’une autre («\u00a0{columns[odd]}\u00a0»)" if columns[odd] else "n’a pas de titre"
        raise AnnuaireError(
            f"{name}\u00a0: la colonne {get_column_letter(odd + 1)} {what}; lui en donner un à elle, ou la supprimer."
        )
    return tuple(columns)


def _row(line: _Line, columns: tuple[str, ...]) -> SourceRow:
    number, texts = line.number, line.texts
    cells = {column: texts[index] if index < len(texts) else "" for index, column in enumerate(columns)}
    fault = ""
    beyond = next((at for at, text in enumerate(texts) if at >= len(columns) and text.strip()), None)
    if beyond is not None:
        fault = (
            f"la cellule {get_column_letter(beyond + 1)}{number} est hors des colonnes qui ont un titre\u00a0: la vider"
        )
    elif any(len(text) > MAX_CELL for text in cells.values()):
        fault = f"une cellule dépasse {MAX_CELL} caractères"
    return SourceRow(
        number,
        cells,
        fault,
        frozenset(columns[at] for at in line.dates if at < len(columns)),
        {columns[at]: address for at, address in line.links.items() if at < len(columns)},
        line.is_hidden,
        frozenset(columns[at] for at in line.repeated if at < len(columns)),
    )


def _csv_lines(path: Path) -> Iterator[_Line]:
    text = unicodedata.normalize("NFC", decoding.decoded(path.read_bytes(), path.name))
    if "\x00" in text:
        raise AnnuaireError(f"{path.name} : le fichier contient des caractères nuls; ce n’est pas un CSV.")
    stated = _SEPARATOR.match(text)  # Excel's own line, which is no row
    skipped = 1 if stated else 0
    rest = text[stated.end() :] if stated else text
    delimiter = stated.group(1) if stated else _delimiter(rest)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield _Line(reader.line_num + skipped, row)
    except csv.Error as error:
        raise AnnuaireError(f"{path.name}, ligne {reader.line_num} : le CSV est mal formé.") from error


def _delimiter(text: str) -> str:
    """Tell what separates the cells: what comes most regularly, out of quotes, in the first lines that hold it."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.lstrip()[:_SAMPLE].split("\n")[: headings.LOOKED_AT]]

    def score(delimiter: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(delimiter)))
        return max((times * count, count) for count, times in counts.items()) if counts else (0, 0)

    return max(DELIMITERS, key=score)


def _xlsx_lines(path: Path, sheet_name: str) -> Iterator[_Line]:
    with _opened(path) as book:
        if sheet_name and sheet_name not in book.sheetnames:
            raise AnnuaireError(f"{path.name}\u00a0: la feuille «\u00a0{sheet_name}\u00a0» n’existe pas.")
        sheet = book[sheet_name or book.sheetnames[0]]
        sheet.reset_dimensions()  # what a workbook says of its size may be wrong: rows would be lost
        told = marks.read(path, sheet._worksheet_path)
        links: dict[int, dict[int, str]] = {}
        for name, address in told.links.items():
            row, column = coordinate_to_tuple(name)
            links.setdefault(row, {})[column - 1] = address
        uncomputed: dict[int, set[int]] = {}
        for name in told.uncomputed:
            row, column = coordinate_to_tuple(name)
            uncomputed.setdefault(row, set()).add(column - 1)
        merged: dict[int, dict[int, int]] = {}
        for (row, letters), last in told.merged.items():
            merged.setdefault(row, {})[column_index_from_string(letters) - 1] = last
        blank: object = None
        held: dict[int, tuple[object, int]] = {}  # column -> what a merged cell holds, and its last row
        for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1):
            if number > LAST_ROW:  # openpyxl gives every row that is missing before a far one
                raise AnnuaireError(
                    f"{path.name}\u00a0: le classeur est endommagé, une de ses lignes est hors de la feuille."
                )
            if number in uncomputed:
                values = [UNCOMPUTED if at in uncomputed[number] else value for at, value in enumerate(values)]
            elif values is blank:
                continue
            texts = _texts(values)
            for at, last in merged.get(number, {}).items():
                if at < len(values):
                    held[at] = (values[at], last)
            covered = [at for at, (value, last) in held.items() if number <= last and value is not None]
            repeated = tuple(at for at in covered if texts and at < len(values) and values[at] is None)
            if repeated:  # what a row shows beside the others is its own
                values = [held[at][0] if at in repeated else value for at, value in enumerate(values)]
                texts = [headings.Repeated(text) if at in repeated else text for at, text in enumerate(_texts(values))]
            if not texts:
                blank = values
            elif number > MAX_ROWS * 2:
                raise AnnuaireError(
                    f"{path.name}\u00a0: la ligne {number} est remplie, très loin sous les autres; la vider."
                )
            else:
                dates = tuple(at for at, value in enumerate(values) if isinstance(value, date | time))
                yield _Line(number, texts, dates, links.get(number, {}), number in told.hidden, repeated)


def _other_lines(path: Path, sheet_name: str) -> tuple[str, Iterator[_Line]]:
    """Give the name and the lines of a sheet of another kind of workbook, the first one if none is named."""
    book = _other_book(path)
    wanted = sheet_name or book.sheet_names[0]
    if wanted not in book.sheet_names:
        raise AnnuaireError(f"{path.name}\u00a0: la feuille «\u00a0{wanted}\u00a0» n’existe pas.")
    try:
        sheet = book.get_sheet_by_name(wanted)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:
        raise AnnuaireError(f"{path.name}\u00a0: le classeur est illisible ou endommagé.") from error
    return wanted, _other_rows(rows)


def _other_rows(rows: Iterable[Sequence[object]]) -> Iterator[_Line]:
    for number, values in enumerate(rows, start=1):
        texts = _texts([value if value != "" else None for value in values[: MAX_COLUMNS + 1]])
        if texts:
            yield _Line(number, texts, tuple(at for at, value in enumerate(values) if isinstance(value, date | time)))


def _other_book(path: Path) -> Any:
    """Open an `.xls` or `.ods` file; raise AnnuaireError when it is damaged, too large or protected."""
    import python_calamine  # for these two kinds alone

    try:
        if zipfile.is_zipfile(path):
            _check_unpacked(path)
        return python_calamine.load_workbook(path)
    except (AnnuaireError, MemoryError):
        raise
    except Exception as error:
        raise AnnuaireError(f"{path.name}\u00a0: le classeur est illisible, protégé ou endommagé.") from error


def _check_unpacked(path: Path) -> None:
    """Raise AnnuaireError when what a zip unpacks to is past what a real workbook does."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if sum(item.file_size for item in parts) > MAX_UNPACKED or any(
            item.file_size > max(LARGE, MOST_TIMES * item.compress_size) for item in parts
        ):
            raise AnnuaireError(f"{path.name}\u00a0: le classeur est trop gros une fois décompressé.")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a workbook to read it; raise AnnuaireError, there or while it is read, when it is damaged or too large."""
    try:
        _check_unpacked(path)
        with warnings.catch_warnings():  # openpyxl warns of styles and extensions that do not matter here
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except (AnnuaireError, MemoryError):
        raise
    except Exception as error:
        raise AnnuaireError(f"{path.name}\u00a0: le classeur est illisible ou endommagé.") from error


def _texts(values: Sequence[object]) -> list[str]:
    """Write the cells of a row up to the last that is not empty; openpyxl fills every row to the same width."""
    if list(values).count(None) == len(values):
        return []
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object) -> str:
    """Write a cell as a person reads it: whole numbers without decimals, dates as AAAA-MM-JJ, booleans oui/non."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else unicodedata.normalize("NFC", str(value))

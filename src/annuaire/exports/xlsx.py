"""Write a workbook (Office Open XML, ECMA-376): sheets of typed cells under a heading that stays in sight.

Written here rather than by openpyxl, which takes ten times as long for a large directory; it reads these files in the
tests. Texts are inline and typed as such: no cell is ever a formula. The same sheets give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from annuaire.shared import SHARED

LONGEST_CELL = 32_767  # characters, by Excel's own limit
LONGEST_NAME = 31  # of a sheet
_AT_ONCE = 500  # rows
_LAST_ROW = 1_048_576
_CONTROL = re.compile(SHARED["tableur"]["invisibles"] + "|[\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what a reader would take for a character written by its number
_FIRST_DAY = date(1899, 12, 30)  # the day that is 0
_MARKED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY, _TITLE = 1, 2  # ranks of the styles of cells below
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a sheet: its name, its headings, its rows (texts, numbers, days; None or "" for nothing)."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Sequence[Sheet], title: str, author: str, when: datetime) -> bytes:
    """Write sheets as a workbook said to be of `when`, whose parts bear no other date."""
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}"
    names = list(enumerate(_names(sheets), start=1))
    listed = "".join(f'<sheet name="{_attribute(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in names)
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n, _ in names
        )
        + "</Types>",
        "_rels/.rels": _relations(
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(title)}</dc:title><dc:creator>{_text(author)}</dc:creator><dc:language>fr-CA</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{n}.xml") for n, _ in names),
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(_entry(name), text.encode("utf-8"))
        for (n, _), sheet in zip(names, sheets, strict=True):
            with archive.open(_entry(f"xl/worksheets/sheet{n}.xml"), "w") as file:
                pieces = _pieces(sheet, is_first=n == 1)
                while piece := "".join(islice(pieces, _AT_ONCE)):
                    file.write(piece.encode("utf-8"))
    return buffer.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Name a part with the first date that a zip can hold, whatever the machine."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    # A third of the time of the usual level; Python 3.13 keeps this name beside its new one.
    entry._compresslevel = 3  # type: ignore[attr-defined]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Name the sheets as a spreadsheet accepts: 31 characters, none of []:*?/\\, each once."""
    taken: set[str] = set()
    for sheet in sheets:
        plain = re.sub(r"[\[\]:*?/\\]", " ", sheet.name).strip("' ")[:LONGEST_NAME].rstrip() or "Feuille"
        name, rank = plain, 2
        while name.lower() in taken:
            name, rank = f"{plain[: LONGEST_NAME - 4]} ({rank})", rank + 1
        taken.add(name.lower())
        yield name


def _pieces(sheet: Sheet, *, is_first: bool) -> Iterator[str]:
    width = len(sheet.headings)
    selected = ' tabSelected="1"' if is_first else ""
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(1, width)}" width="24" customWidth="1"/></cols><sheetData>'
    )
    columns = [_letters(rank) for rank in range(1, width + 1)]
    titles = "".join(_cell("", text, _TITLE) for text in sheet.headings)
    yield f'<row r="1">{titles}</row>'
    number = 1
    for number, row in enumerate(sheet.rows, start=2):
        if number > _LAST_ROW:
            number -= 1
            break
        # A cell says nothing of where it stands when it follows the one before; half of the bytes went there.
        cells = []
        is_next = True
        for column, value in zip(columns, row, strict=True):
            if value is None or value == "":
                is_next = False
                continue
            cells.append(_cell("" if is_next else f' r="{column}{number}"', value))
            is_next = True
        yield f'<row r="{number}">{"".join(cells)}</row>'
    end = f'</sheetData><autoFilter ref="A1:{columns[-1] if columns else "A"}{number}"/></worksheet>'
    yield end


def _cell(at: str, value: Any, style: int = 0) -> str:
    kind = type(value)
    if kind is str:
        dressed = f' s="{style}"' if style else ""
        kept = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() or "\n" in value else ""
        return f'<c{at}{dressed} t="inlineStr"><is><t{kept}>{_text(value)}</t></is></c>'
    if kind is date:
        return f'<c{at} s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    return f"<c{at}><v>{value!r}</v></c>"


def _text(text: str) -> str:
    if not text.isprintable():  # most texts are: told at once
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    if "&" in text or "<" in text or ">" in text:
        return text[:LONGEST_CELL].translate(_MARKED)
    return text[:LONGEST_CELL]


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;")


def _relations(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _letters(rank: int) -> str:
    """Name a column by its rank: 1 is A, 27 is AA."""
    letters = ""
    while rank:
        rank, rest = divmod(rank - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

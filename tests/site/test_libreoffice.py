"""LibreOffice reads each workbook and each table again, hostile cells and all, without one that differs.

Left aside where it is not installed (`apt-get install libreoffice-calc-nogui`).
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.sites import Project

PROGRAM = shutil.which("soffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
MARK = b"\xef\xbb\xbf"
# Its filter of texts: separator, quote, UTF-8, from the first line, language, texts as they are, no number guessed.
FRENCH, PLAIN = "59,34,76,1,,1036,false,false", "44,34,76,1,,1033,false,false"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def converted(folder: Path, files: Sequence[Path], kind: str, *how: str) -> Path:
    """Give the folder where LibreOffice wrote these files as another kind."""
    out = folder / "lus"
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = [str(PROGRAM), "--headless", "--norestore", profile, *how, "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return out


def shown(value: Any) -> str:
    """Write the value of a cell as a text; a date as AAAA-MM-JJ."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value)


def is_same(one: str, other: str) -> bool:
    """Tell whether two cells hold the same text or number."""
    try:
        return one == other or math.isclose(float(one.replace(",", ".")), float(other.replace(",", ".")))
    except ValueError:
        return False


def differences(wanted: Sequence[Sequence[Any]], got: Sequence[Sequence[Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield the cells that differ, with their line; cells left empty at an end count for nothing."""
    for at, row in enumerate(wanted):
        there = [*(got[at] if at < len(got) else ()), *[""] * len(row)]
        yield from ((at, a, b) for a, b in zip(map(shown, row), map(shown, there), strict=False) if not is_same(a, b))


def test_every_sheet_of_the_workbook(example: Project, tmp_path: Path) -> None:
    path = example.site / "donnees" / "entreprises.xlsx"
    out = converted(tmp_path, [path], EVERY_SHEET)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) > 10
    for sheet in book:
        with (out / f"entreprises-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
            got = list(csv.reader(file))
        assert list(differences(list(sheet.iter_rows(values_only=True)), got)) == [], sheet.title


@pytest.mark.parametrize(("delimiter", "how"), [(";", FRENCH), (",", PLAIN)], ids=["people", "programs"])
def test_every_table(example: Project, tmp_path: Path, delimiter: str, how: str) -> None:
    every = sorted(example.site.rglob("*.csv"))
    files = [path for path in every if path.read_bytes().startswith(MARK) == (delimiter == ";")]
    assert len(files) > 5
    out = converted(tmp_path, files, "xlsx", f"--infilter=Text - txt - csv (StarCalc):{how}")
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            wanted = list(csv.reader(file, delimiter=delimiter))
        sheet = openpyxl.load_workbook(out / f"{path.stem}.xlsx").worksheets[0]
        assert list(differences(wanted, list(sheet.iter_rows(values_only=True)))) == [], path.name

"""The files of the table of financing: one line for each amount, numbers that add up, whole addresses."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from .conftest import Open

pytestmark = pytest.mark.browser


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_of_financing_are_counted_with(kind: str, site: str, visit: Open, tmp_path: Path) -> None:
    with visit(site) as visited:
        visited.open("aide/financement/")
        with visited.page.expect_download() as expected:
            visited.page.locator(f"[data-export={kind}]").click()
        path = tmp_path / f"releve.{kind}"
        expected.value.save_as(path)
        programmes = visited.page.locator("tbody tr:not([hidden]) th a").all_inner_texts()
        amounts = visited.page.locator("tbody td:nth-child(4) p").count()
        without = visited.page.locator("tbody tr:not(:has(td:nth-child(4) p))").count()
    if kind == "csv":
        text = path.read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        most = [int(line["Montant maximal"]) for line in lines if line["Montant maximal"]]
    else:
        header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        titles = [str(title).removesuffix(" ($)") for title in header]
        lines = [dict(zip(titles, row, strict=True)) for row in rows]  # type: ignore[misc]
        most = [line["Montant maximal"] for line in lines if line["Montant maximal"]]  # type: ignore[misc]
        assert all(isinstance(value, int) for value in most)
    assert len(lines) == amounts + without
    assert {line["Programme"] for line in lines} == set(programmes)
    assert most
    if kind == "csv":
        assert all(line["Fiche"].startswith("http://") and line["Fiche"].endswith("/") for line in lines)
        assert not any(line["En bref"] and line["En bref"] in line["Programme"] for line in lines)

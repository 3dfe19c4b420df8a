"""What people open in a spreadsheet is said in words, runs nothing, and holds all that the tables hold."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.exporting import CHANGES, HOSTILE, RICH, table

from annuaire import exports, schema
from annuaire.exports import xlsx
from annuaire.exports.tables import RISKY
from annuaire.pages import Site
from annuaire.records.collections import COLLECTIONS, ENTERPRISES

WHEN = datetime(2026, 11, 22, 15, 4, 5)  # noqa: DTZ001 - as openpyxl gives it


@pytest.fixture(scope="module")
def book(out: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(out / "donnees/entreprises.xlsx")


def held(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    """Give the rows of a sheet by their headings."""
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_the_workbook_holds_every_table_and_their_dictionary(book: openpyxl.Workbook, out: Path) -> None:
    tables = [t for one in COLLECTIONS if one.is_published for t in schema.load(one.name).tables]
    titles = {t.title[: xlsx.LONGEST_NAME]: t for t in tables if table(out, t.name)}
    figures = [name for name in book.sheetnames if name.startswith("Chiffres, ")]
    assert book.sheetnames == [*titles, *figures, "Dictionnaire"]
    for title, own in titles.items():
        assert len(held(book, title)) == len(table(out, own.name))
        assert book[title].freeze_panes == "A2"
    words = held(book, "Dictionnaire")
    own = schema.load(ENTERPRISES).root
    said = {w["Nom dans les tables CSV"]: w["Sens"] for w in words if w["Feuille"] == own.title}
    assert said["neq"] == own.field("neq").help
    assert len(said) == len(held(book, own.title)[0])


def test_the_figures_are_in_the_workbook_and_in_files_for_people(book: openpyxl.Workbook, out: Path) -> None:
    files = sorted(path.name for path in (out / "donnees").glob("statistiques-*.csv"))
    assert len(files) == len([name for name in book.sheetnames if name.startswith("Chiffres, ")]) > 4
    text = (out / "donnees/statistiques-mrc.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfTerritoire;Entreprises;Part (%);")
    header, first, *_ = (line.split(";") for line in text.decode("utf-8-sig").split("\r\n"))
    own = held(book, "Chiffres, par territoire")[0]
    assert list(own) == header
    assert [str("" if value is None else value).replace(".", ",") for value in own.values()] == first


def test_values_are_typed_and_said_in_words(book: openpyxl.Workbook) -> None:
    rich = next(r for r in held(book, "Entreprises") if r["Adresse de la fiche"] == "coop-exemple")
    assert rich["Secteur"] == "Services aux entreprises"
    assert rich["Autres secteurs"] == "Arts et culture"
    assert (rich["Année de fondation"], rich["NEQ"]) == (1998, "1142934315")
    assert rich["Mission"] == RICH.mission, "a text that is typed as such needs no apostrophe"
    assert rich["Territoires desservis"] == "MRC de Mékinac; Tout le Québec"
    assert datetime(2026, 3, 15) in rich.values()  # noqa: DTZ001
    assert 47.43777 in [place["Latitude"] for place in held(book, "Établissements")]


def test_no_cell_is_a_formula_and_hostile_texts_come_back(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}
    hostile = next(r for r in held(book, "Entreprises") if r["Adresse de la fiche"] == "hostile")
    assert hostile["Mission"] == HOSTILE.replace("\r\n", "\n").translate({0: None, 7: None, 0xD800: None})


def test_the_workbook_bears_the_date_of_the_data_alone(out: Path, book: openpyxl.Workbook) -> None:
    assert (book.properties.created, book.properties.modified) == (WHEN, WHEN)
    assert book.properties.creator == "Pôle Exemple"
    with zipfile.ZipFile(out / "donnees/entreprises.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_have_names_that_a_spreadsheet_takes() -> None:
    sheets = [xlsx.Sheet(name, ("a",), []) for name in ("A" * 40, "a" * 31, "[x]:*?/\\", "'")]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(sheets, "T", "P", WHEN)))
    assert book.sheetnames == ["A" * 31, f"{'a' * 27} (2)", "x", "Feuille"]


@pytest.mark.parametrize("text", ["a\nb", " a ", "<&>\"'", "=1+1", "#N/A", "é" * 40_000, "12"])
def test_a_text_comes_back_as_it_is(text: str) -> None:
    data = xlsx.workbook([xlsx.Sheet("A", ("a",), [(text,)])], "T", "P", WHEN)
    cell = openpyxl.load_workbook(io.BytesIO(data))["A"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text[: xlsx.LONGEST_CELL])


def test_what_excel_would_take_for_the_number_of_a_character_is_escaped() -> None:
    data = xlsx.workbook([xlsx.Sheet("A", ("a",), [("_x0041_",)])], "T", "P", WHEN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", ["entreprises-excel", "lacunes"])
def test_a_download_for_people_opens_in_excel_in_french(out: Path, name: str) -> None:
    data = (out / f"donnees/{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") > 1
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
    assert len(header) > 5
    assert {len(row) for row in rows} == {len(header)}
    risky = [cell for row in rows for cell in row if cell[:1] in RISKY and cell.strip("+-0123456789.,")]
    assert risky == []


def test_the_page_says_which_file_is_for_whom(site: Site, tmp_path: Path) -> None:
    files = exports.write(replace(site), tmp_path, CHANGES)
    assert (files[0].url, files[0].audience) == ("donnees/entreprises.xlsx", "personnes")
    assert {f.url: f.audience for f in files}["donnees/entreprises.csv"] == "programmes"

"""The page of statistics: each drawing, table and file say one thing, the command the same, and pages lead to it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.documents import Document, read
from tests.sites import Project

from annuaire import config
from annuaire.pages.charts import MOST_BARS
from annuaire.text.typography import plain

CODES = ("ensemble", "mrc", "secteur", "forme", "adhesion", "mois", "offres")
SECTION = '<section class="section">\n<h2 id="'
BAR = re.compile(r'width="([0-9.]+)%" height="16"></rect>\s*<text[^>]*>([^<]*)</text>')


@pytest.fixture(scope="module")
def text(example: Project) -> str:
    return (example.site / "statistiques/index.html").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Give the HTML of each table by its code."""
    parts = text.split(SECTION)[1:]
    return {part.partition('"')[0]: part for part in parts}


def rows_of(example: Project, code: str) -> list[dict[str, str]]:
    """Read the file of a table, which Excel in French opens."""
    path = example.site / f"donnees/statistiques-{code}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_every_table_has_its_sentence_its_rows_and_its_file(example: Project, text: str) -> None:
    found = sections(text)
    assert tuple(found) == CODES
    for code, html in found.items():
        document = Document(html)
        listed = rows_of(example, code)
        assert f'href="../donnees/statistiques-{code}.csv"' in html
        assert len(document.all("p")[0].text) > 20
        heads = [e.text for e in document.all("th", scope="row")]
        assert heads == [plain(next(iter(row.values()))) for row in listed]
        cells = [re.sub(r"[\u00a0 %]", "", e.text) for e in document.all("td")]
        assert cells == [value for row in listed for value in list(row.values())[1:]]


@pytest.mark.parametrize("code", ["mrc", "secteur", "forme", "adhesion", "offres"])
def test_a_drawing_shows_the_numbers_of_its_table(example: Project, text: str, code: str) -> None:
    key = "Offres" if code == "offres" else "Entreprises"
    listed = [row for row in rows_of(example, code) if row[key] != "0"][:MOST_BARS]
    drawn = BAR.findall(sections(text)[code])
    assert len(drawn) == len(listed) > 1
    most = int(listed[0][key])
    for (width, said), row in zip(drawn, listed, strict=True):
        assert float(width) == pytest.approx(66 * int(row[key]) / most, abs=0.01)
        part = f" ({row['Part (%)']} %)" if "Part (%)" in row else ""
        assert said.replace("\u00a0", " ") == f"{row[key]}{part}"


def test_drawings_are_named_and_bear_no_style_nor_script(text: str) -> None:
    document = Document(text)
    drawings = document.all("svg", role="img")
    assert len(drawings) == 5
    for drawing in drawings:
        assert set(drawing.attributes["aria-labelledby"].split()) <= set(document.ids)
    inside = re.findall(r'<svg class="chart".*?</svg>', text, re.S)
    assert not [html for html in inside if re.search(r"style|script|href|\bon\w+=", html)]


def test_pages_lead_to_it(example: Project) -> None:
    for page, link in (("", ""), ("territoires/", "../"), ("regions/exemple/", "../../"), ("a-propos/", "../")):
        references = read(example.site / page / "index.html").references
        assert f"{link or './'}statistiques/".removeprefix("./") in {r.removeprefix("./") for r in references}
    assert "statistiques-mrc.csv" in (example.site / "donnees/index.html").read_text(encoding="utf-8")


def test_the_command_gives_the_figures_of_the_page(example: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "today", lambda: date(2026, 11, 2))  # the day of the data, which the page has
    for by in ("mrc", "secteur", "forme", "adhesion"):
        done = example.call("stats", "--format", "csv", "--par", by)
        assert (done.returncode, done.stderr) == (0, "")
        told = [
            [value for key, value in row.items() if key not in ("code", "libelle")]
            for row in csv.DictReader(io.StringIO(done.stdout))
        ]
        own = [[value.replace(",", ".") for value in row.values()] for row in rows_of(example, by)]
        assert told == [row[1:] for row in own], "one file names rows, the other says them"
    long = list(csv.DictReader(io.StringIO(example.call("stats", "--format", "csv").stdout)))
    assert {row["tableau"] for row in long} == set(CODES)
    told = json.loads(example.call("stats", "--format", "json").stdout)
    assert [table["code"] for table in told["tableaux"]] == list(CODES)
    assert (told["date"], told["depuis"], told["compare"]) == ("2026-11-02", "2025-11-02", False)
    assert told["tableaux"][1]["lignes"][0]["code"] == "997"


def test_the_workbook_holds_numbers(example: Project, tmp_path: Path) -> None:
    path = tmp_path / "bilan.xlsx"
    assert example.call("stats", "--format", "xlsx", "--sortie", str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["Phrases", "Vue d’ensemble", "Par territoire"]
    sheet = book["Par territoire"]
    assert [cell.value for cell in sheet[1]][:3] == ["Territoire", "Entreprises", "Part"]
    assert [cell.value for cell in sheet[2]][:2] == ["Exempleville", int(rows_of(example, "mrc")[0]["Entreprises"])]
    again = example.call("stats", "--format", "xlsx", "--sortie", str(path))
    assert (again.returncode, "existe déjà" in again.stderr) == (2, True)


def test_the_report_says_since_when_and_refuses_what_is_no_day(example: Project) -> None:
    said = example.call("stats", "--since", "2026-04-01").stdout.replace("\u00a0", " ")
    assert "Fiches ajoutées depuis le 1er avril 2026" in said
    assert "ne remonte pas avant ce jour" in said
    for words in (
        ["--since", "2026-13-01"],
        ["--since", "2999-01-01"],
        ["--gaps", "--par", "mrc"],
        ["--gaps", "--format", "json"],
    ):
        refused = example.call("stats", *words)
        assert (refused.returncode, refused.stdout) == (2, ""), words


def test_a_year_is_compared_with_the_one_before(project: Project) -> None:
    """What the history knows of the first day, and the closing since, are told side by side."""
    path = project.record("navette-exemple")
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "statut: active", f"statut: fermee\ndate_fermeture: {date(2026, 11, 20)}"
        ),
        encoding="utf-8",
    )
    done = project.call("stats", "--since", "2026-11-03", "--par", "secteur", "--format", "csv")
    row = next(row for row in csv.DictReader(io.StringIO(done.stdout)) if row["code"] == "transport")
    assert (row["entreprises"], row["fermees"], row["avant"], row["ecart"]) == ("0", "1", "1", "-1")

"""The figures of a year, from a real history of months: drawn on the page, and the same in each form of the command."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.documents import Document
from tests.sites import GIT_ENVIRONMENT, Project

from annuaire import config

TODAY = date(2026, 11, 2)
MONTHS = [f"2024-{month:02}" for month in range(8, 13)] + [
    f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)
]
COUNTS = {month: 8 + rank for rank, month in enumerate(MONTHS[: MONTHS.index("2026-11")])}  # at the end of each
WAITING = re.compile(r"^verification:\n  statut: confirmee\n  date: .*\n  par: .*\n", re.MULTILINE)
COLUMN = re.compile(r'<rect class="chart__bar( chart__bar--light)?" x="[^"]+" y="\d+" width="[^"]+" height="(\d+)">')
BY = ("mrc", "secteur", "forme", "adhesion")


def commit(root: Path, day: str) -> None:
    when = f"{day}T12:00:00+00:00"
    known = {**os.environ, **GIT_ENVIRONMENT, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for words in (["add", "-A"], ["commit", "-q", "-m", day]):
        subprocess.run(["git", "-C", str(root), *words], env=known, check=True, capture_output=True)


@pytest.fixture(scope="module", name="months")
def site_of_months(laid: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build the Exemple site with a record more each month, nobody vouching for any before the last one."""
    made = laid.copy(tmp_path_factory.mktemp("mois") / "site")
    shutil.rmtree(made.root / ".git")
    subprocess.run(["git", "init", "-q", "-b", "main", str(made.root)], check=True)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(made.enterprises.glob("*.yml"))}
    # A closing would be counted from its date on; here a record is one more enterprise, and nothing else.
    open_ones = [path for path, text in texts.items() if "\nstatut: active\n" in text and "fusionnee_avec" not in text]
    for path in texts:
        path.unlink()
    for rank, month in enumerate(COUNTS):
        for path in open_ones[: 8 + rank]:
            path.write_text(WAITING.sub("verification:\n  statut: a-confirmer\n", texts[path]), encoding="utf-8")
        commit(made.root, f"{month}-15")
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    commit(made.root, TODAY.isoformat())
    made.build()
    return made


def test_the_page_draws_the_months_that_git_knows(months: Project) -> None:
    text = (months.site / "statistiques/index.html").read_text(encoding="utf-8")
    section = next(part for part in text.split('<h2 id="')[1:] if part.startswith("mois"))
    rows = [[cell.text for cell in Document(row).all("td")] for row in re.findall(r"<tr>.*?</tr>", section)][1:]
    assert [int(whole) for whole, _ in rows] == [*COUNTS.values(), 38]
    assert [int(part) for _, part in rows] == [0] * len(COUNTS) + [33]
    drawn = [(bool(light), int(height)) for light, height in COLUMN.findall(section)]
    wholes = [height for is_whole, height in drawn if is_whole]
    shown = [*COUNTS.values(), 38][-24:]
    assert wholes == [round(150 * count / max(shown)) for count in shown]
    assert [height for is_whole, height in drawn if not is_whole] == [0] * 23 + [round(150 * 33 / 38)]
    words = section.replace("\u00a0", " ")
    assert "De 8 entreprises à la fin d’août 2024 à 38 le 2 novembre 2026; fiches vérifiées, de 0 à 33." in words
    assert "Les 24 derniers mois; le tableau les a tous." in words
    assert ">décembre 2024<" in words
    assert ">novembre 2026<" in words


def from_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def from_json(text: str) -> list[list[str]]:
    (table,) = json.loads(text)["tableaux"]
    return [["" if value is None else str(value) for value in row.values()] for row in table["lignes"]]


def numbers(row: list[str]) -> list[str]:
    """Give the cells of a row as plain numbers: « 36,8 % » is 36.8, « +2 » is 2, « — » nothing."""
    plain = [re.sub(r"[\u00a0\u202f %+]", "", cell).replace(",", ".").replace("−", "-") for cell in row]
    return ["" if cell in ("—", "–", "") else f"{float(cell):g}" for cell in plain]


@pytest.mark.parametrize("since", ["", "2025-11-01", "2026-06-01"])
@pytest.mark.parametrize("by", BY)
def test_each_form_gives_the_same_figures(
    months: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, since: str
) -> None:
    monkeypatch.setattr(config, "today", lambda: TODAY)
    words = ["stats", "--par", by, *(["--since", since] if since else [])]
    book = tmp_path / "rapport.xlsx"

    def call(*more: str) -> str:
        done = months.call(*words, *more)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    rows = from_csv(call("--format", "csv"))
    assert len(rows) > 1
    assert from_json(call("--format", "json")) == rows
    call("--format", "xlsx", "--sortie", str(book))
    sheet = openpyxl.load_workbook(book).worksheets[-1]
    laid: list[Any] = [*sheet.iter_rows(values_only=True)]
    cells = [["" if value is None else str(value) for value in row] for row in laid[1:]]
    assert [row[1:] for row in cells] == [row[2:] for row in rows]
    if not since:
        kept = (months.site / f"donnees/statistiques-{by}.csv").read_text(encoding="utf-8-sig")
        published = [
            [row[0], *(cell.replace(",", ".") for cell in row[1:])]
            for row in csv.reader(io.StringIO(kept), delimiter=";")
        ]
        assert published[1:] == cells, "the page counts from a year before too"
    text = call("--format", "text")
    for row in rows:
        line = next(line for line in text.splitlines() if line.startswith(row[1]))
        assert numbers(re.split(r" {2,}", line.removeprefix(row[1]).strip())) == [n for n in numbers(row[2:]) if n], (
            line
        )


def test_a_year_starts_from_the_day_that_is_asked(months: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """On 1 June 2026 there were as many as at the end of May; each of those who came since is new."""
    monkeypatch.setattr(config, "today", lambda: TODAY)
    done = months.call("stats", "--since", "2026-06-01", "--par", "mrc", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert sum(int(row["avant"]) for row in rows) == COUNTS["2026-05"]
    assert sum(int(row["ajoutees"]) for row in rows) == 38 - COUNTS["2026-05"]
    assert sum(int(row["entreprises"]) for row in rows) == 38

"""Two rows of one name and one municipality: each is compared with the record it made, however the list is edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.test_import_told import imported
from tests.unit.test_preparing import as_csv, records

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport, Outcome

TITLES = ["Nom", "Adresse", "Ville", "Téléphone", "NEQ"]
FIRST = ["Halte Exemple", "1, rue A", "Shawinigan", "819 555-0142", ""]
SECOND = ["Halte Exemple", "2, rue B", "Shawinigan", "819 555-0143", ""]
THIRD = ["Halte Exemple", "3, rue C", "Shawinigan", "819 555-0144", ""]
LAST = ["Atelier Z", "", "Saint-Tite", "", "1149999996"]
NEQ = "1142934315"


def again(site: Path, book: Path, *rows: list[str]) -> ImportReport:
    return importing.run(as_csv(site / "liste.csv", [TITLES, *rows]), book, config.load(site / "mkdocs.yml"))


def changed(row: list[str], at: int, value: str) -> list[str]:
    return [value if rank == at else cell for rank, cell in enumerate(row)]


@pytest.mark.parametrize(
    "rows",
    [
        (SECOND, FIRST),
        (SECOND,),
        (THIRD, FIRST, SECOND),
        (changed(FIRST, 4, NEQ), SECOND),
        (FIRST, changed(SECOND, 4, NEQ)),
        (SECOND, changed(FIRST, 4, NEQ)),
    ],
)
def test_an_edit_of_the_list_leaves_each_row_its_record(site: Path, rows: tuple[list[str], ...]) -> None:
    _, book = imported(site, [TITLES, FIRST, SECOND, LAST])
    one, two = of_two(site)
    before = {slug: records(site)[slug]["etablissements"] for slug in (one, two)}
    report = again(site, book, *rows)
    assert {slug: records(site)[slug]["etablissements"] for slug in (one, two)} == before
    slugs = {"1": one, "2": two}
    for row, cells in zip(report.rows, rows, strict=True):
        wanted = slugs.get(cells[1][0])
        assert row.slug == wanted if wanted else row.outcome is Outcome.CREATED
    assert again(site, book, *rows).counts[Outcome.UNCHANGED] == len(rows)
    assert len(records(site)) == 3 + (THIRD in rows)


def of_two(site: Path) -> list[str]:
    return sorted(slug for slug, values in records(site).items() if values["nom"] == "Halte Exemple")


def test_an_edited_row_updates_its_own_record(site: Path) -> None:
    _, book = imported(site, [TITLES, FIRST, SECOND, LAST])
    one, two = of_two(site)
    report = again(site, book, changed(SECOND, 3, "819 555-0199"), FIRST)
    assert [(row.slug, row.outcome) for row in report.rows] == [(two, Outcome.UPDATED), (one, Outcome.UNCHANGED)]


def test_a_row_that_left_is_told_each_time(site: Path) -> None:
    _, book = imported(site, [TITLES, FIRST, SECOND, LAST])
    one, _ = of_two(site)
    for _ in range(2):
        assert any(note.startswith(f"{one} ") for note in again(site, book, SECOND).missing)

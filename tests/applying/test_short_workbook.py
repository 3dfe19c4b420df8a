"""The short workbook: twelve columns on one sheet, where the first place of an enterprise stands beside it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.applying.test_apply import apply, diff
from tests.applying.test_calls import SLUG
from tests.applying.test_workbook import Book, texts
from tests.sites import Project

from annuaire.intake.applying import report
from annuaire.yamlfile import source

SHEET = "Entreprises"


def make(project: Project, *options: str) -> Path:
    path = project.root.parent / "court.xlsx"
    path.unlink(missing_ok=True)
    done = project.call("template", str(path), "--court", *options)
    assert done.returncode == 0, done.stderr
    return path


def test_it_has_twelve_columns_and_answers_in_labels(project: Project) -> None:
    book = openpyxl.load_workbook(make(project, "--fiches", SLUG))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [SHEET, "Mode d’emploi"]
    titles, values = book[SHEET].iter_rows(max_row=2, values_only=True)
    assert len(titles) == 12 + 2
    line = dict(zip(titles, values, strict=True))
    assert line["Forme juridique *"] == "Organisme à but non lucratif"
    assert line["Téléphone"] == "819 555-0110"


def test_untouched_it_changes_nothing(project: Project) -> None:
    before = texts(project)
    (outcome,) = apply(project, make(project, "--fiches", "toutes"))
    assert outcome.is_whole, report([outcome])
    assert texts(project) == before


def test_what_is_corrected_goes_to_the_record_and_its_first_place(project: Project) -> None:
    book = Book(make(project, "--fiches", SLUG))
    book.set(SHEET, 2, Téléphone="819-555-0199", Forme_juridique="coop de travail")
    before = project.record(SLUG).read_text(encoding="utf-8")
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    added = [line for line in diff(before, project.record(SLUG).read_text(encoding="utf-8")) if line[0] == "+"]
    assert added == ["+forme_juridique: cooperative-de-travail", '+    telephone: "819 555-0199"']


@pytest.mark.parametrize("form", ["OBNL", "Organisme à but non lucratif", "osbl"])
def test_a_new_enterprise_is_one_row(project: Project, form: str) -> None:
    book = Book(make(project))
    town = source.read(project.record(SLUG)).values["etablissements"][0]["municipalite"]
    book.set(SHEET, 2, Nom="Atelier tout neuf", Municipalité=town, Forme_juridique=form, Site_web="www.exemple.org")
    (outcome,) = apply(project, book.save())
    assert outcome.is_accepted, report([outcome])
    values = source.read(project.record("atelier-tout-neuf")).values
    assert values["etablissements"] == [{"municipalite": town}]
    assert (values["forme_juridique"], values["site_web"]) == ("obnl", "https://www.exemple.org")

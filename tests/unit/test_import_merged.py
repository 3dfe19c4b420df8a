"""Lists whose cells are merged, over rows of data or of titles; columns that a title alone would misplace."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.unit.test_preparing import as_csv, cells, corrected, prepared, records

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import headings, reading


def merged(path: Path, rows: list[list[str | None]], *spans: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for span in spans:
        book.active.merge_cells(span)
    book.save(path)
    return path


def test_a_cell_merged_over_several_rows_is_read_on_each_and_told(site: Path) -> None:
    rows: list[list[str | None]] = [
        ["Nom", "Ville", "Secteur", "Date de vérification"],
        ["Coop Exemple", "Shawinigan", "Habitation", "28/11/2025"],
        ["Atelier Exemple", None, None, "05/06/2025"],
        ["Halte Exemple", "La Tuque", None, None],
        [None, None, None, None],
    ]
    listed = merged(site / "liste.xlsx", rows, "B2:B3", "C2:C5")
    _, output = prepared(site, listed)
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    found = {str(values["nom"]): values for values in records(site).values()}
    assert {name: values["secteur"] for name, values in found.items()} == dict.fromkeys(found, "habitation")
    assert found["Atelier Exemple"]["etablissements"] == [{"municipalite": "Shawinigan"}]
    told = " ".join(words for row in report.rows for words in row.changes)
    assert told.count("cellule fusionnée") == 3
    assert "se lit de deux façons" in told, "a date that is not sure takes no row away"


def test_titles_merged_over_two_rows_are_read_with_those_beside(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["Liste"],
        ["Entreprise", "Adresse", None, "Courriel", "Fondée"],
        [None, "No", "Rue", "Général", "en"],
        ["Coop Exemple", "10", "rue Exemple", "a@exemple.example", "2001"],
    ]
    listed = merged(tmp_path / "liste.xlsx", rows, "A1:E1", "A2:A3", "B2:C2")
    sheet = reading.read(listed, find=headings.guessed)
    assert sheet.columns == ("Entreprise", "Adresse No", "Adresse Rue", "Courriel Général", "Fondée en")
    assert [row.cells["Entreprise"] for row in sheet.rows] == ["Coop Exemple"]


def test_a_column_of_addresses_is_never_taken_for_the_name(site: Path) -> None:
    rows = [["Col", "Direction", "Ville"], ["", "a@x.example", "La Tuque"], ["", "b@y.example", "Shawinigan"]]
    _, output = prepared(site, as_csv(site / "liste.csv", rows))
    assert cells(output, "Colonnes")["Direction"]["Va dans"] != "Nom"


def test_a_value_that_is_the_same_as_its_title_is_a_value(tmp_path: Path) -> None:
    rows = [
        ["Nom", "Ville", "Habitation"],
        ["Coop Exemple", "La Tuque", "Habitation"],
        ["Atelier Exemple", "Batiscan", ""],
    ]
    sheet = reading.read(as_csv(tmp_path / "liste.csv", rows), find=headings.guessed)
    assert [row.cells["Nom"] for row in sheet.rows] == ["Coop Exemple", "Atelier Exemple"]


def test_what_a_merged_cell_tells_of_a_place_to_hide_is_not_quoted(site: Path) -> None:
    rows: list[list[str | None]] = [
        ["Nom", "Ville", "Adresse"],
        ["Coop Exemple", "Shawinigan", "12, rue Cachée"],
        ["Maison d’hébergement Exemple pour femmes", "Shawinigan", None],
    ]
    listed = merged(site / "liste.xlsx", rows, "C2:C3")
    _, output = prepared(site, listed)
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    told = [words for row in report.rows for words in row.changes]
    assert any("lieu à protéger" in words for words in told)
    assert not any("Cachée" in words for words in told)


def test_half_of_an_address_is_not_taken_for_it(site: Path) -> None:
    rows = [
        ["Nom", "Adresse No", "Adresse Rue", "Ville"],
        ["Coop Exemple", "12", "rue Exemple", "La Tuque"],
        ["Atelier Exemple", "14", "rue Exemple", "Batiscan"],
    ]
    _, output = prepared(site, as_csv(site / "liste.csv", rows))
    assert cells(output, "Colonnes")["Adresse No"]["Va dans"] != "Adresse"
    assert cells(output, "Colonnes")["Adresse Rue"]["Va dans"] == "Adresse"

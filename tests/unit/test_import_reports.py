"""What a preparation and an import say of a list: where its titles are, what was left, how to decide."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from tests.unit.test_preparing import as_csv, cells, corrected, prepared

from annuaire import config
from annuaire.intake import importing


def test_a_row_of_data_longer_than_the_others_is_not_the_titles(site: Path) -> None:
    rows = [["Liste de 2026"], ["Nom", "Ville"], ["Exemple A", "Shawinigan"], ["Exemple B", "La Tuque"]]
    rows += [["Exemple C", "La Tuque", "note ajoutée à côté", "encore"], ["Exemple D", "Shawinigan"]]
    said, output = prepared(site, as_csv(site / "liste.csv", rows))
    assert "Titres lus\u00a0: ligne 2, «\u00a0Nom\u00a0», «\u00a0Ville\u00a0»" in said
    assert "Ligne 1, au-dessus des titres\u00a0: laissée." in said
    assert {name: row["Va dans"] for name, row in cells(output, "Colonnes").items()}["Nom"] == "Nom"


def test_rows_above_titles_that_nobody_knows_are_told(site: Path) -> None:
    rows = [["Qui", "Quoi"], ["Exemple A", "Un"], ["Exemple C", "La Tuque", "note", "encore"], ["Exemple D", "Deux"]]
    said, _ = prepared(site, as_csv(site / "liste.csv", rows))
    assert "Lignes 1 et 2, au-dessus des titres\u00a0: 2 lignes laissées." in said


def test_a_workbook_without_words_sends_nobody_to_their_sheet(site: Path) -> None:
    listed = as_csv(site / "liste.csv", [["Nom", "Ville"], ["Exemple A", "Shawinigan"]])
    _, output = prepared(site, listed)
    assert "Mots" not in openpyxl.load_workbook(output).sheetnames
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"), dry_run=True)
    assert "Mots" not in report.how_to_decide
    assert "répondre oui à «\u00a0Toute la liste est faite d’entreprises d’économie sociale" in report.how_to_decide


def test_one_change_of_form_is_said_in_the_singular(site: Path) -> None:
    rows = [["Nom", "Ville", "Adresse"], ["Exemple A", "Shawinigan", "12 rue Exemple"]]
    listed = as_csv(site / "liste.csv", rows)
    _, output = prepared(site, listed)
    corrected(output, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"), dry_run=True)
    assert " 1 retouche de forme" in report.as_text()

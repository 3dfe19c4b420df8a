"""Drop a list that nobody described in reception/: its mapping is proposed, then the list is imported with it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.applying.test_reception import Forge, forge
from tests.sites import Project
from tests.unit.test_preparing import as_book, as_csv, cells, corrected

from annuaire.intake import lists
from annuaire.places import territories

__all__ = ["forge"]
LIST = [
    ["Membres de l’Exemple", "", "", "", ""],
    ["Organisme", "Ville", "Téléphone", "Forme", "Responsable"],
    ["Coop du Secret", "Ville-Secrète", "819 555-0142", "OBNL", "Marie Secret"],
    ["Atelier du Secret", "Ville-Secrète", "819 555-0143", "Marie Secret", "Marie Secret"],
    ["Relais du Secret", "Ville-Secrète", "819 555-0144", "OBNL", "Jean Secret"],
    ["Halte du Secret", "Ville-Secrète", "819 555-0145", "OBNL", "Jean Secret"],
]
MAPPING = "content/import/membres-correspondance.xlsx"


@pytest.fixture
def town(project: Project) -> str:
    """Give a municipality of the site that has no homonym."""
    known = territories.load(project.settings.own_tables)
    own = {mrc.code for mrc in known.mrcs_of(project.settings.regions)}
    return next(name for name, found in known.by_name.items() if len(found) == 1 and found[0].mrc in own)


def rows(town: str) -> list[list[str]]:
    return [[cell.replace("Ville-Secrète", town) for cell in row] for row in LIST]


def test_a_list_becomes_a_mapping_that_says_nothing_of_a_row(forge: Forge, town: str) -> None:
    before = sorted(path.name for path in forge.project.enterprises.iterdir())
    forge.drop(as_book(forge.straw / "x.xlsx", rows(town)), "Membres.xlsx")
    forge.run("apply")
    forge.run("propose")
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "Organisme → Nom" in body
    assert "Membres-correspondance.xlsx" in body
    assert "Secret" not in body
    assert sorted(path.name for path in forge.project.enterprises.iterdir()) == before
    book = openpyxl.load_workbook(forge.project.root / MAPPING)
    said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert not [text for text in said if "Secret" in text or "555" in text]
    assert "OBNL" in said
    names = forge.git("--git-dir", str(forge.origin), "ls-tree", "-r", "--name-only", "depot")
    assert MAPPING in names
    assert "reception/Membres.xlsx" not in names


def test_the_list_and_its_corrected_mapping_make_records(forge: Forge, town: str) -> None:
    listed = as_csv(forge.straw / "x.csv", rows(town))
    forge.drop(listed, "membres.csv")
    forge.run("apply")
    mapping = forge.project.root / MAPPING
    corrected(mapping, "Réglages", "Toute la liste est faite d’entreprises d’économie sociale", "Valeur", "oui")
    assert cells(mapping, "Colonnes")["Organisme"]["Va dans"] == "Nom"
    forge.drop(mapping, "membres-correspondance.xlsx")
    forge.drop(listed, "membres.csv")
    forge.run("apply")
    forge.run("propose")
    names = forge.git("--git-dir", str(forge.origin), "ls-tree", "-r", "--name-only", "depot")
    assert "content/enterprises/coop-du-secret.yml" in names
    assert "content/import/membres-correspondance-etat.json" in names
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "4 créées" in body
    assert "Secret" not in body


def test_a_mapping_without_its_list_and_a_damaged_list_are_refused(project: Project, tmp_path: Path) -> None:
    folder = project.root / "reception"
    folder.mkdir(exist_ok=True)
    damaged = folder / "membres.ods"
    damaged.write_bytes(b"PK\x03\x04")
    said = "\n".join(lists.receive([damaged], project.settings))
    assert "refusé" in said
    assert not damaged.exists()


def test_what_leads_elsewhere_is_no_list(project: Project) -> None:
    secret = project.root / "secret.csv"
    secret.write_text("Nom;Ville\nA;B\n", encoding="utf-8")
    link = project.root / "liste.csv"
    link.symlink_to(secret)
    assert lists.receive([link], project.settings) == []
    assert link.is_symlink()

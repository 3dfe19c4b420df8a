"""Read folders of records and lay each file against its schema."""

import os
from datetime import date
from pathlib import Path

import pytest

from annuaire.records.reading import Folder, Record, from_document
from annuaire.schema import load
from annuaire.yamlfile import source

SCHEMA = load("enterprises")
TEXT = """\
nom: Coop Exemple
forme_juridique: obnl
statut: active
secteur: petite-enfance
secteurs_secondaires: [habitation]
etablissements:
  - municipalite: La Tuque
    latitude: "47.4"
verification:
  statut: confirmee
  date: 2026-02-30
"""


def lay(text: str) -> Record:
    return from_document(source.parse(text, Path("coop-exemple.yml")), "coop-exemple.yml", SCHEMA)


def test_cells_are_every_value_in_its_place() -> None:
    record = lay(TEXT)
    assert record.slug == "coop-exemple"
    assert record.shape == []
    assert {cell.path: cell.value for cell in record.cells} == {
        ("nom",): "Coop Exemple",
        ("forme_juridique",): "obnl",
        ("statut",): "active",
        ("secteur",): "petite-enfance",
        ("secteurs_secondaires",): ["habitation"],
        ("etablissements", 0, "municipalite"): "La Tuque",
        ("etablissements", 0, "latitude"): "47.4",
        ("verification", "statut"): "confirmee",
        ("verification", "date"): "2026-02-30",
    }


def test_values_are_reached_by_path() -> None:
    record = lay(TEXT)
    assert record.text("etablissements", 0, "municipalite") == "La Tuque"
    assert record.text("etablissements", 1, "municipalite") == ""
    assert record.text("secteurs_secondaires") == ""
    assert record.count("etablissements") == 1
    assert record.count("nom") == 0
    assert record.items("etablissements") == [{"municipalite": "La Tuque", "latitude": "47.4"}]
    assert record.items("verification") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-02-28", date(2026, 2, 28)), ("2026-02-30", None), ("20260228", None), ("٢٠٢٦-٠٢-٢٨", None), ("", None)],
)
def test_day(text: str, day: date | None) -> None:
    record = lay(TEXT.replace("2026-02-30", f'"{text}"'))
    assert record.day("verification", "date") == day


def test_unreadable_record_has_no_cell() -> None:
    record = lay(TEXT + "nom: encore\n")
    assert not record.is_readable
    assert lay("nom: [").cells == []


def test_folder_lists_records_and_what_went_astray(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yml", "c.yaml", "d.yml.txt", "LISEZ-MOI.md", ".cache.yml", "photo.jpg", "e.yml~"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "dossier").mkdir()
    records = Folder(tmp_path, tmp_path, SCHEMA).read()
    assert [record.file for record in records] == ["a.yml", "b.yml", "c.yaml", "d.yml.txt", "dossier"]
    assert [record.is_readable for record in records] == [True, True, False, False, False]
    assert [record.slug for record in records[:2]] == ["a", "b"]


def test_folder_reads_again_only_what_changed(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    folder = Folder(tmp_path, tmp_path.parent, SCHEMA)
    before = folder.read()
    (tmp_path / "b.yml").write_text(TEXT.replace("Exemple", "Changée"), encoding="utf-8")
    os.utime(tmp_path / "b.yml", ns=(1, 1))
    (tmp_path / "c.yml").write_text(TEXT, encoding="utf-8")
    after = folder.read()
    assert after[0] is before[0]
    assert after[1].text("nom") == "Coop Changée"
    assert after[2].file == f"{tmp_path.name}/c.yml"
    (tmp_path / "a.yml").unlink()
    assert [record.slug for record in folder.read()] == ["b", "c"]


def test_missing_folder_is_empty(tmp_path: Path) -> None:
    assert Folder(tmp_path / "absent", tmp_path, SCHEMA).read() == []

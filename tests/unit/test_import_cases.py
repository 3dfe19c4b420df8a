"""Lists as spreadsheets leave them: each is read right, or refused with the row and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

LISTS = Path(__file__).with_name("lists")


def imported(site: Path, name: str) -> tuple[ImportReport, dict[str, dict[str, object]]]:
    """Import a case; give the report and the records by the name of their file."""
    folder = site / "content" / "import"
    shutil.copytree(LISTS, folder, dirs_exist_ok=True)
    report = importing.run(next(folder.glob(f"cas-{name}.*")), folder / "cas.yml", config.load(site / "mkdocs.yml"))
    files = sorted((site / "content" / "enterprises").glob("*.yml"))
    return report, {path.stem: source.read(path).values for path in files}


def test_the_error_of_a_formula_is_left_and_told(site: Path) -> None:
    report, records = imported(site, "01-erreurs-de-formule")
    assert len(records) == 1
    assert "mission" not in next(iter(records.values()))
    assert report.rows[0].reason == "la ligne n’a pas de nom"
    assert any("formule en erreur" in change for change in report.rows[1].changes)


def test_a_list_of_an_old_mac(site: Path) -> None:
    records = imported(site, "02-mac-roman")[1]
    assert [record["nom"] for record in records.values()] == ["Coopérative Héron à Shawinigan"]


def test_one_row_in_another_encoding_is_named(site: Path) -> None:
    with pytest.raises(AnnuaireError, match="ligne 3"):
        imported(site, "04-utf8-une-ligne-ansi")


def test_yes_and_no_whatever_their_writing(site: Path) -> None:
    records = imported(site, "07-confidentiel-oui-non")[1]
    hidden = [record["nom"] for record in records.values() if record.get("adresse_confidentielle") == "oui"]
    assert sorted(map(str, hidden)) == ["Coop Oui", "Coop Vrai"]
    assert len(records) == 4


def test_the_protection_of_formulas_is_taken_away(site: Path) -> None:
    (record,) = imported(site, "08-protection-de-formule")[1].values()
    assert record["nom"] == "+Coop Plus"
    assert record["neq"] == "1142934315"
    assert "12, rue X" in str(record["etablissements"])


def test_the_titles_are_found_under_the_title_of_the_list(site: Path) -> None:
    report, records = imported(site, "09-sep-et-titre")
    assert [record["nom"] for record in records.values()] == ["Coop A"]
    assert report.read_at.startswith("Titres lus\u00a0: ligne 3, «\u00a0Nom\u00a0», «\u00a0Adresse\u00a0»")


def test_links_keep_what_names_the_page(site: Path) -> None:
    report, records = imported(site, "06-liens-a-parametre")
    found = {str(record["nom"]): (record.get("site_web"), record.get("reseaux")) for record in records.values()}
    assert found == {
        "Coop Vidéo": (None, {"youtube": "https://www.youtube.com/watch?v=abc123"}),
        "Coop Liste": (None, {"youtube": "https://www.youtube.com/playlist?list=PL12"}),
        "Coop Renvoi": ("https://coop.example", None),
        "Coop Album": (None, {"facebook": "https://www.facebook.com/media/set?set=a.1"}),
        "Coop Partage": (None, None),
    }
    assert any("sert à partager une page" in change for change in report.rows[4].changes)


def test_a_cell_that_became_a_date_is_left_and_told(site: Path) -> None:
    report, records = imported(site, "11-adresse-devenue-date")
    (record,) = records.values()
    assert "mission" not in record
    assert "2026" not in str(record["etablissements"])
    assert sum("le tableur en a fait une date" in change for change in report.rows[0].changes) == 2


def test_a_hidden_row_is_told_and_the_link_of_a_cell_is_read(site: Path) -> None:
    report, records = imported(site, "12-ligne-cachee-et-lien")
    told = {row.name: any("cachée dans le classeur" in change for change in row.changes) for row in report.rows}
    assert told == {"Coop Visible": False, "Coop Cachée": True, "Coop Lien": False}
    linked = records["coop-lien"]
    assert linked["site_web"] == "https://liens.example.org"
    assert "info@liens.example.org" in str(linked["etablissements"])

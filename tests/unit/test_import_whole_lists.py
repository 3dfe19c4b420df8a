"""What one setting says of a whole list: its municipality, lists in cells, constants."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.test_import_normalising import DEFAULT, MAPPING, SITE, imported, place

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport, Outcome
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source


def without_town(site: Path, more: str, *rows: dict[str, str]) -> tuple[ImportReport, dict[str, dict[str, object]]]:
    """Import a list that has no column for the municipality."""
    listed = site / "liste.csv"
    lines = ["Nom;Autres;Desservis;Certifications", *(";".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    listed.write_text("\n".join(lines), encoding="utf-8")
    columns = "  Nom: nom\n  Autres: secteurs_secondaires\n  Desservis: territoires_desservis\n"
    head, _, constants = MAPPING.partition("colonnes:\n")
    columns += "  Certifications: certifications\n"
    text = f"{head}colonnes:\n{columns}{constants[constants.index('constantes:') :]}{more}"
    (site / SITE).write_text(text, encoding="utf-8")
    report = importing.run(listed, site / SITE, config.load(site / "mkdocs.yml"))
    folder = site / "content" / "enterprises"
    return report, {path.stem: source.read(path).values for path in folder.glob("*.yml")}


LINE = {"nom": "Coop Exemple", "autres": "", "desservis": "", "certifications": ""}


def test_a_list_without_municipalities_takes_the_one_of_the_mapping(site: Path) -> None:
    report, records = without_town(site, DEFAULT, LINE, LINE | {"nom": "Coop Autre"})
    assert [row.outcome for row in report.rows] == [Outcome.CREATED, Outcome.CREATED]
    assert [place(record)["municipalite"] for record in records.values()] == ["Shawinigan", "Shawinigan"]
    assert any("Shawinigan" in change and "toute la liste" in change for change in report.rows[0].changes)


def test_an_empty_cell_takes_it_too_and_a_filled_one_does_not(site: Path) -> None:
    rows = ({"Nom": "Coop A"}, {"Nom": "Coop B", "Ville": "Saint-Tite"})
    _, records = imported(site, *rows, more=DEFAULT)
    assert {place(record)["municipalite"] for record in records.values()} == {"Shawinigan", "Saint-Tite"}


def test_a_municipality_that_does_not_exist_is_refused_before_any_row(site: Path) -> None:
    with pytest.raises(AnnuaireError, match="Zzzville"):
        without_town(site, "  etablissements.municipalite: Zzzville\n", LINE)
    with pytest.raises(AnnuaireError, match="« Municipalité »".replace(" ", "\u00a0")):
        without_town(site, "", LINE)


def test_lists_in_a_cell_are_read_word_by_word(site: Path) -> None:
    row = LINE | {"autres": "Culture; Fanfares;\nhabitation ; CULTURE; Transport", "desservis": "Mékinac\nRégion"}
    report, records = without_town(site, DEFAULT + "  secteur: transport\n", row)
    (record,) = records.values()
    assert record["secteurs_secondaires"] == ["arts-culture", "habitation"]
    assert record["territoires_desservis"] == ["350", "region"]
    assert "certifications" not in record
    assert any("Fanfares" in change and "à préciser" in change for change in report.rows[0].changes)


def test_more_than_a_list_may_hold_never_loses_a_row(site: Path) -> None:
    row = LINE | {"autres": "Culture;Habitation;Transport;Agriculture;Foresterie"}
    report, records = without_town(site, DEFAULT, row)
    (record,) = records.values()
    assert record["secteurs_secondaires"] == ["arts-culture", "habitation", "transport"]
    assert any("Agriculture" in change and "Foresterie" in change for change in report.rows[0].changes)


def test_a_constant_may_be_a_label(site: Path) -> None:
    more = DEFAULT + "  secteur: Culture\n  territoires_desservis: Mékinac; Région\n"
    _, records = without_town(site, more, LINE)
    (record,) = records.values()
    assert (record["secteur"], record["territoires_desservis"]) == ("arts-culture", ["350", "region"])


def test_the_page_of_a_social_network_is_tidied_or_left(site: Path) -> None:
    text = MAPPING.replace("  Site: site_web\n", "  Site: reseaux.facebook\n")
    listed = site / "liste.csv"
    listed.write_text(
        "Nom;Ville;Site\nCoop A;Shawinigan;facebook.com/coopa\nCoop B;Shawinigan;rien\n", encoding="utf-8"
    )
    kept = [
        line
        for line in text.split("\n")
        if not line.startswith("  ")
        or line.split(":")[0].strip() in ("Nom", "Ville", "Site", "statut", "verification.statut", "verification.par")
    ]
    (site / SITE).write_text("\n".join(kept), encoding="utf-8")
    report = importing.run(listed, site / SITE, config.load(site / "mkdocs.yml"))
    assert [row.outcome for row in report.rows] == [Outcome.CREATED, Outcome.CREATED]
    records = {p.stem: source.read(p).values for p in (site / "content" / "enterprises").glob("*.yml")}
    assert records["coop-a"]["reseaux"] == {"facebook": "https://www.facebook.com/coopa"}

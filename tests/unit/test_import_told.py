"""A column that goes somewhere is never lost in silence: what a list says is written, or told row by row."""

from __future__ import annotations

from pathlib import Path

from tests.unit.test_preparing import as_csv, corrected, prepared, records

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport

EVERY_ROW = "Toute la liste est faite d’entreprises d’économie sociale"


def imported(site: Path, rows: list[list[str]], *settings: tuple[str, str]) -> tuple[ImportReport, Path]:
    """Import a list through the workbook that is prepared of it, with its settings said."""
    listed = as_csv(site / "liste.csv", rows)
    _, output = prepared(site, listed)
    for name, value in ((EVERY_ROW, "oui"), *settings):
        corrected(output, "Réglages", name, "Valeur", value)
    return importing.run(listed, output, config.load(site / "mkdocs.yml")), output


STATUSES = [
    ["Nom", "Ville", "Statut", "Date de fermeture"],
    ["Atelier A", "Shawinigan", "Active", ""],
    ["Atelier B", "Shawinigan", "Fermée", "2024-05-31"],
    ["Atelier C", "Shawinigan", "Fermée", ""],
    ["Atelier D", "Shawinigan", "Active", "2024-05-31"],
    ["Atelier E", "Shawinigan", "", ""],
]


def test_a_list_says_an_enterprise_closed_with_its_day_and_never_active(site: Path) -> None:
    report, _ = imported(site, STATUSES)
    made = records(site)
    assert [made[f"atelier-{letter}"]["statut"] for letter in "abcde"] == ["inconnu", "fermee", *["inconnu"] * 3]
    assert [str(made[f"atelier-{letter}"].get("date_fermeture", "")) for letter in "bd"] == ["2024-05-31", ""]
    told = [" ".join(row.differences).replace("\u00a0", " ") for row in report.rows]
    assert "Statut : « Active » laissé" in told[0]
    assert "Statut : « Fermée » laissé, la liste n’en donne pas le jour; à demander" in told[2]
    assert "« 2024-05-31 » laissé" in told[3]
    assert (told[1], told[4]) == ("", "")


def test_what_a_row_says_wins_over_what_is_said_of_every_record(site: Path) -> None:
    rows = [["Nom", "Ville", "Secteur"], ["Atelier A", "Shawinigan", "Culture"], ["Atelier B", "Shawinigan", ""]]
    listed = as_csv(site / "liste.csv", rows)
    mapping = site / "liste.yml"
    mapping.write_text(
        "titre: Liste\netat: liste-etat.json\ngarder: tout\ncolonnes:\n  Nom: nom\n"
        "  Ville: etablissements.municipalite\n  Secteur: secteur\nconstantes:\n  statut: inconnu\n"
        "  secteur: transport\n  verification.statut: a-confirmer\n  verification.par: import\n",
        encoding="utf-8",
    )
    importing.run(listed, mapping, config.load(site / "mkdocs.yml"))
    made = records(site)
    assert [made[f"atelier-{letter}"]["secteur"] for letter in "ab"] == ["arts-culture", "transport"]

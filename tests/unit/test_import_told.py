"""A column that goes somewhere is never lost in silence: what a list says is written, or told row by row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.unit.test_preparing import as_csv, corrected, prepared, records

from annuaire import config
from annuaire.intake import importing
from annuaire.intake.importing import ImportReport, Outcome

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


PLACES = [
    ["Nom", "Adresse", "Ville", "Téléphone", "Courriel", "Site web", "Service", "Catégorie d’achat"],
    ["Relais A", "1, rue A", "Shawinigan", "819 555-0142", "", "https://a.example.org", "Buffets", "traiteur"],
    [
        "Relais A",
        "2, rue B",
        "Saint-Tite",
        "819 555-0143",
        "b@exemple.org",
        "https://b.example.org",
        "Repas",
        "traiteur",
    ],
    ["Relais A", "1, rue A", "Shawinigan", "819 555-0144", "", "", "Soupers", "traiteur"],
    ["Relais A", "1, rue A", "Shawinigan", "", "", "", "buffets", "traiteur"],
]


def test_what_the_other_rows_of_an_enterprise_say_is_kept_or_told(site: Path) -> None:
    report, _ = imported(site, PLACES, ("Réunir les lieux d’une même entreprise", "oui"))
    made = records(site)
    assert list(made) == ["relais-a"]
    offers, places = made["relais-a"]["offres"], made["relais-a"]["etablissements"]
    assert isinstance(offers, list)
    assert isinstance(places, list)
    assert [offer["nom"] for offer in offers] == ["Buffets", "Repas", "Soupers"]
    assert [(place.get("telephone"), place.get("courriel")) for place in places] == [
        ("819 555-0142", None),
        ("819 555-0143", "b@exemple.org"),
    ]
    told = [" ".join(row.differences).replace("\u00a0", " ") for row in report.rows]
    assert told[0] == ""
    assert "« https://b.example.org » laissé" in told[1]
    assert "« 819 555-0144 » laissé" in told[2]
    assert "offre" not in "".join(told).lower()


def test_what_a_place_alone_says_of_its_enterprise_fills_it(site: Path) -> None:
    rows = [[*PLACES[0]], [*PLACES[1][:5], "", "", ""], PLACES[2]]
    imported(site, rows, ("Réunir les lieux d’une même entreprise", "oui"))
    made = records(site)["relais-a"]
    assert made["site_web"] == "https://b.example.org"
    assert made["offres"][0]["nom"] == "Repas"  # type: ignore[index]


def with_record(site: Path, town: str, form: str) -> Path:
    path = site / "content" / "enterprises" / "garderie-du-lac.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"nom: Garderie du Lac\nneq: '1142934315'\nforme_juridique: {form}\nsecteur: petite-enfance\nstatut: active\n"
        f"etablissements:\n  - municipalite: {town}\nverification:\n  statut: a-confirmer\n  par: import\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("name", "town", "form", "held"),
    [
        ("Menuiserie Exemple", "Saint-Tite", "OBNL", True),
        ("Menuiserie Exemple", "Shawinigan", "coop de travail", True),
        ("Menuiserie Exemple", "Shawinigan", "OBNL", True),
        ("Menuiserie Exemple", "Shawinigan", "", True),
        ("CPE Garderie du lac", "Saint-Tite", "coop de travail", False),
    ],
)
def test_the_neq_of_another_holds_a_row(site: Path, name: str, town: str, form: str, held: bool) -> None:
    path = with_record(site, "Shawinigan", "obnl")
    before = path.read_text(encoding="utf-8")
    rows = [["Nom", "Ville", "Forme juridique", "NEQ", "Site web"]]
    rows.append([name, town, form, "1142934315", "https://exemple.org"])
    report, _ = imported(site, rows)
    assert (report.rows[0].outcome is Outcome.REFUSED) is held
    assert ("NEQ d’une autre? La fiche garderie-du-lac" in report.rows[0].reason) is held
    assert (path.read_text(encoding="utf-8") == before) is held
    assert list(records(site)) == ["garderie-du-lac"]


def test_the_neq_of_another_written_in_a_row_that_was_imported_holds_it(site: Path) -> None:
    rows = [["Nom", "Ville", "NEQ"], ["Menuiserie Exemple", "Saint-Tite", ""]]
    _, output = imported(site, rows)
    with_record(site, "Shawinigan", "obnl")
    listed = as_csv(site / "liste.csv", [rows[0], ["Menuiserie Exemple", "Saint-Tite", "1142934315"]])
    book = openpyxl.load_workbook(output)
    book["Colonnes"]["C4"] = "NEQ"
    book.save(output)
    report = importing.run(listed, output, config.load(site / "mkdocs.yml"))
    assert report.rows[0].outcome is Outcome.REFUSED
    assert "neq" not in records(site)["menuiserie-exemple"]

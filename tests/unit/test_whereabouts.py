"""Texts that say where a place is, and those that only look so; a record that hides its address says it nowhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.importing import Run, record
from tests.unit.test_confidentiality import NEUTRAL, PLACE, SHELTER, judged
from tests.unit.test_flags import changed, codes

from annuaire.intake.importing import Outcome
from annuaire.text.whereabouts import tells

COLUMNS = ("Nom", "Ville", "Adresse", "Lieu", "Description", "Mission")
FIELDS = (
    "nom",
    "etablissements.municipalite",
    "etablissements.adresse",
    "etablissements.nom",
    "description",
    "mission",
)
MAPPING = "\n".join(
    [
        "titre: Liste\netat: etat.json\ngarder: tout\ncolonnes:",
        *(f"  {column}: {field}" for column, field in zip(COLUMNS, FIELDS, strict=True)),
        "constantes:\n  statut: inconnu\n  verification.statut: a-confirmer\n  verification.par: import\n",
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "Refuge situé au 77, rue Secrète",
        "au 12-A, 2e Avenue",
        "10 – 2e Avenue",
        "1 à 5, rue X",
        "Écrire à G9X 2E8",
        "g9x2e8",
        "AU 1200 BOUL. DES EXEMPLES",
    ],
)
def test_an_address_tells_where(text: str) -> None:
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24 heures sur 24; 12 places, 3 logements",
        "à 2 rues du centre",
        "sur la rue Principale",
        "Huit familles hébergées à la fois",
        "Depuis 1984, cinq avenues de solution",
        "819 555-0142",
    ],
)
def test_a_number_or_a_street_alone_does_not(text: str) -> None:
    assert not tells(text)


def test_a_known_street_is_seen_without_its_kind() -> None:
    assert tells("Le 77 Secrète", ["77, rue Secrète"])
    assert tells("Local du 2 B", ["2, rue B"]) is False
    assert tells("Local du 2, B", ["2 B"])
    assert not tells("Pour 12 personnes secrètes", ["77, rue Secrète", ""])


@pytest.mark.parametrize("name", [NEUTRAL, SHELTER])
def test_a_text_that_tells_it_is_refused_only_where_it_is_hidden(name: str) -> None:
    places = {"municipalite": "Shawinigan", "nom": "Local du 77, rue Secrète"}
    (found,) = judged(name, places, stated="oui")
    assert (found.code, found.path, found.values) == (
        "adresse-dans-texte",
        ("etablissements", 0, "nom"),
        {"champ": "nom"},
    )
    assert judged(name, places, stated="non") == []
    assert judged(NEUTRAL, places | PLACE) == []


def test_a_list_brings_no_text_that_tells_it(run: Run, site: Path) -> None:
    folder = site / "content" / "import"
    (folder / "exemple.yml").write_text(MAPPING, encoding="utf-8")
    row = (
        "Maison d’hébergement Exemple pour femmes",
        "Batiscan",
        "77, rue Secrète",
        "Le 77 Secrète",
        "Refuge situé au 77, rue Secrète.",
        "Un toit sûr.",
    )
    with (folder / "exemple.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, row])
    report = run()
    assert report.counts[Outcome.CREATED] == 1
    (path,) = (site / "content" / "enterprises").glob("maison-d-hebergement-exemple*.yml")
    text = path.read_text(encoding="utf-8")
    assert "ecr" not in text.lower().replace("é", "e").replace("è", "e").replace("secteur", "")
    assert "77" not in text
    assert record(site, path.stem)["mission"] == "Un toit sûr."
    notes = [note for found in report.rows for note in (*found.changes, *found.tidied, *found.withheld)]
    assert sum("dit où est un lieu à protéger" in note for note in notes) == 2
    assert not [note for note in notes if "Secrète" in note]


def test_a_name_that_announces_a_shelter_does_not_hide_that_its_address_shows() -> None:
    place = "etablissements:\n  - municipalite: Batiscan\n"
    hidden = f"nom: Refuge Exemple\nstatut: active\nadresse_confidentielle: oui\n{place}"
    shown = hidden.replace("adresse_confidentielle: oui\n", "") + "    adresse: 77, rue Secrète\n"
    assert "adresse-devoilee" in codes(changed(hidden, shown))
    assert "adresse-devoilee" not in codes(changed(hidden, hidden.replace("adresse_confidentielle: oui\n", "")))
    assert "adresse-devoilee" not in codes(changed(shown, shown + "mission: A.\n"))

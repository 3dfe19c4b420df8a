"""Import warns of what would be published at the address of a confidential place, and writes that address nowhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.importing import SECRETS, Run, snapshot

from annuaire.intake.importing.places import where

COLUMNS = (
    *("Nom", "Adresse", "Ville", "Code postal", "Site", "NEQ", "Lien", "Forme"),
    *("Latitude", "Longitude", "Téléphone"),
)
SECRET = ("Refuge Exemple", "77 rue Secrète", "Trois-Rivières", "G9A 7Z7", "", "", "", "", "46.34991", "-72.58991")
RECORD = """nom: Boutique qui existe
forme_juridique: obnl
statut: active
secteur: commerce-de-detail
etablissements:
  - adresse: "77, rue Secrète"
    municipalite: Trois-Rivières
verification:
  statut: a-confirmer
"""


def lay(site: Path, *rows: tuple[str, ...]) -> None:
    folder = site / "content" / "import"
    text = (folder / "exemple.yml").read_text(encoding="utf-8")
    (folder / "exemple.yml").write_text(text.replace("decisions: decisions.csv\n", "garder: tout\n"), encoding="utf-8")
    with (folder / "exemple.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([*row, *[""] * (len(COLUMNS) - len(row))] for row in rows)


@pytest.mark.parametrize(
    "other",
    [
        ("77, rue Secrète, bureau 3", "Trois-Rivières", ""),
        ("77 RUE SECRETE", "Trois-Rivières", "G9A 1A1"),
        ("77 B chemin Autre", "Trois-Rivières", "g9a7z7"),
        ("", "Trois-Rivières", "", "", "", "", "", "46.34992", "-72.58992"),
    ],
    ids=["rue", "rue-autrement", "code-postal", "point"],
)
def test_what_is_at_the_same_address_is_named(run: Run, site: Path, other: tuple[str, ...]) -> None:
    lay(site, SECRET, ("Boutique voisine", *other))
    report = run()
    assert report.coincidences == ("ligne 2 «\u00a0Refuge Exemple\u00a0» et ligne 3 «\u00a0Boutique voisine\u00a0»",)
    assert "À la même adresse qu’un lieu confidentiel" in report.as_text()
    assert "confidentiel: oui" in report.as_text()
    assert "Boutique voisine" in report.as_csv()
    assert "confidentiel" not in report.as_csv().replace("Adresse confidentielle", "")


@pytest.mark.parametrize(
    "other",
    [
        ("77, rue Secrète", "Shawinigan", "G9N 1A1"),
        ("79, rue Secrète", "Trois-Rivières", "G9A 7Z7"),
        ("rue Secrète", "Trois-Rivières", "G9A 7Z7"),
        ("", "Trois-Rivières", "", "", "", "", "", "46.35991", "-72.58991"),
    ],
)
def test_what_is_elsewhere_is_not(run: Run, site: Path, other: tuple[str, ...]) -> None:
    lay(site, SECRET, ("Boutique voisine", *other))
    assert run().coincidences == ()


def test_two_places_to_hide_say_nothing_of_one_another(run: Run, site: Path) -> None:
    lay(site, SECRET, ("Refuge Autre", *SECRET[1:]))
    assert run().coincidences == ()


def test_a_record_that_stands_is_named_too_and_no_address_is_written(run: Run, site: Path) -> None:
    path = site / "content" / "enterprises" / "boutique-qui-existe.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD, encoding="utf-8")
    lay(site, SECRET)
    report = run()
    assert report.coincidences == (
        "ligne 2 «\u00a0Refuge Exemple\u00a0» et la fiche boutique-qui-existe «\u00a0Boutique qui existe\u00a0»",
    )
    path.unlink()
    (site / "content" / "import" / "exemple.csv").unlink()
    written = [content.decode("utf-8") for content in snapshot(site).values()]
    for text in (report.as_text(), report.as_csv(), repr(report), *written):
        assert not [secret for secret in SECRETS if secret in text]


def test_its_own_record_is_not_another(run: Run, site: Path) -> None:
    lay(site, SECRET, ("Boutique voisine", "77, rue Secrète", "Trois-Rivières"))
    assert run().coincidences == run().coincidences
    assert len(run().coincidences) == 1


def test_a_place_without_a_number_tells_nothing() -> None:
    assert where({"adresse": "rue Exemple", "code_postal": "G9A 7Z7"}, "37067") == frozenset()

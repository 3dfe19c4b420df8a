"""Import lists without rules or decisions: what announces a shelter or a home never shows where it is."""

import csv
import json
from pathlib import Path

import pytest
from tests.importing import SECRETS, Run, record, replace_in_list, snapshot

from annuaire.intake.importing.places import is_far_from_mrc, without_street
from annuaire.rules.confidentiality import reason_to_hide
from annuaire.rules.point import TOLERANCE_KM

NAMES = (
    "Maison d'hébergement Le Phare",
    "COOP D'HABITATION LE PHARE",
    "Refuge Le Phare",
    "Maison de transition Le Phare",
    "Maison des femmes Le Phare",
    "Le Phare, centre de traitement des dépendances",
    "OBNL d'habitation Le Phare",
    "Habitations Le Phare",
)
PUBLIC = (
    "Refuge animalier Le Phare",
    "Auberge Le Phare",
    "Coopérative Le Phare",
    "Réseau d'habitation sociale Le Phare",
)


def bare_list(site: Path, *rows: tuple[str, ...]) -> None:
    """Write a list and a mapping that has neither rules nor decisions, and keeps every row."""
    folder = site / "content" / "import"
    text = (folder / "exemple.yml").read_text(encoding="utf-8")
    text = text.replace("decisions: decisions.csv\n", "garder: tout\n").replace("regles: regles.yml\n", "")
    (folder / "exemple.yml").write_text(text, encoding="utf-8")
    with (folder / "exemple.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (folder / "exemple.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([*row, *[""] * (len(columns) - len(row))] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_place_to_protect_keeps_its_municipality_only(run: Run, site: Path, name: str) -> None:
    bare_list(site, (name, "77 rue Secrète", "Trois-Rivières", "G9A 7Z7", "", "", "", "", "46.3499", "-72.5899"))
    report = run()
    values = record(site, report.rows[0].slug)
    assert values["adresse_confidentielle"] == "oui"
    assert values["etablissements"] == [{"municipalite": "Trois-Rivières"}]
    assert any("lieu à protéger" in note for note in report.rows[0].changes)
    (site / "content" / "import" / "exemple.csv").unlink()
    written = [content.decode("utf-8") for content in snapshot(site).values()]
    for text in (report.as_text(), report.as_csv(), *written):
        assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_name_that_only_looks_like_one_keeps_its_street(run: Run, site: Path, name: str) -> None:
    bare_list(site, (name, "77 rue Connue", "Trois-Rivières"))
    assert "77, rue Connue" in str(record(site, run().rows[0].slug))
    assert not reason_to_hide(name)


def test_a_street_inside_the_name_of_a_place_to_protect_is_cut(run: Run, site: Path) -> None:
    bare_list(site, ("Maison d'hébergement Le Phare, 77 rue Secrète", "", "Trois-Rivières"))
    report = run()
    assert record(site, report.rows[0].slug)["nom"] == "Maison d'hébergement Le Phare"
    (site / "content" / "import" / "exemple.csv").unlink()
    for text in (report.as_text(), report.as_csv(), *(c.decode("utf-8") for c in snapshot(site).values())):
        assert "secr" not in text.lower()
    assert without_street("Les 3 Sources du 77") == "Les 3 Sources du 77"


@pytest.mark.parametrize("decided", ["", "non"])
def test_a_decision_may_say_that_the_address_is_public(run: Run, site: Path, decided: str) -> None:
    path = site / "content" / "import" / "decisions.csv"
    text = path.read_text(encoding="utf-8")
    row = "1199999902,Coopérative d'habitation Exemple,Trois-Rivières,entreprise,Coopérative,jugement : nom,,,,,"
    old = next(line for line in text.splitlines() if line.startswith("1199999902"))
    path.write_text(text.replace(old, f"{row}{decided},,,"), encoding="utf-8")
    run()
    values = record(site, "cooperative-d-habitation-exemple")
    assert values["adresse_confidentielle"] == (decided or "oui")
    assert ("adresse" in str(values["etablissements"])) is (decided == "non")
    assert run().rows[6].outcome == "inchange"


def test_a_cell_cannot_drive_the_terminal(site: Path, run: Run) -> None:
    bell = "\x1b]0;titre\x07\x9b31m"
    replace_in_list(site, "Batiscan", f"Bati{bell}scan")
    report = run(dry_run=True)
    for text in (report.as_text(), report.as_csv()):
        assert "Bati\\x1b]0;titre\\x07\\x9b31mscan" in text
        assert not set(bell) & set(text) - set("]0;titre31m")


def test_a_point_is_judged_by_the_polygons_of_the_site(tmp_path: Path) -> None:
    square = [[[-60, 50], [-59, 50], [-59, 51], [-60, 51], [-60, 50]]]
    feature = {"properties": {"code": "372"}, "geometry": {"type": "Polygon", "coordinates": square}}
    (tmp_path / "polygones.geojson").write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    assert is_far_from_mrc("50.5", "-59.5", "372")
    assert not is_far_from_mrc("50.5", "-59.5", "372", tmp_path)
    for km, is_far in ((TOLERANCE_KM - 0.1, False), (TOLERANCE_KM + 0.1, True)):
        assert is_far_from_mrc(str(51 + km / 111.195), "-59.5", "372", tmp_path) is is_far

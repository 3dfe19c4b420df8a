"""Import a list that names people: nothing of a person is published, each is told and asked for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.importing import Run, record, snapshot

from annuaire.intake.importing import Outcome

MAPPING = """titre: Liste
etat: etat.json
garder: tout
colonnes:
  Nom: nom
  Ville: etablissements.municipalite
  Personne-ressource: contact_achats.fonction
  Courriel: etablissements.courriel
  Mission: mission
constantes:
  statut: inconnu
  verification.statut: a-confirmer
  verification.par: import
"""
ROWS = (
    ("Nom", "Ville", "Personne-ressource", "Courriel", "Mission"),
    ("Coop Exemple", "Batiscan", "Mme Marie Exemple, 819 555-0142", "gtremblay@coop.example.org", "Des repas."),
    (
        "CPE Exemple",
        "Batiscan",
        "TREMBLAY Ginette",
        "info@cpe.example.org",
        "Voir Ginette Tremblay, 819 555-0143.",
    ),
    ("Friperie Saint-Vincent Exemple", "Batiscan", "Direction", "friperie@example.org", "Une friperie."),
)
SLUG = "coop-exemple"
NAMES = ("Marie", "Ginette", "remblay", "0142", "0143")


def lay(site: Path) -> None:
    folder = site / "content" / "import"
    (folder / "exemple.yml").write_text(MAPPING, encoding="utf-8")
    with (folder / "exemple.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)


def asked(site: Path) -> str:
    path = site / "content" / "a-demander.csv"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def admit(site: Path, code: str, value: str) -> None:
    entry = f"  - fiche: {SLUG}\n    code: {code}\n    valeur: {value}\n    raison: Elle y consent par écrit.\n"
    (site / "content" / "exceptions.yml").write_text(f"exceptions:\n{entry}", encoding="utf-8")


def test_nothing_of_a_person_is_published(run: Run, site: Path) -> None:
    lay(site)
    report = run()
    assert report.counts[Outcome.CREATED] == 3  # the value is left out, not the record
    (site / "content" / "import" / "exemple.csv").unlink()
    for name, content in snapshot(site).items():
        assert not [word for word in NAMES if word in content.decode("utf-8")], name
    assert "contact_achats" not in record(site, SLUG)
    assert record(site, SLUG)["mission"] == "Des repas."
    assert record(site, "friperie-saint-vincent-exemple")["contact_achats"] == {"fonction": "Direction"}
    assert record(site, "cpe-exemple")["etablissements"] == [
        {"municipalite": "Batiscan", "courriel": "info@cpe.example.org"}
    ]


def test_each_is_listed_with_its_row_and_why(run: Run, site: Path) -> None:
    lay(site)
    report = run()
    withheld = {row.number: row.withheld for row in report.rows}
    assert withheld[4] == ()
    assert [note.partition("\u00a0")[0] for note in withheld[2]] == [
        "Courriel",
        "Personne-ressource",
        "Personne-ressource",
    ]
    assert "[telephone-dans-texte]" in " ".join(withheld[2])
    text = report.as_text()
    assert "Laissé de côté, à demander (une personne, un téléphone ou une adresse personnelle) (6)" in text
    assert "content/exceptions.yml" in text
    rows = list(csv.DictReader(io.StringIO(report.as_csv())))
    assert [bool(row["laisse_de_cote"]) for row in rows] == [True, True, False]


def test_each_becomes_a_question(run: Run, site: Path) -> None:
    lay(site)
    run()
    assert asked(site) == (
        "fiche,champ,code,base\n"
        "coop-exemple,contact_achats.fonction,personne-nommee,\n"
        "coop-exemple,contact_achats.fonction,telephone-dans-texte,\n"
        "coop-exemple,etablissements.1.courriel,courriel-personnel,\n"
        "cpe-exemple,contact_achats.fonction,personne-nommee,\n"
        "cpe-exemple,mission,personne-possible,\n"
        "cpe-exemple,mission,telephone-dans-texte,\n"
    )


def test_a_second_run_changes_nothing_and_an_answer_closes_its_question(run: Run, site: Path) -> None:
    lay(site)
    run()
    before = snapshot(site)
    assert run().counts[Outcome.UNCHANGED] == 3
    assert snapshot(site) == before
    path = site / "content" / "enterprises" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    answered = text.replace("municipalite: Batiscan\n", "municipalite: Batiscan\n    courriel: info@coop.example.org\n")
    path.write_text(answered, encoding="utf-8")
    run()
    assert "coop-exemple,etablissements.1.courriel" not in asked(site)
    assert "coop-exemple,contact_achats.fonction" in asked(site)
    assert path.read_text(encoding="utf-8") == answered


def test_a_dry_run_asks_nothing(run: Run, site: Path) -> None:
    lay(site)
    report = run(dry_run=True)
    assert sum(len(row.withheld) for row in report.rows) == 6
    assert asked(site) == ""


def test_a_person_let_through_with_a_reason_is_published(run: Run, site: Path) -> None:
    lay(site)
    run()
    admit(site, "courriel-personnel", "gtremblay@coop.example.org")
    report = run()
    assert report.counts[Outcome.UPDATED] == 1
    assert record(site, SLUG)["etablissements"] == [
        {"municipalite": "Batiscan", "courriel": "gtremblay@coop.example.org"}
    ]
    assert "contact_achats" not in record(site, SLUG)
    assert "courriel-personnel" not in asked(site)


def test_what_an_earlier_import_published_is_taken_back(run: Run, site: Path) -> None:
    lay(site)
    run()
    admit(site, "courriel-personnel", "gtremblay@coop.example.org")
    run()
    (site / "content" / "exceptions.yml").unlink()
    assert run().counts[Outcome.UPDATED] == 1
    assert record(site, SLUG)["etablissements"] == [{"municipalite": "Batiscan"}]

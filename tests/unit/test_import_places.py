"""Rows of one enterprise that has several places, or another place than its record: each thing goes where it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.importing import Run, record
from tests.unit.test_preparing import as_csv

from annuaire.intake.importing import ImportReport, Outcome
from annuaire.intake.importing.filling import fill

TITLES = ["Nom", "NEQ", "Forme", "Ville", "Adresse", "Code", "Tel", "Courriel", "Site", "Mission"]
PATHS = (
    *("nom", "neq", "forme_juridique", "etablissements.municipalite", "etablissements.adresse"),
    *("etablissements.code_postal", "etablissements.telephone", "etablissements.courriel", "site_web", "mission"),
)
SILEX = (
    "nom: Exemple Silex\nforme_juridique: obnl\nstatut: active\nsecteur: culture\nneq: '1142934315'\n"
    "etablissements:\n  - adresse: 1095, rue Père-Frédéric\n    municipalite: Trois-Rivières\n"
    "    code_postal: G9A 3S5\n"
    'verification:\n  statut: confirmee\n  date: "2026-05-01"\n  par: pole\n'
)


def mapping(site: Path, *, groups: bool = True) -> None:
    columns = "".join(f"  {title}: {path}\n" for title, path in zip(TITLES, PATHS, strict=True))
    (site / "content/import/exemple.yml").write_text(
        f"titre: Liste d’exemple\ncolonnes:\n{columns}garder: tout\netat: etat.json\n"
        f"regrouper: {'oui' if groups else 'non'}\n"
        "constantes: {statut: inconnu, verification.statut: a-confirmer, verification.par: import}\n",
        encoding="utf-8",
    )


def imported(site: Path, run: Run, *rows: dict[str, str], groups: bool = True) -> ImportReport:
    mapping(site, groups=groups)
    lines = [TITLES, *([row.get(title, "") for title in TITLES] for row in rows)]
    as_csv(site / "content/import/lieux.csv", lines)
    return run("lieux.csv")


def standing(site: Path, text: str = SILEX) -> Path:
    path = site / "content/enterprises/silex.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(report: ImportReport) -> str:
    return " / ".join(note for row in report.rows for note in row.differences)


ALPHA = {"Nom": "Exemple Alpha", "Ville": "Shawinigan", "Adresse": "1, rue A"}
TUQUE = {"Nom": "Exemple Alpha", "Ville": "La Tuque", "Adresse": "9, rue Z"}
REACHED = {"Tel": "819 555-0104", "Courriel": "latuque@exemple.org"}


def test_a_row_is_merged_into_the_place_that_it_speaks_of(site: Path, run: Run) -> None:
    report = imported(site, run, ALPHA, TUQUE, TUQUE | REACHED)
    shawinigan, tuque = record(site, "exemple-alpha")["etablissements"]  # type: ignore[misc]
    assert "telephone" not in shawinigan
    assert "courriel" not in shawinigan
    assert (tuque["telephone"], tuque["courriel"]) == ("819 555-0104", "latuque@exemple.org")
    assert "laissé" not in told(report)


def test_a_row_of_another_street_gives_nothing_to_the_place(site: Path, run: Run) -> None:
    alpha = {"NEQ": "1142934315"}
    report = imported(site, run, ALPHA | alpha, TUQUE | REACHED | alpha | {"Mission": "Aider."}, groups=False)
    values = record(site, "exemple-alpha")
    assert values["etablissements"] == [{"adresse": "1, rue A", "municipalite": "Shawinigan"}]
    assert values["mission"] == "Aider."
    assert "Téléphone\u00a0: «\u00a0819 555-0104\u00a0» laissé, rien ne dit que c’est le même lieu" in told(report)
    assert "Municipalité\u00a0: «\u00a0Shawinigan\u00a0» gardée, «\u00a0La Tuque\u00a0» laissée" in told(report)


def test_a_row_completes_the_place_of_its_address_in_a_record_of_several(site: Path, run: Run) -> None:
    places = "  - adresse: 9, rue Z\n    municipalite: La Tuque\nverification"
    path = standing(site, SILEX.replace("verification", places, 1))
    row = {"Nom": "Exemple Silex", "NEQ": "1142934315", "Forme": "OBNL"} | REACHED
    report = imported(site, run, row | {"Ville": "La Tuque", "Adresse": "9, rue Z"})
    first, second = record(site, path.stem)["etablissements"]  # type: ignore[misc]
    assert "telephone" not in first
    assert second["telephone"] == "819 555-0104"
    assert "Téléphone (2)\u00a0: ajouté" in told(report)
    assert "Municipalité\u00a0: fiche «\u00a0Trois-Rivières\u00a0», liste" not in told(report)


def test_what_is_said_of_another_address_is_left_with_it(site: Path, run: Run) -> None:
    path = standing(site)
    row = {"Nom": "Exemple Silex", "Ville": "Trois-Rivières", "Adresse": "999, rue Nouvelle", "Code": "G9A 9Z9"}
    report = imported(site, run, row | {"Forme": "OBNL"} | REACHED)
    assert path.read_text(encoding="utf-8") == SILEX
    assert report.rows[0].outcome is Outcome.UNCHANGED
    assert told(report).count("819 555-0104") == 1
    assert "Courriel\u00a0: «\u00a0latuque@exemple.org\u00a0» laissé, rien ne dit que c’est le même lieu" in told(
        report
    )
    report = imported(site, run, row | REACHED | {"Forme": "OBNL", "Adresse": "1095, rue Père-Frédéric, bureau 3"})
    assert record(site, path.stem)["etablissements"][0]["telephone"] == "819 555-0104"  # type: ignore[index]


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [
        ({"Nom": "Exemple Boulangerie du Coin"}, True),
        ({"Nom": "Boulangerie de Trois-Rivières"}, True),
        ({"Nom": "Boulangerie du Coin", "Adresse": "1095, rue Père-Frédéric"}, False),
        ({"Nom": "Boulangerie du Coin", "Site": "https://www.exemple.org/nous"}, False),
        ({"Nom": "Ateliers Silex"}, False),
        ({"Nom": "OSTR"}, False),
    ],
)
def test_a_shared_neq_completes_no_enterprise_of_another_name(
    site: Path, run: Run, more: dict[str, str], is_refused: bool
) -> None:
    orchestra = SILEX.replace("Exemple Silex", "Orchestre Silex Trois-Rivières")
    path = standing(site, f"{orchestra}site_web: https://exemple.org\n")
    row = {"NEQ": "1142934315", "Forme": "OBNL", "Ville": "Trois-Rivières", "Adresse": "12, rue Exemple"}
    report = imported(site, run, row | {"Mission": "Faire du pain."} | more)
    assert (report.rows[0].outcome is Outcome.REFUSED) == is_refused, report.rows[0]
    assert ("Faire du pain" in path.read_text(encoding="utf-8")) != is_refused


def test_an_office_after_the_street_is_the_same_door() -> None:
    place: dict[str, Any] = {"municipalite": "Batiscan", "adresse": "2, rue B, bureau 4", "telephone": "819 555-0101"}
    record = {"nom": "Exemple", "etablissements": [{"municipalite": "Batiscan", "adresse": "2, rue B"}]}
    found = fill(record, {"nom": "Exemple", "etablissements": [place]}, frozenset())
    assert found.paths == {"etablissements[1].telephone"}

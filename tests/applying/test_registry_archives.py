"""Read archives of the register within bounds, whatever they are called, and refuse them where they must not be."""

# ruff: noqa: F811 - the fixtures of `test_registry` are used by their names

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from bench.registry import Planted, write
from tests.applying.test_registry import RECORDS, REGISTERED, site, zipped  # noqa: F401 - fixtures are used by their names
from tests.sites import Project

from annuaire.intake.registry import archive, gathering, naming
from annuaire.text.problems import AnnuaireError


def test_a_transformation_is_told_and_a_merger_with_an_individual_is_not(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    write(path, 10, (Planted("1170009999", "Exemple", merged="2270007777", is_transformed=True),))
    with archive.opened(path) as opened:
        body = gathering.gather(opened, ["1170009999"], ()).bodies["1170009999"]
    assert body.events == [gathering.Event("Transformation", "2012-02-02")]


def peak(path: Path, rows: int) -> int:
    """Give the most memory, in bytes, that reading an archive of so many bodies takes."""
    write(path, rows, REGISTERED)
    names = [(slug, record[0], frozenset({"shawinigan"})) for slug, record in RECORDS.items()]
    tracemalloc.start()
    try:
        with archive.opened(path) as opened:
            found = gathering.gather(opened, {record[1] for record in RECORDS.values()}, names)
        assert found.bodies["1170001111"].is_struck_off
        assert opened.rows["Entreprise"] == rows + len(REGISTERED)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    few, many = peak(tmp_path / "few.zip", 500), peak(tmp_path / "many.zip", 5000)
    assert many < few * 1.1


def test_what_is_kept_of_a_name_is_bounded() -> None:
    seeker = naming.Seeker([("coop-exemple", "Coopérative Exemple", frozenset())])
    for number in range(3 * naming.KEPT):
        seeker.look(f"11{number:08d}", "Coopérative Exemple", is_former=number % 2 == 0)
    kept = seeker.sought["coop-exemple"].found
    assert len(kept) == naming.KEPT
    assert all(int(neq) % 2 for neq in kept)  # the names in force first
    assert min(kept) == "1100000001"


def test_a_name_without_its_letters_is_not_proposed() -> None:
    assert archive.said(" - ") == ""
    assert archive.said("COOP\u00e9RATIVE\n DU  LAC") == "COOPéRATIVE DU LAC"
    assert archive.said("Coop\ufffdrative") == ""


def test_an_archive_without_its_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "autre.zip"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("Nom.csv", "NEQ,NOM_ASSUJ\n")
    with pytest.raises(AnnuaireError, match=r"Entreprise\.csv"), archive.opened(path):
        pass


@pytest.mark.parametrize("name", ["archive.zip", "autre.zip", "membres.csv", "donnees.dat"])
def test_the_archive_is_refused_in_reception_whatever_its_name(site: Project, zipped: Path, name: str) -> None:
    folder = site.root / "reception"
    folder.mkdir()
    dropped = folder / name
    with zipfile.ZipFile(zipped) as parts:
        table = parts.read("Entreprise.csv")
    if name == "archive.zip":
        dropped.write_bytes(zipped.read_bytes())
    elif name == "autre.zip":
        with zipfile.ZipFile(dropped, "w") as made:
            made.writestr("donnees/e1.csv", table)
    else:
        dropped.write_bytes(table)
    for command in (("apply", "--reception", "--yes"), ("import", "--reception")):
        done = site.call(*command)
        assert "refusé\u00a0: cela ressemble à l’archive du Registraire" in done.stdout, command
        assert "annuaire registre" in done.stdout
    assert not dropped.exists()


def test_another_zip_is_no_archive(site: Project) -> None:
    folder = site.root / "reception"
    folder.mkdir()
    with zipfile.ZipFile(folder / "listes.zip", "w") as made:
        made.writestr("membres.csv", "Nom;Ville\nCoop Exemple;Shawinigan\n")
    assert "en sortir les fichiers" in site.call("apply", "--reception", "--yes").stdout

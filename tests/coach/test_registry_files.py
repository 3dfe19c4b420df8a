"""Refuse the Registraire's archive in the repository, wherever it stands and whatever its name."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.coach.proposing import Proposals, lay
from tests.sites import REPOSITORY, Project

from annuaire.coach.writing import FORMATS
from annuaire.records import registry_files

HEADER = '\ufeff"NEQ","NO_SUF_ETAB","IND_ETAB_PRINC","LIGN1_ADR","COD_ACT_ECON","ADR_DOMCL_LIGN1_ADR"\r\n'
REFUSED = "n’entre jamais dans le dépôt"


def zipped() -> bytes:
    """Make a zip of which only the parts say what it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lisezmoi.txt", "x" * 10_000)
        archive.writestr("donnees/Nom.csv", "NEQ\n")
    return buffer.getvalue()


CASES = {
    **{f"content/import/{name}": b"a,b\n" for name in sorted(registry_files.FILES)},
    "reception/liste.csv": HEADER.encode(),
    "content/import/sans-extension": HEADER.encode(),
    "donnees.zip": zipped(),
}


@pytest.fixture
def site(tmp_path: Path) -> Proposals:
    """Lay a site."""
    return lay(tmp_path / "site")


def validate(site: Proposals, *paths: str) -> tuple[int, str]:
    """Judge the site with the command."""
    done = Project(site.root).call("validate", *paths)
    return done.returncode, done.stdout


@pytest.mark.parametrize("path", CASES)
def test_validate_and_coach_refuse_it(site: Proposals, path: str) -> None:
    assert validate(site)[0] == 0
    site.start()
    site.write(path, CASES[path])
    code, said = validate(site)
    assert code == 1
    assert f"{path}:1:1" in said
    assert REFUSED in said
    site.propose()
    report = site.coach(staff=True)
    assert report.errors == 1
    assert [problem.location.file for problem in report.registry] == [path]
    assert any(flag.code == registry_files.CODE and flag.files == (path,) for flag in report.flags)
    for write in FORMATS.values():
        assert path.rpartition("/")[2] in write(report)
    assert validate(site)[0] == 0  # main does not have it


def test_what_git_does_not_follow_may_stand_there(site: Proposals) -> None:
    site.write(".gitignore", "Nom.csv\n")
    site.write("Nom.csv", b"NEQ\n")
    assert validate(site)[0] == 0


def test_a_list_of_people_here_is_no_archive(site: Proposals) -> None:
    site.start()
    site.write("content/import/liste.csv", b"neq,nom,municipalite,activite_declaree,forme_req\n")
    site.write("content/import/etablissements.csv", b"entreprise,ordre,nom,adresse,municipalite\n")
    site.write("content/import/note.txt", b"ADR_DOMCL_LIGN1_ADR, une colonne\nCOD_STAT_IMMAT, une autre\n")
    site.write("content/import/vide.zip", b"PK")
    assert validate(site)[0] == 0
    site.propose()
    assert site.coach(staff=True).registry == ()


def test_a_name_cannot_drive_the_terminal() -> None:
    (problem,) = registry_files.judge("a\x1b[31m/Nom.csv", b"")
    assert problem.location.file == "a\\x1b[31m/Nom.csv"


def test_the_start_of_a_large_archive_is_enough() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Entreprise.csv", "NEQ\n" * 10_000)
    assert [p.code for p in registry_files.judge("x.zip", buffer.getvalue()[:5000])] == [registry_files.CODE]
    assert not [*registry_files.judge("x.zip", b"PK\x03\x04 Entreprise"[:8])]


def test_git_ignores_the_archive_here() -> None:
    names = [*sorted(registry_files.FILES), "content/import/Nom.csv", "JeuxDonnees-2026.zip", "registre.xlsx"]
    done = subprocess.run(
        ["git", "-C", str(REPOSITORY), "check-ignore", "--no-index", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == names


@pytest.mark.parametrize(
    ("file", "is_read"), [("a/b.CSV", True), ("a.b/LISEZMOI", True), ("content/a.yml", False), ("a/Nom.csv", False)]
)
def test_only_tables_and_zips_are_read(file: str, is_read: bool) -> None:
    assert registry_files.needs_reading(file) is is_read

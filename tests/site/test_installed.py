"""The package holds all that a Pôle shares: installed alone, it makes a repository and builds it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from tests.sites import REPOSITORY, clean_environment

from annuaire import __version__

DEPOTS = REPOSITORY / "tests" / "depots"  # one small repository as each release left it


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)),
        cwd=folder,
        env=clean_environment() | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, as a release does."""
    folder = tmp_path_factory.mktemp("paquet")
    words = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, REPOSITORY)
    done = run(sys.executable, *words, folder=REPOSITORY)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it in an environment of its own, with the libraries of this one and without this repository."""
    place = tmp_path_factory.mktemp("machine") / "venv"
    assert run(sys.executable, "-m", "venv", "--without-pip", place, folder=wheel.parent).returncode == 0
    python = place / "bin" / "python"
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=place).stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(own)
    # What a .pth names is found after our own; the .pth files there, the editable one among them, are not read.
    (own / "bibliotheques.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    for name, where, what in (("annuaire", "annuaire.cli.main", "main"), ("mkdocs", "mkdocs.__main__", "cli")):
        (place / "bin" / name).write_text(f"#!{python}\nfrom {where} import {what}\n{what}()\n", encoding="utf-8")
        (place / "bin" / name).chmod(0o755)
    where = run(python, "-c", "import annuaire; print(annuaire.__file__)", folder=place).stdout
    assert where.startswith(str(own)), "the program of this repository would be tested instead"
    return place / "bin" / "annuaire"


def test_the_wheel_holds_whatever_the_repository_shares(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src/annuaire/depot"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for name in filter(None, listed):
        assert held[name.removeprefix("src/")] == (REPOSITORY / name).read_bytes(), name
    assert any(name.startswith("annuaire/theme/assets/bundles/") for name in held)
    assert not any(name.startswith(("content/", "tests/")) for name in held)


def test_installed_alone_it_makes_a_repository_and_builds_it(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "repertoire"
    made = run(program, "init", folder, "--region", "centre du quebec", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert run(program, "--version", folder=tmp_path).stdout == f"annuaire {__version__}\n"
    judged = run(program, "validate", "--strict", folder=folder)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    for engine in (program, program.with_name("mkdocs")):  # by itself too: the plugin is found by its name
        built = run(engine, "build", folder=folder)
        assert built.returncode == 0, built.stderr
        home = (folder / "site" / "index.html").read_text(encoding="utf-8")
        assert "du Centre-du-Québec" in home
        assert "noindex" in home
        for page in ("acheter/catalogue", "a-propos", "contribuer", "recherche", "territoires/arthabaska", "donnees"):
            assert (folder / "site" / page / "index.html").is_file(), page


@pytest.mark.parametrize("release", sorted(path.name for path in DEPOTS.iterdir()))
def test_the_repository_of_an_older_release_still_builds(program: Path, release: str, tmp_path: Path) -> None:
    shutil.copytree(DEPOTS / release, tmp_path / release)
    judged = run(program, "validate", folder=tmp_path / release)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    built = run(program, "build", folder=tmp_path / release)
    assert built.returncode == 0, built.stderr
    for page, words in (
        ("entreprises/cooperative-exemple", "Coopérative Exemple"),
        ("a-propos", "Nous sommes Exemple."),
        ("bienvenue", "Bienvenue"),
    ):
        assert words in (tmp_path / release / "site" / page / "index.html").read_text(encoding="utf-8")

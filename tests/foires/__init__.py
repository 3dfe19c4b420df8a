"""Add a made-up collection, « foires », to a copy of the program, as HACKING.md says: a folder and a template.

The copy is made of links to the files of this one; nothing of the program itself knows of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.sites import GIT_ENVIRONMENT, REPOSITORY, Project, clean_environment

from annuaire.records.collections import COLLECTIONS

HERE = Path(__file__).parent
NAME = "foires"
SLUG = "foire-des-fromages"


def program_with_fairs(folder: Path) -> Path:
    """Make in `folder` a program that has one more collection; give the folder to put first on Python’s path."""
    package = folder / "annuaire"
    shutil.copytree(REPOSITORY / "src" / "annuaire", package, copy_function=_lay)
    shutil.copytree(HERE / "collection" / NAME, package / "schema" / NAME)
    shutil.copy(HERE / "collection" / "foire.html", package / "pages" / "templates")
    return folder


def _lay(source: str, place: str) -> None:
    """Link a file of the program there; Typst leaves its folder for none."""
    (shutil.copy if source.endswith(".typ") else os.symlink)(source, place)


def add_fairs(project: Project) -> None:
    """Put the made-up fairs among the records of a site."""
    shutil.copytree(HERE / "fiches", project.root / "content" / NAME, dirs_exist_ok=True)


def be_alone(project: Project) -> None:
    """Put them there without the records of the other collections that anybody may correct, but for enterprises."""
    for collection in COLLECTIONS:
        if collection.pages:
            shutil.rmtree(project.root / "content" / collection.name, ignore_errors=True)
    add_fairs(project)


def run(
    program: Path, project: Project, *arguments: str, given: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of that program from the folder of a site."""
    words = ["-c", "from annuaire.cli.main import main; main()", *arguments]
    return _python(program, words, project.root, given, dict(environment or {}))


def judge(program: Path, texts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Give the data of the form for the fairs (`data`), and what that program finds in each text (`found`)."""
    path = {"PYTHONPATH": os.pathsep.join([str(program), str(REPOSITORY)])}
    done = _python(program, ["-m", "tests.foires.judging"], REPOSITORY, json.dumps(texts), path)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _python(
    program: Path, words: Sequence[str], folder: Path, given: str, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=clean_environment() | {"PYTHONPATH": str(program)} | dict(environment),
        capture_output=True,
        text=True,
        check=False,
        input=given,
        timeout=120,
    )


def commit(project: Project, words: str) -> None:
    """Add a commit to the history of a site."""
    for arguments in (["add", "-A"], ["commit", "-q", "-m", words]):
        environment = {**os.environ, **GIT_ENVIRONMENT}
        subprocess.run(["git", "-C", str(project.root), *arguments], env=environment, check=True, capture_output=True)

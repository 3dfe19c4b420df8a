"""Windows and macOS, as they differ from Linux: no fork, no lock of files, no exchange of folders, programs in .exe.

What those systems lack is taken away from this one; the systems themselves are not tried here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sites import Project, clean_environment, digest

from annuaire.site import engine, kept

WITHOUT = """
import multiprocessing.context, os, sys
del os.fork, multiprocessing.context.ForkProcess, multiprocessing.context.ForkContext
sys.modules["fcntl"] = sys.modules["resource"] = None
from annuaire.site import exchange, stamp
stamp.FORK_FROM = exchange.FORK_FROM = 1
exchange._exchange = lambda one, other: False
from annuaire.cli.main import main
main()
"""


def without(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command where the system lacks what Windows lacks."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words],
        cwd=project.root,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_site_is_built_in_one_process_and_takes_the_place_of_the_former(project: Project) -> None:
    project.build()
    expected = digest(project.site)
    (project.site / "index.html").write_text("ancien", encoding="utf-8")
    done = without(project, "build")
    assert done.returncode == 0, done.stderr
    assert digest(project.site) == expected
    assert not [path.name for path in project.root.iterdir() if path.name.startswith(".site")]


def test_what_is_received_is_read_and_written(project: Project) -> None:
    assert without(project, "validate").returncode == 0
    assert without(project, "template", "vide.xlsx").returncode == 0
    done = without(project, "apply", "vide.xlsx", "--dry-run")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert without(project, "new", "Coopérative Neuve").returncode == 0
    assert project.record("cooperative-neuve").is_file()


def test_an_engine_beside_python_is_found_under_the_ending_of_the_system(
    monkeypatch: pytest.MonkeyPatch, project: Project, tmp_path: Path
) -> None:
    """Where an environment is not activated, its programs are on no PATH; Windows calls them « mkdocs.exe »."""
    beside = tmp_path / "Scripts"
    beside.mkdir()
    (beside / "mkdocs.exe").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (beside / "mkdocs.exe").chmod(0o755)
    monkeypatch.setattr(kept, "place", lambda cache: cache / "rien")
    asked: list[str] = []

    def which(name: str, path: str | None = None) -> str | None:
        asked.append(f"{path}{os.sep}{name}")
        return str(beside / f"{name}.exe")

    monkeypatch.setattr(engine.sys, "executable", str(beside / "python.exe"))
    monkeypatch.setattr(engine.shutil, "which", which)
    assert engine.start(project.settings, "mkdocs", tmp_path / "moteur").wait() == tmp_path / "moteur" / "rendu"
    assert asked == [str(beside / "mkdocs")]

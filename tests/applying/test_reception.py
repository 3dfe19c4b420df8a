"""Drop a workbook in reception/ as staff do, and follow what the forge makes of it, with a forge of straw."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from tests.applying.test_apply import SLUG
from tests.applying.test_workbook import Book, make
from tests.sites import GIT_ENVIRONMENT, REPOSITORY, Project, tool

WORKFLOW = REPOSITORY / ".github" / "workflows" / "reception.yml"
GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$STRAW/asked"
case "$1 $2" in
  "pr list") cat "$STRAW/open" ;;
  "pr create" | "pr comment") while [ $# -gt 1 ]; do shift; done; cat "$1" >"$STRAW/body" ;;
esac
"""


class Forge:
    """Hold the branch of a person of the Pôle, its origin, and what the forge was asked."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.straw = project.root.parent / "straw"
        self.origin = project.root.parent / "origin.git"
        for folder in (self.straw, project.root / "tools", project.root / "reception"):
            folder.mkdir()
        (self.straw / "gh").write_text(GH, encoding="utf-8")
        (self.straw / "gh").chmod(0o755)
        (self.straw / "open").write_text("", encoding="utf-8")
        shutil.copy(REPOSITORY / "tools" / "reception.sh", project.root / "tools")
        (project.root / ".venv").mkdir()
        (project.root / ".venv" / "bin").symlink_to(tool("annuaire").parent)
        with (project.root / ".gitignore").open("a", encoding="utf-8") as file:
            file.write(".venv\n")
        self.git("init", "-q", "--bare", str(self.origin))
        self.git("remote", "add", "origin", str(self.origin))
        self.git("checkout", "-q", "-b", "depot")

    def git(self, *words: str) -> str:
        """Run git on the branch."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.project.root,
            env={**os.environ, **GIT_ENVIRONMENT},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def run(self, step: str) -> None:
        """Run one step of the workflow."""
        environment = {
            **os.environ,
            **GIT_ENVIRONMENT,
            "PATH": f"{self.straw}{os.pathsep}{os.environ['PATH']}",
            "STRAW": str(self.straw),
            "BRANCHE": "depot",
            "APERCU": "https://forge.example.org/apercu",
        }
        report = str(self.straw / "reception.md")
        command = ["bash", "tools/reception.sh", step, report]
        done = subprocess.run(
            command, cwd=self.project.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def drop(self, path: Path, name: str) -> None:
        """Drop a file in reception/ through the page of the forge."""
        shutil.copy(path, self.project.root / "reception" / name)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Déposer un classeur")

    def pushed(self, path: str) -> str:
        """Read a file of the branch as the forge now has it."""
        return self.git("--git-dir", str(self.origin), "show", f"depot:{path}")


@pytest.fixture
def forge(project: Project) -> Forge:
    """Make a forge of straw."""
    return Forge(project)


def test_a_dropped_workbook_becomes_a_proposal(forge: Forge) -> None:
    book = Book(make(forge.project, SLUG))
    book.set("Établissements", book.row("Établissements", SLUG, "2"), Téléphone="819 555-0199")
    forge.drop(book.save(), "classeur.xlsx")
    forge.run("apply")
    forge.run("propose")
    assert "819 555-0199" in forge.pushed(f"content/enterprises/{SLUG}.yml")
    names = forge.git("--git-dir", str(forge.origin), "ls-tree", "-r", "--name-only", "depot")
    assert "reception/classeur.xlsx" not in names
    asked = (forge.straw / "asked").read_text(encoding="utf-8")
    assert "pr create --base main --head depot" in asked
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "après\u00a0: 819 555-0199" in body
    assert "Retiré de reception/" in body
    assert "https://forge.example.org/apercu" in body


def test_what_is_refused_is_said_and_stays(forge: Forge) -> None:
    wrong = forge.project.root.parent / "rien.txt"
    wrong.write_text("Bonjour\n\n# Titre <script> @tous ![x](y)", encoding="utf-8")
    forge.drop(wrong, "<b>rien</b>.txt".replace("/", "-"))
    (forge.straw / "open").write_text("7\n", encoding="utf-8")
    forge.run("apply")
    forge.run("propose")
    assert "pr comment 7" in (forge.straw / "asked").read_text(encoding="utf-8")
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "refusé\u00a0: aucune correction" in body
    told = [line for line in body.splitlines() if "rien" in line]
    assert told
    assert all(line.startswith("    ") for line in told)
    assert len(list((forge.project.root / "reception").iterdir())) == 1


def test_the_token_serves_the_last_step_alone() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"push"}, "a fork must never start it"
    assert workflow[True]["push"] == {"branches-ignore": ["main"], "paths": ["reception/**"]}
    (job,) = workflow["jobs"].values()
    holders = [step["run"] for step in job["steps"] if "GH_TOKEN" in step.get("env", {})]
    assert holders == ['bash tools/reception.sh propose "$RUNNER_TEMP/reception.md"']
    assert job["steps"][-1]["run"] == holders[0]

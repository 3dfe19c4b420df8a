"""Drop a workbook in reception/ as staff do, and follow what the forge makes of it, with a forge of straw."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from tests.applying import mailing
from tests.applying.test_apply import SLUG, correction, send
from tests.applying.test_workbook import Book, make
from tests.sites import GIT_ENVIRONMENT, REPOSITORY, Project, tool

from annuaire.depot.making import FORGE
from annuaire.intake.applying.proposal import base_of

WORKFLOW = REPOSITORY / ".github" / "workflows" / "reception.yml"
GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$STRAW/asked"
case "$1 $2" in
  "pr list") cat "$STRAW/open" ;;
  "pr view") cat "$STRAW/said" ;;
  "pr create") [ ! -e "$STRAW/closed" ] || exit 1 ;;
esac
case "$1 $2" in
  "pr create" | "pr comment") while [ $# -gt 1 ]; do shift; done; cat "$1" >"$STRAW/body" ;;
esac
"""


class Forge:
    """Hold the branch of a person of the Pôle, its origin, and what the forge was asked."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.straw = project.root.parent / "straw"
        self.origin = project.root.parent / "origin.git"
        for folder in (self.straw, project.root / "reception"):
            folder.mkdir()
        (self.straw / "gh").write_text(GH, encoding="utf-8")
        (self.straw / "gh").chmod(0o755)
        for name in ("open", "said", "asked"):
            (self.straw / name).write_text("", encoding="utf-8")
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

    def run(self, step: str, *, code: int = 0) -> str:
        """Run one step of the workflow; give what it prints."""
        environment = {
            **os.environ,
            **GIT_ENVIRONMENT,
            "PATH": f"{self.straw}{os.pathsep}{os.environ['PATH']}",
            "STRAW": str(self.straw),
            "BRANCHE": "depot",
            "APERCU": "https://forge.example.org/apercu",
            "GITHUB_STEP_SUMMARY": str(self.straw / "summary"),
        }
        report = str(self.straw / "reception.md")
        command = ["bash", str(FORGE / "reception.sh"), step, report]
        done = subprocess.run(
            command, cwd=self.project.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    def asked(self) -> str:
        """Give what the forge was asked, a line for each."""
        return (self.straw / "asked").read_text(encoding="utf-8")

    def drop(self, path: Path, name: str) -> None:
        """Drop a file in reception/ through the page of the forge."""
        shutil.copy(path, self.project.root / "reception" / name)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Déposer un classeur")

    def pushed(self, path: str) -> str:
        """Read a file of the branch as the forge now has it."""
        return self.git("--git-dir", str(self.origin), "show", f"depot:{path}")


def only_the_correction(project: Project) -> str:
    """Write what a person of the Pôle copies of a mail: the correction, from its first line to its last."""
    text = correction(project, {"site_web": None})
    return text[text.index("[annuaire 1]") : text.index("\n\nMerci")] + "\n"


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
    assert "pr create --base main --head depot" in forge.asked()
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "après\u00a0: 819 555-0199" in body
    assert "https://forge.example.org/apercu" in body


def test_the_review_is_asked_of_what_was_pushed(forge: Forge) -> None:
    forge.drop(send(forge.project, only_the_correction(forge.project)), "message.txt")
    forge.run("apply")
    forge.run("propose")
    pushed = forge.git("--git-dir", str(forge.origin), "rev-parse", "depot").strip()
    assert forge.asked().splitlines()[-1] == (
        f"workflow run relire.yml --ref main --raw-field proposition={pushed} --raw-field apercu=https://forge.example.org/apercu"
    )
    inputs = yaml.safe_load((WORKFLOW.parent / "relire.yml").read_text(encoding="utf-8"))[True]["workflow_dispatch"]
    assert set(inputs["inputs"]) == {"proposition", "apercu"}


def test_a_pasted_correction_becomes_a_proposal(forge: Forge) -> None:
    text = mailing.crlf(mailing.quoted(mailing.wrapped(only_the_correction(forge.project))))
    forge.drop(send(forge.project, text), "message.txt")
    forge.run("apply")
    forge.run("propose")
    assert "site_web" not in forge.pushed(f"content/enterprises/{SLUG}.yml")


def test_a_record_of_any_collection_is_proposed(forge: Forge) -> None:
    path = "content/organisations/fonds-exemple.yml"
    base = base_of((forge.project.root / path).read_text(encoding="utf-8"))
    text = mailing.compose("organisations/fonds-exemple", base, {"resume": "Prête aux coopératives."})
    text = text[text.index("[annuaire 1]") : text.index("\n\nMerci")] + "\n"
    forge.drop(send(forge.project, text), "message.txt")
    forge.run("apply")
    forge.run("propose")
    assert "resume: Prête aux coopératives." in forge.pushed(path)


@pytest.mark.parametrize(
    "words",
    [
        "Bonjour,\n\n{}",
        "{}\nJeanne Exemple, directrice",
        "{0}\nLe 3 mai, Jeanne Exemple a écrit :\n{0}",
        "Jeanne Exemple",
    ],
)
def test_a_text_that_holds_more_is_never_proposed(forge: Forge, words: str) -> None:
    forge.drop(send(forge.project, words.format(only_the_correction(forge.project))), "message.txt")
    before = forge.project.record(SLUG).read_bytes()
    said = forge.run("apply", code=1)
    assert "::error title=Réception::" in said
    for told in (said, (forge.straw / "summary").read_text(encoding="utf-8")):
        assert "porte plus que des corrections" in told
        assert "Supprimer cette branche" in told
        assert "Jeanne" not in told
    assert forge.project.record(SLUG).read_bytes() == before
    assert not forge.asked(), "a proposal keeps its branch for ever"


@pytest.mark.parametrize("name", ["demande.eml", "liste.csv", "demande.docx", "courriel.msg"])
def test_a_mail_or_a_document_is_never_proposed(forge: Forge, name: str) -> None:
    path = send(forge.project, "")
    path.write_bytes(mailing.mail(only_the_correction(forge.project)))
    forge.drop(path, name)
    assert "porte plus" in forge.run("apply", code=1)


def test_a_file_taken_back_proposes_nothing(forge: Forge) -> None:
    notice = forge.project.root / "reception" / "LISEZMOI.md"
    notice.write_text("Déposer ici.", encoding="utf-8")
    forge.run("apply")
    forge.run("propose")
    assert not forge.asked()
    assert notice.exists()


def test_a_report_already_there_is_not_repeated(forge: Forge) -> None:
    forge.drop(send(forge.project, only_the_correction(forge.project)), "message.txt")
    forge.run("apply")
    (forge.straw / "open").write_text("7\n", encoding="utf-8")
    (forge.straw / "said").write_text((forge.straw / "reception.md").read_text(encoding="utf-8"), encoding="utf-8")
    forge.run("propose")
    assert "pr comment" not in forge.asked()
    assert "pr create" not in forge.asked()
    assert "workflow run relire.yml" in forge.asked()


def test_a_branch_that_moved_is_left_to_the_next_run(forge: Forge) -> None:
    forge.drop(send(forge.project, only_the_correction(forge.project)), "message.txt")
    forge.git("push", "-q", "origin", "depot")
    forge.git("commit", "-q", "--allow-empty", "-m", "Autre dépôt")
    forge.git("push", "-q", "origin", "depot")
    forge.git("reset", "-q", "--hard", "HEAD~1")
    forge.run("apply")
    assert "La branche a changé" in forge.run("propose", code=1)
    assert "pr " not in forge.asked()


def test_a_proposal_that_the_forge_refuses_is_said(forge: Forge) -> None:
    (forge.straw / "closed").touch()
    forge.drop(send(forge.project, only_the_correction(forge.project)), "message.txt")
    forge.run("apply")
    assert "ouvrez-la vous-même" in forge.run("propose", code=1)


def test_what_is_refused_is_said_and_taken_out(forge: Forge) -> None:
    slug = "# Titre <script> @tous ![x](y)"
    wrong = send(forge.project, f"[annuaire 1] fiche {slug}, base 00000000\n[fin] contrôle 00000000\n")
    forge.drop(wrong, "<b>rien</b>.txt".replace("/", "-"))
    (forge.straw / "open").write_text("7\n", encoding="utf-8")
    forge.run("apply")
    forge.run("propose")
    assert "pr comment 7" in forge.asked()
    body = (forge.straw / "body").read_text(encoding="utf-8")
    assert "refusé\u00a0: le texte de la correction a été changé en route" in body
    told = [line for line in body.splitlines() if "rien" in line]
    assert told
    assert all(line.startswith("    ") for line in told)
    assert not list((forge.project.root / "reception").iterdir()), "what is merged brings no dropped file to main"


def test_the_token_serves_the_last_step_alone() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"push"}, "a fork must never start it"
    assert workflow[True]["push"] == {"branches-ignore": ["main"], "paths": ["reception/**"]}
    (job,) = workflow["jobs"].values()
    holders = [step["run"] for step in job["steps"] if "GH_TOKEN" in step.get("env", {})]
    assert holders == ['sh annuaire forge reception propose "$RUNNER_TEMP/reception.md"']
    assert job["steps"][-1]["run"] == holders[0]
    assert job["permissions"] == {"contents": "write", "pull-requests": "write", "actions": "write"}

"""Prepare workbooks as the forge does when a person of the Pôle asks for one on its page."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml
from tests.applying.test_apply import SLUG
from tests.sites import REPOSITORY, Project, tool

from annuaire.depot.making import FORGE
from annuaire.intake.importing import reading

SCRIPT = FORGE / "classeur.sh"
WORKFLOW = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "classeurs.yml").read_text(encoding="utf-8"))
KINDS = WORKFLOW[True]["workflow_dispatch"]["inputs"]["genre"]["options"]


def prepare(project: Project, kind: str, *, code: int = 0, **asked: str) -> str:
    """Prepare a workbook in the folder `classeur` of a site; give what is said."""
    if not (project.root / ".venv").exists():
        (project.root / ".venv").mkdir()
        (project.root / ".venv" / "bin").symlink_to(tool("annuaire").parent)
    done = subprocess.run(
        ["bash", str(SCRIPT), "classeur"],
        cwd=project.root,
        env={**os.environ, "GENRE": kind, "GITHUB_STEP_SUMMARY": str(project.root / "summary"), **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def first_column(path: Path, sheet: str) -> list[str]:
    """Read what stands in the column of the records of a workbook."""
    titles, *lines = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [str(line[titles.index("Fiche")]) for line in lines]


def test_every_kind_that_the_page_offers_is_prepared(project: Project) -> None:
    for kind in KINDS:
        prepare(project, kind, MRC="", CATEGORIE="", MAXIMUM="")
    assert {path.name for path in (project.root / "classeur").iterdir()} == {
        "appels.xlsx",
        "appels.html",
        "fiches.xlsx",
        "fiches-court.xlsx",
        "nouvelles.xlsx",
    }
    every = first_column(project.root / "classeur" / "fiches.xlsx", "Entreprises")
    assert len(every) == len(list(project.enterprises.glob("*.yml")))
    assert not reading.read(project.root / "classeur" / "nouvelles.xlsx", "Entreprises").rows


def test_a_part_is_prepared(project: Project) -> None:
    """Every answer reaches a kind, and some answer each kind that holds records."""
    prepare(project, "Feuille d’appel", CATEGORIE="déneigement", MRC="Exempleville", MAXIMUM="0")
    some = first_column(project.root / "classeur" / "appels.xlsx", "Appels")
    assert SLUG in some
    assert len(some) < 8
    prepare(project, "Classeur de fiches", CATEGORIE="déneigement", MAXIMUM="1")
    assert len(first_column(project.root / "classeur" / "fiches.xlsx", "Entreprises")) == 1
    assert {"Feuille d’appel", "Classeur de fiches"} < set(KINDS)


@pytest.mark.parametrize("asked", [{"MRC": "Nulle part"}, {"CATEGORIE": "--help"}, {"MAXIMUM": "$(touch x)"}])
def test_what_is_wrong_is_said_on_the_page(project: Project, asked: dict[str, str]) -> None:
    said = prepare(project, "Feuille d’appel", code=1, **asked)
    assert re.search(r"(?m)^::error title=Classeurs::annuaire\u00a0: .*\.?$", said)
    assert not (project.root / "x").exists()
    assert "annuaire" in (project.root / "summary").read_text(encoding="utf-8")


def test_it_reads_main_and_writes_nothing() -> None:
    assert set(WORKFLOW[True]) == {"workflow_dispatch"}
    (job,) = WORKFLOW["jobs"].values()
    assert job["permissions"] == {"contents": "read"}
    assert job["steps"][0]["with"]["ref"] == "main"
    keep = job["steps"][-1]["with"]
    assert (keep["retention-days"], keep["if-no-files-found"]) == (7, "error")
    asked = set(WORKFLOW[True]["workflow_dispatch"]["inputs"])
    given = {name: value for step in job["steps"] for name, value in step.get("env", {}).items()}
    assert given == {name.upper(): f"${{{{ inputs.{name} }}}}" for name in asked}

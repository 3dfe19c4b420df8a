"""The HTML of every page is valid, as html-validate judges it (its settings, with their reasons: html-validate.mjs)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.sites import REPOSITORY, Project, tool

PROGRAM = Path(__file__).with_name("judge-html.mjs")
LIBRARY = REPOSITORY / "node_modules" / "html-validate"


def node() -> str:
    """Find the Node that `make` installs, else the machine's."""
    found = shutil.which("node", path=os.pathsep.join([str(tool("node").parent), os.environ.get("PATH", "")]))
    if found is None or not LIBRARY.is_dir():
        pytest.fail("no Node or no html-validate: run `make test`")
    return found


def judge(*files: Path) -> list[str]:
    """Judge files; list the faults."""
    done = subprocess.run(
        [node(), str(PROGRAM), *map(str, files)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        f"{Path(file['filePath'])}:{m['line']}: {m['message']} [{m['ruleId']}]"
        for file in json.loads(done.stdout)
        for m in file["messages"]
    ]


def test_fault_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!DOCTYPE html>\n<html lang=fr><head><title>Page</title></head><body><p>Un<p>Deux</div></body></html>\n",
        "utf-8",
    )
    assert judge(page)


def test_every_page_is_valid(example: Project) -> None:
    assert judge(*example.pages().values()) == []


def test_pages_of_a_demonstration_are_valid(demonstration: Project) -> None:
    """One page in four: their templates are those of the Exemple site, only their records differ."""
    assert judge(*list(demonstration.pages().values())[::4]) == []

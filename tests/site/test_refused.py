"""A build that the machine refuses: one French sentence, the last site whole, nothing left beside it."""

from __future__ import annotations

import resource
import signal
import subprocess

import pytest
from tests.sites import Project, digest, tool

ENGLISH = ("Traceback", "Errno", "Error:", "No space", "File too large", "Permission denied")


def build(project: Project, most: int) -> subprocess.CompletedProcess[str]:
    """Build where no file may be larger than so many bytes."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [str(tool("annuaire")), "build"],
        cwd=project.root,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "most"), [("project", 60_000), ("published", 10_000), ("published", 60_000), ("published", 200_000)]
)
def test_a_full_disk(request: pytest.FixtureRequest, name: str, most: int) -> None:
    project: Project = request.getfixturevalue(name)
    site = project.site
    has_site = name == "published"
    before = digest(site) if has_site else None
    done = build(project, most)
    assert done.returncode == 2, done.stdout
    assert done.stderr.startswith("annuaire\u00a0: ")
    assert not [word for word in ENGLISH if word in done.stderr], done.stderr
    assert site.exists() == has_site
    assert before is None or digest(site) == before
    assert not [path.name for path in project.root.iterdir() if path.name.startswith(".site")]
    assert not list((project.root / ".annuaire").glob("gabarits*"))


def test_a_folder_that_cannot_be_written(project: Project) -> None:
    (project.root / ".annuaire").write_text("", encoding="utf-8")  # root itself is refused this
    done = project.call("build")
    assert done.returncode == 2
    assert not [word for word in ENGLISH if word in done.stderr], done.stderr


@pytest.mark.parametrize("epoch", ["demain", "-1", "9" * 30, "²"])
def test_a_date_that_is_none(project: Project, epoch: str) -> None:
    done = project.call("build", SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "nombre entier" in done.stderr
    assert not (project.root / "site").exists()

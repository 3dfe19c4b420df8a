"""Give the texts that a record's file had: a proposal started from one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annuaire import git

MOST = 200  # versions looked at, the latest first


def texts(path: Path) -> Iterator[str]:
    """Give the texts that a file had in git, the latest first."""
    commits = git.answer(path.parent, "log", f"-{MOST}", "--format=%H", "--", path.name)
    for commit in commits.decode("ascii", "replace").split():
        yield git.answer(path.parent, "show", f"{commit}:./{path.name}").decode("utf-8", "replace")

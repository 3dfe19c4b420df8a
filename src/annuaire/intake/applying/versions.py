"""Find, in the history of a record's file, the text that a proposal started from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annuaire import git
from annuaire.intake.applying.proposal import base_of

MOST = 200  # versions looked at, the latest first


def find(path: Path, base: str) -> str | None:
    """Give the text of a file that has this base (see `base_of`) in git, or None if git does not know any."""
    return next((text for text in _texts(path) if base_of(text) == base), None)


def _texts(path: Path) -> Iterator[str]:
    commits = git.answer(path.parent, "log", f"-{MOST}", "--format=%H", "--", path.name)
    for commit in commits.decode("ascii", "replace").split():
        yield git.answer(path.parent, "show", f"{commit}:./{path.name}").decode("utf-8", "replace")

"""Find, in the history of a record's file, the text that a proposal started from."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from annuaire.applying.proposal import base_of

MOST = 200  # versions looked at, the latest first
_TIMEOUT_SECONDS = 30


def find(path: Path, base: str) -> str | None:
    """Give the text of a file that has this base (see `base_of`) in git, or None if git does not know any."""
    return next((text for text in _texts(path) if base_of(text) == base), None)


def _texts(path: Path) -> Iterator[str]:
    commits = _git(path.parent, "log", f"-{MOST}", "--format=%H", "--", path.name)
    for commit in commits.decode("ascii", "replace").split():
        yield _git(path.parent, "show", f"{commit}:./{path.name}").decode("utf-8", "replace")


def _git(folder: Path, *words: str) -> bytes:
    """Ask git; an empty answer when it cannot tell (no git, no repository, a file it never had)."""
    try:
        done = subprocess.run(
            ["git", "--literal-pathspecs", *words],  # noqa: S607
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""

"""Keep the shells of the last build: nothing is rendered again while nothing that the engine reads has changed.

What an engine reads: the pages and the configuration that were laid out for it, `mkdocs.yml`, this program (its theme,
its plugin), the libraries installed. A configuration that names what may read elsewhere (a hook, a plugin that is not
ours, included files, the environment) is rendered each time. Shells hold no record, no date and no version: these come
when they are filled.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire import keeping

try:
    import fcntl
except ImportError:  # Windows, where no folder can be locked: two builds at once there may miss a page, and say so
    fcntl = None  # type: ignore[assignment]

FOLDER = "gabarits-gardes"
MOST = 2
_OURS = frozenset({"annuaire"})
_ELSEWHERE = ("!ENV", "snippets", "INHERIT")  # words of a configuration that has other files or the environment read


@dataclass
class Loan:
    """Hold a folder of kept shells while it is read; no build throws it away before it is given back."""

    folder: Path
    _lock: int = -1

    def give_back(self) -> None:
        """Let the folder go, once; the end of the program does too."""
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1


def mark(pages: Mapping[bytes, bytes], laid: str, config_file: Path, site: dict[str, Any], command: str) -> str:
    """Give the hash of all that the engine will read, or "" where that cannot be told.

    `pages` holds what is in the folder of pages by name, `laid` is the configuration that is laid out for the engine,
    `site` what `config_file` holds.
    """
    text = config_file.read_text(encoding="utf-8")
    plugins = site.get("plugins") or []
    named = {next(iter(one)) if isinstance(one, dict) else one for one in plugins}
    if site.get("hooks") or named - _OURS or any(word in text for word in _ELSEWHERE):
        return ""
    own = os.fsencode(config_file)  # left out: the same site elsewhere has the same shells
    pieces = (piece for name in sorted(pages) for piece in (name, pages[name]))
    return keeping.mark(command, text, laid.encode().replace(own, b""), *pieces)


def place(cache: Path) -> Path:
    """Give the folder where a site keeps its shells, in that of its remains."""
    return cache / FOLDER


def lend(cache: Path, name: str) -> Loan | None:
    """Lend the shells kept under that mark, where they stand; None when there are none."""
    if not name:
        return None
    folder = place(cache) / name
    try:
        loan = Loan(folder, _locked(folder, alone=False))
    except OSError:  # none, or another build is throwing them away
        return None
    if folder.is_dir():
        return loan
    loan.give_back()
    return None


def keep(cache: Path, name: str, rendered: Path) -> None:
    """Keep these shells, and of the others the last alone; a disk that refuses only makes the next build longer.

    Two: a site and its trial with another engine, or with a page that one hesitates to change.
    """
    if not name:
        return
    kept = place(cache)
    beside = kept / f"{name}.{os.getpid()}"
    try:
        shutil.copytree(rendered, beside)
        beside.rename(kept / name)
        os.utime(kept / name)  # a copy is as old as what it copies
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        return
    for former in sorted(kept.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[MOST:]:
        _throw_away(former)


def _throw_away(folder: Path) -> None:
    """Remove kept shells, unless another build reads them."""
    with suppress(OSError):
        loan = Loan(folder, _locked(folder, alone=True))
        shutil.rmtree(folder, ignore_errors=True)
        loan.give_back()


def _locked(folder: Path, *, alone: bool) -> int:
    """Open a folder and lock it, with others who read it or alone; raise OSError where it is gone, or locked."""
    file = -1
    if fcntl is not None:
        file = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise
    return file

"""Keep the shells of the last build: nothing is rendered again while nothing that the engine reads has changed.

What an engine reads: the pages and the configuration that were laid out for it, `mkdocs.yml`, this program (its theme,
its plugin), the libraries installed. A configuration that names what may read elsewhere (a hook, a plugin that is not
ours, included files, the environment) is rendered each time. Shells hold no record, no date and no version: these come
when they are filled.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from annuaire import keeping

FOLDER = "gabarits-gardes"
MOST = 2
_OURS = frozenset({"annuaire"})
_ELSEWHERE = ("!ENV", "snippets", "INHERIT")  # words of a configuration that has other files or the environment read


def mark(folder: Path, config_file: Path, site: dict[str, Any], command: str) -> str:
    """Give the hash of all that the engine will read, or "" where that cannot be told.

    `folder` is what was laid out for the engine, `site` what `config_file` holds.
    """
    text = config_file.read_text(encoding="utf-8")
    plugins = site.get("plugins") or []
    named = {next(iter(one)) if isinstance(one, dict) else one for one in plugins}
    if site.get("hooks") or named - _OURS or any(word in text for word in _ELSEWHERE):
        return ""
    own = os.fsencode(config_file)  # left out: the same site elsewhere has the same shells
    return keeping.mark(command, text, *(piece.replace(own, b"") for piece in keeping.tree(folder)))


def place(cache: Path) -> Path:
    """Give the folder where a site keeps its shells, in that of its remains."""
    return cache / FOLDER


def bring(cache: Path, name: str, rendered: Path) -> bool:
    """Copy to `rendered` the shells kept under that mark; tell whether there were any, whole."""
    if not name or not (kept := place(cache) / name).is_dir():
        return False
    try:
        shutil.copytree(kept, rendered)
    except OSError:  # another build threw them away meanwhile
        shutil.rmtree(rendered, ignore_errors=True)
        return False
    return True


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
        shutil.rmtree(former, ignore_errors=True)

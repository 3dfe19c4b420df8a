"""Put a finished site in the place of the present one, and no other folder; throw away what killed runs left."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from annuaire.processes import GoOn, share
from annuaire.text.problems import AnnuaireError

MARK = ".site-annuaire"  # a file of every site built here: no other folder may be replaced
FORK_FROM = 400  # folders; below, starting processes costs more than it saves
_LONGEST_BUILD = 3600  # seconds


def publish(staging: Path, site: Path) -> None:
    """Put a finished site in the place of the present one in a single step, then throw the old one away.

    Linux exchanges both folders at once; elsewhere the old one is moved aside first, and `recover` brings it
    back should the run be killed between the two moves.
    """
    if not site.exists():
        staging.rename(site)
        return
    if not _exchange(staging, site):
        old = _aside(site)
        site.rename(old)
        staging.rename(site)
        staging = old
    _throw_away(staging)


def _throw_away(folder: Path) -> None:
    """Take a former site away: each of its folders of pages is as much work as writing it."""

    def work(folders: Iterable[Path], go_on: GoOn) -> None:
        for count, each in enumerate(folders, 1):
            shutil.rmtree(each, ignore_errors=True)
            if count % 50 == 0:
                go_on(count)

    inside = [path for parent in folder.iterdir() if parent.is_dir() for path in parent.iterdir() if path.is_dir()]
    share(inside, work, lambda _: None, fewest=FORK_FROM)
    shutil.rmtree(folder, ignore_errors=True)


def check_place(site: Path) -> None:
    """Raise AnnuaireError when `site` is something else than a site: publishing would destroy it."""
    if site.is_dir():
        names = {path.name for path in site.iterdir()}
        if not names or (MARK in names and ".git" not in names):
            return
    elif not site.exists():
        return
    raise AnnuaireError(
        f"«\u00a0{site.name}\u00a0» existe et n’est pas un site\u00a0: choisir un autre dossier, ou l’enlever s’il ne "
        "sert plus."
    )


def recover(site: Path) -> None:
    """Bring back a site that a killed run had moved aside, and throw away what killed runs left."""
    aside = _aside(site)
    if aside.exists() and not site.exists():
        aside.rename(site)
    sweep(site.parent, f".{site.name}")


def sweep(folder: Path, name: str) -> None:
    """Throw away the folders `<name>.<process>` of runs that were killed; those of runs under way stay."""
    ours = re.compile(re.escape(name) + r"\.(\d+|ancien)")
    for left in folder.iterdir() if folder.is_dir() else ():
        if ours.fullmatch(left.name) and left.is_dir() and not left.is_symlink() and not _is_in_use(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_in_use(folder: Path) -> bool:
    """Tell whether the process that a folder is named after still runs; a number may serve again after an hour."""
    process = folder.name.rpartition(".")[2]
    if not process.isdigit() or int(process) == os.getpid() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
        age = time.time() - folder.stat().st_mtime
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return age < _LONGEST_BUILD


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.ancien")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux `renameat2`); return False where the system cannot."""
    function = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if function is None:
        return False
    at_working_folder, exchange = -100, 2
    return bool(function(at_working_folder, os.fsencode(one), at_working_folder, os.fsencode(other), exchange) == 0)

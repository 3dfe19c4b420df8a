"""Count what the staff of a Pôle did, from their own log: a workbook kept outside the repository.

What enters: a workbook that a person filled. What leaves: tables and sentences of a yearly report, in which no file is
named. Nothing of the log is ever written in the repository, and nothing of it reaches the site.
"""

from __future__ import annotations

from pathlib import Path

from annuaire import git
from annuaire.config import Settings
from annuaire.intake.journal.entries import Entry, read
from annuaire.intake.journal.report import Report, report
from annuaire.text.problems import AnnuaireError

__all__ = ["Entry", "Report", "read", "refuse", "report"]


def refuse(path: Path, settings: Settings) -> None:
    """Raise AnnuaireError for a path inside the repository of the site, which is published with its history."""
    top = (
        git.answer(settings.root, "rev-parse", "--show-toplevel").removesuffix(b"\n").decode("utf-8", "surrogateescape")
    )
    folders = {settings.root.resolve(), settings.content.resolve(), settings.site_dir.resolve()}
    if top:
        folders.add(Path(top).resolve())
    whole = path.resolve()
    if any(whole.is_relative_to(folder) for folder in folders):
        raise AnnuaireError(
            f"«\u00a0{path}\u00a0» est dans le dossier du répertoire, qui est public\u00a0: garder le journal et son "
            f"bilan ailleurs, par exemple «\u00a0../{path.name}\u00a0»."
        )

"""Judge where the pages written by hand stand, before any engine reads them: links, and two pages of one address.

What a page holds, its head and its title too, is judged by `annuaire.written`, as `validate` says it. Its links are
judged by the engine for those of Markdown, by `stamp` for all those of the finished pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from annuaire.config import PAGES, Settings
from annuaire.depot import defaults
from annuaire.text.messages import inert
from annuaire.text.problems import AnnuaireError

MOST = 20
_HOME = ("index", "README")  # both give the page of their folder


def check(settings: Settings) -> None:
    """Raise AnnuaireError with every page that cannot be rendered, or whose place another one takes."""
    _refuse_links(settings.pages)
    if not settings.pages.is_dir() and settings.pages != settings.root / PAGES:  # git keeps no empty folder
        raise AnnuaireError(
            f"{settings.config_file.name}\u00a0: le dossier des pages, «\u00a0{settings.relative(settings.pages)}"
            "\u00a0», est introuvable\u00a0: corriger «\u00a0docs_dir\u00a0»."
        )
    faults = list(_faults(settings))
    if faults:
        raise AnnuaireError("Des pages écrites à la main sont à corriger\u00a0:\n  " + "\n  ".join(faults[:MOST]))


def _refuse_links(folder: Path) -> None:
    """Raise AnnuaireError on a symbolic link among hand-written pages: it could publish a file of this machine."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise AnnuaireError(
                f"{path}\u00a0: un lien vers un autre fichier n’est pas permis; y mettre le fichier lui-même."
            )


def _faults(settings: Settings) -> Iterator[str]:
    usual = {_address(name): name for name in defaults.every()}
    taken: dict[PurePosixPath, str] = {}
    for path in sorted(settings.pages.rglob("*.md")):
        if any(part.startswith(".") for part in path.relative_to(settings.pages).parts):
            continue  # no engine reads it
        name = inert(settings.relative(path))
        inside = path.relative_to(settings.pages).as_posix()
        address = _address(inside)
        if address in taken:
            yield f"{name}\u00a0: la page {taken[address]} a la même adresse\u00a0: renommer l’une des deux"
        elif usual.get(address, inside) != inside:
            yield (
                f"{name}\u00a0: la page du programme «\u00a0{usual[address]}\u00a0» a la même adresse\u00a0: "
                "pour la remplacer, donner ce nom à la vôtre"
            )
        taken[address] = name


def _address(page: str) -> PurePosixPath:
    address = PurePosixPath(page).with_suffix("")
    return address.parent if address.name in _HOME else address

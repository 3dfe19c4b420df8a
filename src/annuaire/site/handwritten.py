"""Judge the pages written by hand before any engine reads them, so that all engines refuse the same ones.

MkDocs publishes the head of a page that it could not read, and stops on a page that is not UTF-8 without naming it.
Links are not judged here: the engine does it for those of Markdown, `stamp` for all those of the finished pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from annuaire.config import PAGES, Settings
from annuaire.depot import defaults
from annuaire.text.messages import inert, phrase
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

MOST = 20
_HEAD = re.compile(r"-{3}[ \t]*\n(.*?)^(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
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
        fault = _fault(path)
        if fault is not None:
            yield f"{name}{fault}"
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


def _fault(path: Path) -> str | None:
    """Say what is wrong with the text or the head of one page, after its place: « :3:8 : … »."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return f":{line}\u00a0: ce fichier n’est pas écrit en UTF-8\u00a0: l’enregistrer dans cet encodage"
    missing = "écrire en tête «\u00a0---\u00a0», «\u00a0title: …\u00a0», «\u00a0---\u00a0»"
    if not text.startswith("---"):
        return f"\u00a0: il manque le titre\u00a0: {missing}"
    head = _HEAD.match(text)
    if head is None:
        return ":1\u00a0: l’en-tête n’est pas refermé\u00a0: écrire une ligne «\u00a0---\u00a0» après la dernière clé"
    document = source.parse(head[1], path)
    if document.faults:
        fault = document.faults[0]
        words, detail = phrase(fault.finding)[0], fault.finding.values.get("detail")
        if detail or "fiche" in words:  # the sentence is that of a record
            detail = detail or "il faut une clé par ligne, comme «\u00a0title: …\u00a0»"
            words = f"l’en-tête ne peut pas être lu ici ({detail})"
        return f":{fault.line + 1}:{fault.column}\u00a0: {words}"
    if not document.values.get("title"):
        return f"\u00a0: il manque le titre\u00a0: {missing}"
    return None

"""Speak to git: the only module that starts it. Nothing is checked out, written or run of what it reads.

Only `config`, `log`, `show`, `rev-parse`, `rev-list`, `merge-tree`, `ls-tree` and `cat-file` are asked; none of them
runs a hook or a filter of what it reads. `merge-tree` adds to git's store the objects of a merge that no branch names,
and git drops them later. Names of files are bytes in git; they are given as texts in which undecodable bytes are kept
as half characters, as Python does for files.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from annuaire.text.problems import AnnuaireError

_TIMEOUT_SECONDS = 120
_ID = re.compile(r"[0-9a-f]{40,64}")
_LINK = "120000"
_SUBMODULE = "160000"


def answer(folder: Path, *words: str) -> bytes:
    """Give what git answers in a folder, for what may be unknown: nothing without git, a repository or an answer.

    Raise AnnuaireError where git refuses a folder that somebody else owns: what it would say would silently lack.
    """
    try:
        done = _start(folder, words, None)
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done is not None and done.returncode == 0 else b""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one file of a state: its path from the project's folder, git's mode and identifier, its size in bytes."""

    path: str
    mode: str
    id: str
    size: int

    @property
    def is_link(self) -> bool:
        """Tell a symbolic link."""
        return self.mode == _LINK

    @property
    def is_submodule(self) -> bool:
        """Tell a submodule: another repository, which a checkout shows as a folder."""
        return self.mode == _SUBMODULE


class Repository:
    """Ask git about the repository that holds `root`; raise AnnuaireError, in French, on what it cannot answer."""

    def __init__(self, root: Path) -> None:
        self.root = root
        prefix = self._run("rev-parse", "--show-prefix")
        if prefix is None:
            raise AnnuaireError(
                "Ce dossier n’est pas suivi par git, ou git n’est pas installé\u00a0: lancer la commande dans le "
                "dépôt git du site."
            )
        self.prefix = _text(prefix.removesuffix(b"\n"))

    def commit(self, name: str) -> str:
        """Give the identifier of a commit by its name (a branch, a tag, an identifier)."""
        found = (
            None if name.startswith("-") or not name else self._run("rev-parse", "--verify", "-q", name + "^{commit}")
        )
        identifier = _text(found or b"").strip()
        if not _ID.fullmatch(identifier):
            raise AnnuaireError(
                f"«\u00a0{name}\u00a0» n’est pas un état connu de ce dépôt\u00a0: écrire une branche ou un numéro de "
                "version, ou lancer d’abord «\u00a0git fetch\u00a0»."
            )
        return identifier

    def merged(self, base: str, head: str) -> tuple[str, frozenset[str]]:
        """Give the tree that merging `head` into `base` would make, and the paths where both changed the same lines.

        It is what the forge would make, whatever the shape of the histories; files in conflict hold git's marks.
        """
        done = self._ask("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", base, head)
        if done is None or done.returncode not in (0, 1):
            raise AnnuaireError(
                "git n’a pas pu joindre les deux états\u00a0: il leur faut une histoire commune (dans une copie "
                "partielle, lancer «\u00a0git fetch --unshallow\u00a0»), et git 2.38 ou plus récent."
            )
        tree, *paths = done.stdout.split(b"\0")
        return _text(tree), frozenset(self._named(_text(path)) for path in paths if path)

    def brought(self, base: str, head: str) -> int:
        """Count the commits that merging `head` into `base` would bring."""
        return int(self._run("rev-list", "--count", f"{base}..{head}") or 0)

    def files(self, commit: str) -> dict[str, Entry]:
        """List the files of a commit or a tree by path from the project's folder (`../` before what is above it)."""
        listing = self._run("ls-tree", "-r", "-z", "--long", "--full-tree", commit)
        if listing is None:
            raise AnnuaireError("git n’a pas pu lire les fichiers d’un état\u00a0: relancer «\u00a0git fetch\u00a0».")
        found = {}
        for line in listing.split(b"\0"):
            if line:
                facts, _, name = line.partition(b"\t")
                mode, _, identifier, size = facts.decode("ascii").split()
                path = self._named(_text(name))
                found[path] = Entry(path, mode, identifier, int(size) if size.isdecimal() else 0)
        return found

    def contents(self, entries: Iterable[Entry]) -> Mapping[str, bytes]:
        """Give the bytes of files by their identifier."""
        wanted = list(dict.fromkeys(entry.id for entry in entries))
        answer = self._run("cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode("ascii")) or b""
        found: dict[str, bytes] = {}
        at = 0
        for name in wanted:
            end = answer.find(b"\n", at)
            header = answer[at:end].split()
            if end < 0 or len(header) != 3 or not header[2].isdigit():
                break
            size = int(header[2])
            found[name] = answer[end + 1 : end + 1 + size]
            at = end + size + 2
        if len(found) < len(wanted):
            raise AnnuaireError(
                "git n’a pas pu donner toutes les fiches\u00a0: relancer «\u00a0git fetch\u00a0», puis recommencer."
            )
        return found

    def _named(self, path: str) -> str:
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else "../" + path

    def _run(self, *words: str, given: bytes | None = None) -> bytes | None:
        """Run git and give its answer; None when it refuses."""
        done = self._ask(*words, given=given)
        return done.stdout if done is not None and done.returncode == 0 else None

    def _ask(self, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes] | None:
        try:
            return _start(self.root, ("--no-replace-objects", *words), given)
        except subprocess.TimeoutExpired as error:
            raise AnnuaireError("git ne répond pas\u00a0: la proposition est peut-être trop grosse.") from error


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _start(folder: Path, words: tuple[str, ...], given: bytes | None) -> subprocess.CompletedProcess[bytes] | None:
    """Start git; None when it is not there or cannot be asked this. Raise TimeoutExpired, or AnnuaireError (owner)."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "--literal-pathspecs", *words],  # noqa: S607
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
            env={**os.environ, "LC_ALL": "C"},  # its refusal is known by its words
        )
    except (OSError, ValueError):  # git is not there, or a name holds a null character
        return None
    if b"dubious ownership" in done.stderr:
        raise AnnuaireError(
            f"git refuse de lire ce dossier, qui appartient à quelqu’un d’autre\u00a0: lancer «\u00a0git config "
            f"--global --add safe.directory {folder}\u00a0», puis recommencer."
        )
    return done

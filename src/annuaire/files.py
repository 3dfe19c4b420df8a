"""Write files, whole or not at all: the only module of the package that does. What is written is decided elsewhere.

A file is written beside the one it replaces, under a hidden name. Records that were read, shown and only then written
go through `write_all`: nothing is written where one of them is no longer what was read, and what a killed run left half
done is completed by the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annuaire.text.problems import AnnuaireError

try:
    import fcntl
except ImportError:  # Windows: what was read is compared all the same, a moment before it is replaced
    fcntl = None  # type: ignore[assignment]

_PAGE = "/index.html"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_HIDDEN = "nouveau"  # the ending of what is being written
_JOURNAL = "ecriture.json"
_LOCK = "ecriture.verrou"
_PATIENCE = 10  # seconds to wait for another command, which writes for a few hundredths of one


@dataclass(frozen=True, slots=True)
class Writing:
    """Name a file to write, what it takes, and what was read there (None: there was no file): a text or bytes."""

    path: Path
    text: str | bytes
    read: str | bytes | None


def write(folder: Path, name: str, content: str | bytes, *, again: bool = False) -> None:
    """Write one file, making its folders; `again` allows it to replace one.

    Raise AnnuaireError when two things want the same file, or when a name would leave the folder.
    """
    if ".." in name.split("/") or name.startswith("/"):
        raise AnnuaireError(f"L’adresse «\u00a0{name}\u00a0» sortirait du dossier du site.")
    path = os.path.join(folder, name)  # noqa: PTH118 - pathlib costs a second over 11,200 pages
    if again:  # what is being shown is never read half written
        save(Path(path), content)
        return
    if path.endswith(_PAGE):  # most pages have a folder of their own: to ask first would take longer
        _make(path[: -len(_PAGE)])
    try:
        try:
            descriptor = os.open(path, _NEW, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            descriptor = os.open(path, _NEW, 0o644)
    except FileExistsError as error:
        raise AnnuaireError(
            f"Deux pages veulent la même adresse, «\u00a0/{name.removesuffix('index.html')}\u00a0»\u00a0: "
            "renommer la fiche, l’ancienne adresse ou la page écrite à la main."
        ) from error
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        left = memoryview(_bytes(content))
        while left:
            left = left[file.write(left) :]


def _make(folder: str) -> None:
    """Make a folder whose parent is there; whether it is to be made at all is the caller's question."""
    with suppress(FileExistsError, FileNotFoundError):
        os.mkdir(folder, 0o777)  # noqa: PTH102


def save(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, making its folders; one that it replaces gives it its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as beside:
        beside.write_bytes(_bytes(content))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a hidden name beside a file to write it under; the file is replaced once all is written, and keeps its mode.

    When the writing fails (a full disk, most often), the former file stays and nothing else does.
    """
    beside = _beside(path)
    try:
        yield beside
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_all(wanted: Sequence[Writing], cache: Path) -> None:
    """Write files that were read before: all of them, or none; `cache` is the folder of what a site keeps for itself.

    Raise AnnuaireError, with nothing written, when one of them is no longer what was read, or when another command is
    writing for too long; OSError when the disk refuses. Stopped half way, the next call completes it first.
    """
    with _alone(cache):
        _complete(cache)
        _sweep({each.path.parent for each in wanted})
        try:
            for each in wanted:
                _lay(each)
            for each in wanted:
                _refuse_changed(each)
            if len(wanted) > 1:
                save(cache / _JOURNAL, _journal(wanted))
        except BaseException:
            for each in wanted:
                _beside(each.path).unlink(missing_ok=True)
            raise
        for each in wanted:
            _swap(each.path)
        (cache / _JOURNAL).unlink(missing_ok=True)


def complete(cache: Path) -> int:
    """Finish what a killed run had begun to write, before anything is read; give how many files it still had to write.

    A file that somebody changed since keeps what they wrote.
    """
    if not (cache / _JOURNAL).is_file():
        return 0
    with _alone(cache):
        return _complete(cache)


def _lay(wanted: Writing) -> None:
    wanted.path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(wanted.path)
    beside.write_bytes(_bytes(wanted.text))
    if wanted.path.exists():
        shutil.copymode(wanted.path, beside)


def _refuse_changed(wanted: Writing) -> None:
    if _held(wanted.path) == (None if wanted.read is None else _bytes(wanted.read)):
        return
    name = wanted.path.name
    what = "a été ajouté" if wanted.read is None else "a changé"
    raise AnnuaireError(
        f"«\u00a0{name}\u00a0» {what} pendant ce temps\u00a0: rien n’a été écrit. Relancer la commande, qui "
        "repartira de ce qui s’y trouve maintenant."
    )


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _journal(wanted: Iterable[Writing]) -> str:
    """Say what is about to be replaced, so that the next run can go on: paths, and the SHA-256 before and after."""
    rows = [
        {
            "fichier": str(each.path.resolve()),
            "avant": None if each.read is None else _sha(_bytes(each.read)),
            "apres": _sha(_bytes(each.text)),
        }
        for each in wanted
    ]
    return json.dumps(rows, indent=1) + "\n"


def _complete(cache: Path) -> int:
    journal = cache / _JOURNAL
    try:
        rows = [(Path(row["fichier"]), row["avant"], row["apres"]) for row in json.loads(journal.read_bytes())]
    except FileNotFoundError:
        return 0
    except (ValueError, KeyError, TypeError):  # not ours: what it says cannot be trusted
        rows = []
    done = 0
    for path, before, after in rows:
        now, new = _held(path), _held(_beside(path))
        if new is not None and _sha(new) == after and (None if now is None else _sha(now)) == before:
            _swap(path)
            done += 1
        else:
            _beside(path).unlink(missing_ok=True)
    journal.unlink(missing_ok=True)
    return done


def _sweep(folders: Iterable[Path]) -> None:
    """Throw away what killed runs were still writing beside records."""
    for folder in folders:
        for left in folder.glob(f".*.{_HIDDEN}"):
            left.unlink(missing_ok=True)


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Keep other commands from writing records meanwhile; raise AnnuaireError when one is at it for too long."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / _LOCK).open("ab") as lock:
        deadline = time.monotonic() + _PATIENCE
        while fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise AnnuaireError(
                        "Une autre commande est en train d’écrire des fiches\u00a0: rien n’a été écrit. Attendre "
                        "qu’elle finisse, puis relancer celle-ci."
                    ) from error
                time.sleep(0.02)
        yield


def _swap(path: Path) -> None:
    """Put what was written beside in the place of a file; one that is there already has nothing left to do."""
    _beside(path).replace(path)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{_HIDDEN}")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest(text: str) -> str:
    """Give the SHA-256 of a record file, whatever its line endings: what was written is known again by it."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content

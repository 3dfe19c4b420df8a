"""Write files whole or not at all, and know again what was written. What is written is decided elsewhere."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annuaire.text.problems import AnnuaireError


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
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        try:
            descriptor = os.open(path, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            descriptor = os.open(path, flags, 0o644)
    except FileExistsError as error:
        raise AnnuaireError(
            f"Deux pages veulent la même adresse, «\u00a0/{name.removesuffix('index.html')}\u00a0»\u00a0: "
            "renommer la fiche, l’ancienne adresse ou la page écrite à la main."
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(_bytes(content))


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
    beside = path.with_name(f".{path.name}.nouveau")
    try:
        yield beside
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def digest(text: str) -> str:
    """Give the SHA-256 of a record file, whatever its line endings: what was written is known again by it."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content

"""Write files whole or not at all, and know again what was written. What is written is decided elsewhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from annuaire.text.problems import AnnuaireError


def write(folder: Path, name: str, content: str | bytes, *, again: bool = False) -> None:
    """Write one file, making its folders; `again` allows it to replace one.

    Raise AnnuaireError when two things want the same file, or when a name would leave the folder.
    """
    if ".." in name.split("/") or name.startswith("/"):
        raise AnnuaireError(f"L’adresse «\u00a0{name}\u00a0» sortirait du dossier du site.")
    path = os.path.join(folder, name)  # noqa: PTH118 - pathlib costs a second over 11,200 pages
    target = f"{path}.nouveau" if again else path  # what is being shown is replaced whole, never read half written
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if again else os.O_EXCL)
    try:
        try:
            descriptor = os.open(target, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            descriptor = os.open(target, flags, 0o644)
    except FileExistsError as error:
        raise AnnuaireError(
            f"Deux pages veulent la même adresse, «\u00a0/{name.removesuffix('index.html')}\u00a0»\u00a0: "
            "renommer la fiche, l’ancienne adresse ou la page écrite à la main."
        ) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
    if again:
        os.replace(target, path)  # noqa: PTH105


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".nouveau")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def digest(text: str) -> str:
    """Give the SHA-256 of a record file, whatever its line endings: what was written is known again by it."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()

"""Write record files whole, and know again what was written; the form of the text is `annuaire.formatter`'s."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest(text: str) -> str:
    """Give the SHA-256 of a record file, whatever its line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".nouveau")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)

"""Know again the records of the last reading: those whose bytes are the same, and in which nothing was found.

A record in which something was found, an error or a warning, is read and judged each time. What a rule says of several
records together is never kept: see `annuaire.rules`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from annuaire import keeping
from annuaire.yamlfile.source import Document

FILE = "fiches-lues.json"  # of the cache
SOME = 0.01  # of the records: as many may be read again each time


class Known:
    """Hold the values of records without a fault, by the name of their file, with the hash of its bytes.

    `name` gives the mark of all that reading and rules know besides the record and the day; `day` is the one that
    records are judged by: on another day, nothing is parsed again and all is judged again.
    """

    def __init__(self, path: Path, name: Callable[[], str], day: str) -> None:
        self._path, self._name, self._day = path, name, day
        # Where nothing was kept, the mark waits until something is: it reads the whole program.
        found = (keeping.read(path, name()) if path.exists() else None) or {"day": day, "records": {}}
        self._is_judged: bool = found["day"] == day
        self._records: dict[str, tuple[str, dict[str, Any]]] = found["records"]
        self._same: set[int] = set()  # documents that come from here

    def is_judged(self, name: str) -> bool:
        """Tell whether the verdict of a file of that name, if it is the same, is one of this day."""
        return self._is_judged and name in self._records

    def values(self, name: str, data: bytes) -> dict[str, Any] | None:
        """Give the values of a file by its name and its bytes, where they were read before."""
        found = self._records.get(name)
        if found is None or found[0] != _hash(data):
            return None
        self._same.add(id(found[1]))
        return found[1]

    def is_clean(self, document: Document) -> bool:
        """Tell whether nothing was found in a document, on that very day, by all that judges one record."""
        return self._is_judged and id(document.values) in self._same

    def keep(self, clean: Iterable[Document]) -> None:
        """Keep the documents in which nothing was found, and forget every other one.

        What is known of nearly all stays as it is: writing it takes longer than reading a few records again.
        """
        kept: dict[str, tuple[str, dict[str, Any]]] = {}
        for document in clean:
            before = self._records.get(document.path.name)
            if before is None or before[1] is not document.values:
                before = (_hash(document.text.encode("utf-8")), document.values)
            kept[document.path.name] = before
        others = sum(kept.get(name) is not one for name, one in self._records.items()) + len(
            kept.keys() - self._records
        )
        if not self._is_judged or others > SOME * len(kept):
            keeping.write(self._path, self._name(), {"day": self._day, "records": kept})


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

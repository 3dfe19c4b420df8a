"""Judge the images of a record: one logo, three photographs; each must be there, and be what its name says.

What an image is was measured before (`annuaire.photos`), in a process that it cannot harm. One that says where it was
taken is refused: the repository is public, and keeps every version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from annuaire.photos.decoding import MAX_BYTES, MAX_PIXELS
from annuaire.photos.measuring import FOLDER
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text import french
from annuaire.text.problems import Finding, Reach

REACH = Reach.CATALOGUE
FIELDS = ("images",)
MOST = {"logo": 1, "photo": 3}
CODES = (
    *("image-absente", "image-illisible", "image-deguisee", "image-animee", "image-immense", "image-situee"),
    "images-en-trop",
)


def check(records: Sequence[Record], context: Context) -> Iterator[tuple[Record, Finding]]:
    """Report the images that cannot be published; nothing of their files where the folder was not read."""
    for record in records:
        count = record.count("images")
        if not count:
            continue
        kinds: Counter[str] = Counter()
        for index in range(count):
            kind = record.text("images", index, "genre")
            kinds[kind] += 1
            if kinds[kind] == MOST.get(kind, count) + 1:
                yield record, Finding("images-en-trop", ("images", index, "genre"))
        if context.images is not None:
            yield from ((record, finding) for finding in _files(record, context))


def _files(record: Record, context: Context) -> Iterator[Finding]:
    found = (context.images or {}).get(record.slug, {})
    folder = f"{context.settings.relative(context.settings.content)}/{FOLDER}/{record.slug}"
    for index in range(record.count("images")):
        name, path = record.text("images", index, "fichier"), ("images", index, "fichier")
        if not name:
            continue
        if name not in found:
            yield Finding("image-absente", path, {"valeur": name, "dossier": folder})
        elif fault := found[name].fault:
            limits: dict[str, Any] = {"poids": french.size(MAX_BYTES), "points": french.number(MAX_PIXELS // 1_000_000)}
            yield Finding(f"image-{fault}", path, {"valeur": name, **limits})

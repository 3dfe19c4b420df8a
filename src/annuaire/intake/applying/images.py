"""Place the images that come with a correction: attached to its mail, or named beside it (`--image`).

A message only names its images; a file is taken for one when its name, made plain, is the same. It is decoded in a
bounded process and written again as pixels alone before it enters the repository, which is public and keeps every
version: no place, no date, no device. What is wrong with it is said by the rule that judges images.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from annuaire.config import Settings
from annuaire.files import Writing
from annuaire.intake.applying.outcome import FileOutcome
from annuaire.photos import decoding, measuring
from annuaire.photos.decoding import Measured
from annuaire.records.reading import Record
from annuaire.rules import Context
from annuaire.text.french import NBSP
from annuaire.text.names import slugify
from annuaire.text.problems import AnnuaireError

ENDINGS = tuple(f".{ending}" for ending in decoding.KINDS)
_LONGEST = 60  # characters of a name, its ending aside; the form cuts there too


def plain_name(name: str) -> str:
    """Give the name that an image takes in the repository (`IMG 2034.JPEG` is `img-2034.jpg`), as the form does."""
    path = PurePosixPath(name.replace("\\", "/").rpartition("/")[2])
    ending = path.suffix.lower().replace(".jpeg", ".jpg")
    return f"{slugify(path.stem, _LONGEST) or 'image'}{ending}"


class Images:
    """Hold the images offered, and those that each file being read places; `paths` are those named beside it."""

    def __init__(self, settings: Settings, paths: Sequence[Path] = ()) -> None:
        self.folder = settings.content / measuring.FOLDER
        self.relative = settings.relative(self.folder)
        self.offered = {plain_name(path.name): _read(path) for path in paths}
        self.unused = {plain_name(path.name): path.name for path in paths}
        self.found: dict[str, dict[str, Measured]] = {}

    def take(self, outcome: FileOutcome, made: Mapping[str, Record], attached: Sequence[tuple[str, bytes]]) -> None:
        """Find the images that some records name among those attached and offered; clean them, ready to be written."""
        self.found = {}
        known = self.offered | {plain_name(name): content for name, content in attached}
        for record in made.values():
            for index in range(record.count("images")):
                name = record.text("images", index, "fichier")
                if name in known:
                    self.unused.pop(name, None)
                    self._place(outcome, record, name, known[name])

    def _place(self, outcome: FileOutcome, record: Record, name: str, data: bytes) -> None:
        measured = measuring.measure(name, data)
        if measured.fault in ("", decoding.PLACED):
            content = measuring.cleaned(name, data)
            measured = measuring.measure(name, content)
            outcome.images[self.folder / record.slug / name] = content
            outcome.said.append(
                f"image{NBSP}: {self.relative}/{record.slug}/{name}, sans ce que l’appareil y avait ajouté"
            )
        self.found.setdefault(record.slug, {})[name] = measured

    def joined(self, context: Context) -> Context:
        """Let rules know the images that the file being read brings."""
        if not self.found:
            return context
        images = dict(context.images or {})
        for slug, found in self.found.items():
            images[slug] = {**images.get(slug, {}), **found}
        return replace(context, images=images)

    def writings(self, outcomes: Sequence[FileOutcome]) -> Iterator[Writing]:
        """List what is to be written of the files that are accepted."""
        wanted = {path: data for one in outcomes if one.is_accepted for path, data in one.images.items()}
        for path, data in wanted.items():
            yield Writing(path, data, path.read_bytes() if path.is_file() else None)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > decoding.MAX_BYTES:
            raise AnnuaireError(f"L’image «{NBSP}{path.name}{NBSP}» est trop lourde{NBSP}: la réduire.")
        return path.read_bytes()
    except OSError as error:
        raise AnnuaireError(f"L’image «{NBSP}{path.name}{NBSP}» est introuvable ou impossible à lire.") from error

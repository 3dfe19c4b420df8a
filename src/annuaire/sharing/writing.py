"""Write the pictures of a site, shared between processes; what was made once is taken from its cache.

A picture is kept under the hash of what it shows and of what made it; what no page shows any more is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path

from annuaire import files, urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages import card, pictures
from annuaire.pages.card import Card
from annuaire.photos import measuring
from annuaire.photos.decoding import LARGE, SMALL
from annuaire.processes import GoOn, share
from annuaire.text.problems import AnnuaireError

FOLDER = "partage"  # of the cache
_FEWEST = 20  # pictures; below, starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class Wanted:
    """Name a picture to write: its address in the site, its name in the cache, and how to make it."""

    url: str
    kept: str
    make: Callable[[], bytes]


def write(
    catalogue: Catalogue, settings: Settings, out: Path, progress: GoOn = lambda _: None, *, again: bool = False
) -> int:
    """Write the pictures to share that the settings ask for, and the images of records; return how many.

    `again` lets them replace those of a site being shown. Raise AnnuaireError when an image cannot be read any more.
    """
    wanted = [*_cards(catalogue, settings), *_images(catalogue, settings)]
    folder = settings.cache / FOLDER
    if wanted:
        share(wanted, lambda part, go_on: _part(part, folder, out, go_on, again=again), progress, fewest=_FEWEST)
    _sweep(folder, {one.kept for one in wanted})
    return len(wanted)


def _cards(catalogue: Catalogue, settings: Settings) -> Iterator[Wanted]:
    for url, said in card.cards(catalogue, settings):
        yield Wanted(urls.shared_picture(url), f"{_digest(said)}.png", partial(_draw, said))


def _images(catalogue: Catalogue, settings: Settings) -> Iterator[Wanted]:
    for e in catalogue.listed:
        for image, measured in pictures.published(catalogue, e):
            data = (settings.content / measuring.FOLDER / e.slug / image.fichier).read_bytes()
            name = measuring.digest(data)
            for side in (SMALL, LARGE):
                url = urls.image(e.slug, image.fichier, side, measured.ending)
                make = partial(_copy, f"{e.slug}/{image.fichier}", data, side)
                yield Wanted(url, f"{name}-{side}.{measured.ending}", make)


def _part(part: Iterable[Wanted], folder: Path, out: Path, go_on: GoOn, *, again: bool) -> None:
    for count, one in enumerate(part, 1):
        path = folder / one.kept
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            content = one.make()
            files.save(path, content)
        files.write(out, one.url, content, again=again)
        go_on(count)


def _draw(said: Card) -> bytes:
    from annuaire.sharing import drawing  # and the library of images, which most runs do without

    return drawing.draw(said)


def _copy(name: str, data: bytes, side: int) -> bytes:
    try:
        return measuring.written(data, side)[1]
    except (ValueError, AnnuaireError) as error:
        raise AnnuaireError(f"L’image «\u00a0{name}\u00a0» ne se lit plus\u00a0: la redéposer.") from error


def _digest(said: Card) -> str:
    texts = json.dumps(said.texts, ensure_ascii=False)
    return hashlib.sha256(f"{_made_with()}\0{texts}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _made_with() -> str:
    """Name what draws: the libraries, and the code of this room."""
    sources = (path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    return "\0".join([*(metadata.version(name) for name in ("pillow", "font-lato")), *sources])


def _sweep(folder: Path, kept: set[str]) -> None:
    """Throw away what no page shows any more, and what killed runs were writing."""
    if folder.is_dir():
        for entry in os.scandir(folder):
            if entry.name not in kept:
                Path(entry.path).unlink(missing_ok=True)

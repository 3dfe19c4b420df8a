"""Measure images and write them again, each in a process bounded in time and memory; keep what was found by hash.

An image that goes past the bounds is refused like one that is too large. The same bytes are never decoded twice: what
was found of them stands in the cache of the site, under the hash of the bytes and the version of the library.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from functools import lru_cache, partial
from pathlib import Path

from annuaire import files
from annuaire.photos import decoding
from annuaire.photos.decoding import Measured
from annuaire.processes import TooMuchWorkError, limited

FOLDER = "images"  # of the content, then of the cache
_INDEX = "mesures.json"
_SECONDS, _MEMORY = 20, 1 << 30  # for one image


def measure(name: str, data: bytes) -> Measured:
    """Say what an image is or what is wrong with it, whatever it holds."""
    try:
        return limited(partial(decoding.measure, name, data), _SECONDS, _MEMORY)
    except TooMuchWorkError:
        return Measured(decoding.IMMENSE)


def written(data: bytes, side: int) -> tuple[str, bytes]:
    """Write again an image that was measured; give its ending and its bytes (see `decoding.written`).

    Raise TooMuchWorkError past the bounds, ValueError when it cannot be read.
    """
    return limited(partial(decoding.written, data, side), _SECONDS, _MEMORY)


def cleaned(name: str, data: bytes) -> bytes:
    """Give what the repository keeps of a measured image (see `decoding.cleaned`); raise as `written` does."""
    return limited(partial(decoding.cleaned, name, data), _SECONDS, _MEMORY)


def digest(data: bytes) -> str:
    """Name an image by its bytes and by what reads and writes it."""
    return hashlib.sha256(_read_with() + b"\0" + data).hexdigest()


@lru_cache(maxsize=1)
def _read_with() -> bytes:
    from importlib import metadata  # most sites have no image when they start

    return metadata.version("pillow").encode() + b"\0" + Path(decoding.__file__).read_bytes()


def of_folder(content: Path, cache: Path) -> Mapping[str, Mapping[str, Measured]]:
    """Measure the images of the records of a site: by slug, then by name. Links are left out, whatever they lead to."""
    found = {slug: list(inside) for slug, inside in _listed(content / FOLDER)}
    if not found:
        return {}
    index = cache / FOLDER / _INDEX
    known = _known(index)
    used: dict[str, Measured] = {}

    def measured(path: Path) -> Measured:
        if path.stat().st_size > decoding.MAX_BYTES:
            return Measured(decoding.IMMENSE)
        data = path.read_bytes()
        name = f"{digest(data)}.{path.suffix[1:].lower()}"
        if name not in used:
            used[name] = known[name] if name in known else measure(path.name, data)
        return used[name]

    result = {slug: {path.name: measured(path) for path in paths} for slug, paths in found.items()}
    if used != known:
        files.save(index, json.dumps({name: astuple(one) for name, one in sorted(used.items())}, indent=1) + "\n")
    return result


def _listed(folder: Path) -> Iterable[tuple[str, Iterable[Path]]]:
    if not folder.is_dir() or folder.is_symlink():
        return
    for own in sorted(folder.iterdir()):
        if own.is_dir() and not own.is_symlink():
            inside = sorted(own.iterdir())
            yield own.name, [path for path in inside if path.is_file() and not path.is_symlink()]


def _known(index: Path) -> dict[str, Measured]:
    try:
        return {str(name): Measured(*values) for name, values in json.loads(index.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):  # none yet, or not ours: everything is measured again
        return {}

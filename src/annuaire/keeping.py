"""Keep from one build to the next what was found, under the hash of all that it was found from.

What is kept is never believed for its date or its place: a file that is cut, changed or made by another program, other
settings, other tables, is as good as none, and what it held is found again. Nothing kept can be executed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from annuaire import files

_PROGRAM = Path(__file__).parent


def mark(*pieces: str | bytes) -> str:
    """Give the hash of some texts, in their order, each held apart from the next, and of what would read them.

    That is this program, whole (its tables, templates and schemas too), the libraries installed, and Python.
    """
    found = hashlib.sha256(program().encode())
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
        found.update(b"%d:" % len(data) + data)
    return found.hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """Give the hash of the program, of its libraries by their versions, and of the Python that runs them."""
    found = hashlib.sha256()
    for piece in (sys.version.encode(), *(name.encode() for name in _libraries()), *tree(_PROGRAM)):
        found.update(b"%d:" % len(piece) + piece)
    return found.hexdigest()


def tree(folder: Path) -> Iterator[bytes]:
    """Yield the names and the bytes of the files below a folder, in order; nothing where there is none."""
    for parent, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if name != "__pycache__")
        place = Path(parent).relative_to(folder).as_posix()
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - pathlib takes twice as long, and the program is large
            yield os.fsencode(f"{place}/{name}")
            if os.path.isfile(path):  # noqa: PTH113 - as above
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    yield file.read()
            else:
                yield b""


def read(path: Path, name: str) -> Any:
    """Give what was kept in a file under a mark; None when there is nothing, or when it is not whole or not ours."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, _, rest = data.partition(b"\n")
    if digest != _digest(name, rest):
        return None
    try:
        return json.loads(rest)
    except (ValueError, RecursionError):
        return None


def write(path: Path, name: str, value: Any) -> None:
    """Keep a value (what JSON holds) in a file under a mark; a disk that refuses only makes the next build longer."""
    rest = json.dumps(value, separators=(",", ":")).encode("ascii")
    with suppress(OSError):
        files.save(path, _digest(name, rest) + b"\n" + rest)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a new file of the cache to write it; where the disk refuses, what is written there goes nowhere."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except OSError:
        file = Path(os.devnull).open("wb")  # noqa: SIM115 - closed below
    try:
        yield file
    finally:
        with suppress(OSError):
            file.close()


def _digest(name: str, rest: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + rest).hexdigest().encode()


def _libraries() -> Iterable[str]:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    for folder in sorted(folders):
        yield from sorted(path.name for path in Path(folder).glob("*.dist-info"))

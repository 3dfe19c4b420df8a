"""Decode an image, whatever it holds, and write it again: pixels alone, turned as it says, no larger than asked.

Three formats are read (JPEG, PNG, WebP), each under its own name. What a camera adds (place, date, device, thumbnail)
is never copied: the image written is a new one. Call these functions through `annuaire.photos.measuring`, which bounds
them: an image may be made to be costly.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 15_000_000  # what a telephone makes, and to spare
MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
SMALL, LARGE = 320, 1280  # pixels of the longest side of what is published
KEPT = 2560  # and of what the repository keeps
# Faults, as the end of the code of a message.
UNREADABLE, DISGUISED, ANIMATED, IMMENSE, PLACED = "illisible", "deguisee", "animee", "immense", "situee"
KINDS: Mapping[str, str] = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_SAME = {"MPO": "JPEG"}  # a JPEG file with a second view, as telephones make
_GPS, _ORIENTATION = 0x8825, 0x0112
_QUALITY, _KEPT_QUALITY = 82, 90


@dataclass(frozen=True, slots=True)
class Measured:
    """Say what an image is, in pixels once turned; `ending` is that of what is published, `fault` what forbids it."""

    fault: str = ""
    width: int = 0
    height: int = 0
    ending: str = "jpg"

    def within(self, side: int) -> tuple[int, int]:
        """Give the width and height of this image once no side is longer than `side`."""
        ratio = min(1.0, side / max(self.width, self.height, 1))
        return max(1, round(self.width * ratio)), max(1, round(self.height * ratio))


def measure(name: str, data: bytes) -> Measured:
    """Say what an image is, all of it decoded, or what is wrong with it. `name` says by its ending what it must be."""
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    if len(data) > MAX_BYTES:
        return Measured(IMMENSE)
    try:
        with warnings.catch_warnings(action="error", category=DecompressionBombWarning):
            return _measured(name, data)
    except (DecompressionBombError, DecompressionBombWarning):
        return Measured(IMMENSE)
    except _faults():
        return Measured(UNREADABLE)


def written(data: bytes, side: int) -> tuple[str, bytes]:
    """Write an image again, no side longer than `side`; give its ending and its bytes. Raise ValueError if it cannot.

    The same bytes give the same bytes.
    """
    try:
        return _encoded(_smaller(_drawn(_opened(data)), side))
    except _faults() as error:
        raise ValueError("unreadable image") from error


def cleaned(name: str, data: bytes) -> bytes:
    """Write an image again in the format that its name says, as the repository keeps it. Raise ValueError as above."""
    kind = KINDS[name.rpartition(".")[2].lower()]
    try:
        shown = _smaller(_drawn(_opened(data)), KEPT)
        made = io.BytesIO()
        if kind == "JPEG":
            shown.convert("RGB").save(made, kind, quality=_KEPT_QUALITY, optimize=True)
        elif kind == "WEBP":
            shown.save(made, kind, quality=_KEPT_QUALITY)
        else:
            shown.save(made, kind, optimize=True)
        return made.getvalue()
    except _faults() as error:
        raise ValueError("unreadable image") from error


def _smaller(image: Image, side: int) -> Image:
    from PIL.Image import Resampling

    size = Measured("", *image.size).within(side)
    return image if size == image.size else image.resize(size, Resampling.LANCZOS)


def _measured(name: str, data: bytes) -> Measured:
    image = _opened(data)
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        return Measured(IMMENSE)
    kind = _SAME.get(image.format or "", image.format)
    if kind != KINDS.get(name.rpartition(".")[2].lower()):
        return Measured(DISGUISED)
    if kind == image.format and getattr(image, "is_animated", False):
        return Measured(ANIMATED)
    tags = image.getexif()
    places = bool(tags.get_ifd(_GPS)) or any(
        b"GPSL" in _raw(image.info.get(key)) for key in ("xmp", "XML:com.adobe.xmp")
    )
    if tags.get(_ORIENTATION, 1) >= 5:  # on its side
        width, height = height, width
    ending = "png" if _is_clear(image) else "jpg"
    image.load()
    return Measured(PLACED if places else "", width, height, ending)


def _opened(data: bytes) -> Image:
    """Read the head of an image; nothing is decoded yet."""
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))


def _drawn(image: Image) -> Image:
    """Decode an image as a new one, turned, in RGB or RGBA: nothing comes with the pixels."""
    from PIL import Image, ImageOps

    is_clear = _is_clear(image)
    turned = ImageOps.exif_transpose(image).convert("RGBA" if is_clear else "RGB")
    return Image.frombytes(turned.mode, turned.size, turned.tobytes())


def _is_clear(image: Image) -> bool:
    """Tell whether an image may let what is behind it be seen."""
    return image.has_transparency_data


def _encoded(image: Image) -> tuple[str, bytes]:
    made = io.BytesIO()
    if image.mode == "RGBA":
        image.save(made, "PNG", optimize=True)
        return "png", made.getvalue()
    image.save(made, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return "jpg", made.getvalue()


def _raw(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode()


def _faults() -> tuple[type[Exception], ...]:
    """List what Pillow raises on bytes that are not what they say."""
    from PIL.Image import DecompressionBombError

    return (
        *(OSError, ValueError, SyntaxError, ArithmeticError, LookupError, EOFError, TypeError, AttributeError),
        *(struct.error, DecompressionBombError, MemoryError, RuntimeError),
    )

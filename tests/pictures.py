"""Make pictures, sound or hostile: all are drawn here, none is kept."""

from __future__ import annotations

import io
import zlib
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

GPS = 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), mode: str = "RGB", **saving: Any) -> bytes:
    """Draw a picture whose left half is darker, so that a turn is seen, with « Exemple » on it."""
    image = Image.new(mode, size, "#e6eef0")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] // 2, size[1]), fill="#0b4254")
    pen.text((10, 10), "Exemple", fill="#ffffff")
    made = io.BytesIO()
    image.save(made, kind, **saving)
    return made.getvalue()


def placed(orientation: int = 1, **saving: Any) -> bytes:
    """Draw a picture that says where it was taken, by what, and how it is to be turned."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Appareil Exemple"
    tags[GPS] = {1: "N", 2: (46.0, 20.0, 0.0), 3: "W", 4: (72.0, 30.0, 0.0)}
    return picture(exif=tags, comment=b"secret", **saving)


def turned(orientation: int) -> bytes:
    """Draw a picture that says only how it is to be turned."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    return picture(exif=tags)


def animated(kind: str) -> bytes:
    """Draw a picture that moves."""
    made = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#000000", "#ffffff")]
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], duration=100)
    return made.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Write a small PNG that says to be huge: once decoded, it would take a gigabyte."""
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * 2000), 9)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")))


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def telling() -> bytes:
    """Draw a PNG with words in it."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Auteur", "Personne Exemple")
    return picture("PNG", pnginfo=words)

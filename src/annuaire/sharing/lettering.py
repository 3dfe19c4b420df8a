"""Set texts in a picture: the largest letters that fit, lines cut between words, a mark for letters that no font has.

Letters are those of Lato (`font-lato`, SIL Open Font License); the fonts of the machine are never read, and lines are
laid by the library's own basic layout, since the other one depends on what the machine has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from PIL.ImageFont import FreeTypeFont, Layout, truetype

BOLD, PLAIN = "Bold", "Regular"
_BOX = "\u25a1"
_NOTHING = "\uffff"  # what no font has: drawn as a missing letter is
_LEADING = 1.2  # height of a line, in letters


@dataclass(frozen=True, slots=True)
class Set:
    """Hold a text as it fits: its font, its lines, and the height of one in pixels."""

    font: FreeTypeFont
    lines: tuple[str, ...]
    step: int

    @property
    def height(self) -> int:
        """Give the height of all lines, in pixels."""
        return self.step * len(self.lines)


@lru_cache(maxsize=64)
def font(style: str, size: int) -> FreeTypeFont:
    """Give the letters of a style, so many pixels high."""
    path = resources.files("font_lato").joinpath("files", f"Lato-{style}.ttf")
    return truetype(str(path), size, layout_engine=Layout.BASIC)


def fit(text: str, style: str, sizes: Sequence[int], width: int, most: int) -> Set:
    """Set a text in the first of these sizes in which it takes at most so many lines; in the last one it is cut.

    `width` is in pixels.
    """
    said = drawable(text)
    for size in sizes:
        letters = font(style, size)
        lines = _lines(said, letters, width)
        if len(lines) <= most and all(letters.getlength(line) <= width for line in lines):
            return Set(letters, tuple(lines), round(size * _LEADING))
    letters = font(style, sizes[-1])
    lines = _lines(said, letters, width)
    kept = lines[:most]
    if len(lines) > most or letters.getlength(kept[-1]) > width:
        kept[-1] = _ended(kept[-1], letters, width)
    return Set(letters, tuple(_ended(line, letters, width, "") for line in kept), round(sizes[-1] * _LEADING))


def _lines(text: str, letters: FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in (piece for each in text.split(" ") for piece in _pieces(each, letters, width)):
        longer = f"{lines[-1]} {word}".strip(" ")
        if not lines[-1] or letters.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, letters: FreeTypeFont, width: int) -> list[str]:
    """Cut a word that no line could hold."""
    if letters.getlength(word) <= width:
        return [word]
    most = max(1, int(width // letters.size))  # letters, each at its widest
    return [word[start : start + most] for start in range(0, len(word), most)]


def _ended(line: str, letters: FreeTypeFont, width: int, mark: str = "…") -> str:
    """Shorten a line until it and its mark fit."""
    while line and letters.getlength(line + mark) > width:
        line = line[:-1]
    return line.rstrip() + mark if mark else line


@lru_cache(maxsize=65_536)
def drawable(text: str) -> str:
    """Give what can be drawn of a text: no line break, an unknown letter is a box, a sign is left out."""
    shown = []
    for character in unicodedata.normalize("NFC", text):
        if character in "\u00a0\u202f":
            shown.append("\u00a0")
        elif character.isspace():
            shown.append(" ")
        elif _is_known(character):
            shown.append(character)
        elif unicodedata.category(character)[0] in "LN":
            shown.append(_BOX)
    return " ".join("".join(shown).split(" ")).strip(" ")


@lru_cache(maxsize=4_096)
def _is_known(character: str) -> bool:
    letters = font(PLAIN, 24)
    return unicodedata.category(character)[0] != "C" and bytes(letters.getmask(character)) != _missing()


@lru_cache(maxsize=1)
def _missing() -> bytes:
    return bytes(font(PLAIN, 24).getmask(_NOTHING))

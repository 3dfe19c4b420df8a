"""Set texts in a picture: the largest letters that fit, lines cut between words, a mark for letters that no font has.

Letters are those of Lato (`font-lato`, SIL Open Font License); the fonts of the machine are never read, and lines are
laid by the library's own basic layout, since the other one depends on what the machine has. That layout sets letters
one after the other, by whole pixels: each is measured and drawn once, then copied.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, Layout, truetype

BOLD, PLAIN = "Bold", "Regular"
_BOX = "\u25a1"
_NOTHING = "\uffff"  # what no font has: drawn as a missing letter is
_LEADING = 1.2  # height of a line, in letters
HIGH = 1.5  # that of what is drawn of it, all that hangs included


class Letters:
    """Measure and draw the letters of a style, so many pixels high."""

    def __init__(self, style: str, size: int) -> None:
        path = resources.files("font_lato").joinpath("files", f"Lato-{style}.ttf")
        self.font: FreeTypeFont = truetype(str(path), size, layout_engine=Layout.BASIC)
        self.size = size
        self._advances: dict[str, int] = {}
        self._drawn: dict[str, tuple[Image.Image, int, int]] = {}

    def length(self, text: str) -> int:
        """Give how wide a text is, in pixels."""
        return sum(map(self._advance, text))

    def draw(self, text: str) -> Image.Image:
        """Draw a line of text in white on black, from where its letters begin, `HIGH` times as high as its letters."""
        line = Image.new("L", (self.length(text) + self.size, round(self.size * HIGH)))
        left = 0
        for character in text:
            shape, x, y = self._shape(character)
            line.paste(255, (left + x, y), shape)
            left += self._advance(character)
        return line

    def _advance(self, character: str) -> int:
        if character not in self._advances:
            self._advances[character] = round(self.font.getlength(character))
        return self._advances[character]

    def _shape(self, character: str) -> tuple[Image.Image, int, int]:
        """Give a letter as it is drawn, and where it stands from the corner of its line."""
        if character not in self._drawn:
            left, top, right, bottom = (round(side) for side in self.font.getbbox(character))
            shape = Image.new("L", (max(1, right - left), max(1, bottom - top)))
            ImageDraw.Draw(shape).text((-left, -top), character, fill=255, font=self.font)
            self._drawn[character] = shape, left, top
        return self._drawn[character]


@dataclass(frozen=True, slots=True)
class Set:
    """Hold a text as it fits: its letters, its lines, and the height of one in pixels."""

    letters: Letters
    lines: tuple[str, ...]
    step: int

    @property
    def height(self) -> int:
        """Give the height of all lines, in pixels."""
        return self.step * len(self.lines)


@lru_cache(maxsize=64)
def letters_of(style: str, size: int) -> Letters:
    """Give the letters of a style, so many pixels high."""
    return Letters(style, size)


@lru_cache(maxsize=256)
def fit(text: str, style: str, sizes: tuple[int, ...], width: int, most: int) -> Set:
    """Set a text in the first of these sizes in which it takes at most so many lines; in the last one it is cut.

    `width` is in pixels.
    """
    said = drawable(text)
    for size in sizes:
        letters = letters_of(style, size)
        lines = _lines(said, letters, width)
        if len(lines) <= most and all(letters.length(line) <= width for line in lines):
            return Set(letters, tuple(lines), round(size * _LEADING))
    letters = letters_of(style, sizes[-1])
    lines = _lines(said, letters, width)
    kept = lines[:most]
    if len(lines) > most or letters.length(kept[-1]) > width:
        kept[-1] = _ended(kept[-1], letters, width)
    return Set(letters, tuple(_ended(line, letters, width, "") for line in kept), round(sizes[-1] * _LEADING))


def _lines(text: str, letters: Letters, width: int) -> list[str]:
    lines = [""]
    for word in (piece for each in text.split(" ") for piece in _pieces(each, letters, width)):
        longer = f"{lines[-1]} {word}".strip(" ")
        if not lines[-1] or letters.length(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, letters: Letters, width: int) -> list[str]:
    """Cut a word that no line could hold."""
    if letters.length(word) <= width:
        return [word]
    most = max(1, int(width // letters.size))  # letters, each at its widest
    return [word[start : start + most] for start in range(0, len(word), most)]


def _ended(line: str, letters: Letters, width: int, mark: str = "…") -> str:
    """Shorten a line until it and its mark fit."""
    while line and letters.length(line + mark) > width:
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
    font = letters_of(PLAIN, 24).font
    return unicodedata.category(character)[0] != "C" and bytes(font.getmask(character)) != _missing()


@lru_cache(maxsize=1)
def _missing() -> bytes:
    return bytes(letters_of(PLAIN, 24).font.getmask(_NOTHING))

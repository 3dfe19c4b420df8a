"""Lay out frames inside one another, with cards in each, as an SVG: nothing overlaps, whatever the words.

Browsers are not asked how wide a text is: it is reckoned, generously, and what does not fit is shortened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annuaire.text import french

LABEL, NAME, _HEAD_SIZE = 14.0, 13.0, 15.0  # sizes of the letters, in units of the drawing
_WIDE = 0.53  # of its size, how wide a letter is at most on the average
_WIDE_BOLD = 0.58
_LINE = 18.0
_PAD, _GAP, _HEAD = 10.0, 10.0, 30.0
_PILL_HEIGHT, _PILL_WIDTH = 44.0, 190.0
_MOST_NAMES = 8
_MOST_LINES = 4
_TURN = 8.0  # room of the two spaces that begin what follows of a name


@dataclass(frozen=True, slots=True)
class Frame:
    """Name what a frame holds: cards, each with a title and names; `kind` says how it is coloured."""

    kind: str
    title: str
    cards: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Place a rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """Place a line of text by the start of its base line; `kind` is `head`, `label`, `name` or `self`."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Hold a drawing: boxes from the widest to the smallest, then texts."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]


def draw(frames: Sequence[Frame], width: float, columns: int) -> Drawing:
    """Draw the frames around the enterprise, the first one the nearest."""
    depth = len(frames)
    y = depth * _PAD
    boxes: list[Box] = [Box((width - _PILL_WIDTH) / 2, y + _PAD, _PILL_WIDTH, _PILL_HEIGHT, "self")]
    texts: list[Text] = [Text(width / 2, y + _PAD + _PILL_HEIGHT / 2 + 5, "Votre entreprise", "self")]
    y += _PAD + _PILL_HEIGHT
    outer: list[Box] = []
    for rank, frame in enumerate(frames):
        inset = (depth - 1 - rank) * _PAD
        inside = width - 2 * inset - 2 * _PAD
        heads = _wrapped(frame.title, inside, _HEAD_SIZE * _WIDE_BOLD)
        texts.extend(Text(inset + _PAD, y + _HEAD - 6 + n * _LINE, line, "head") for n, line in enumerate(heads))
        y += _HEAD + (len(heads) - 1) * _LINE + 4
        card_width = (inside - (columns - 1) * _GAP) / columns
        ends = [y] * columns  # each card goes where there is most room above the others
        for card in (_card(card, card_width) for card in frame.cards):
            column = ends.index(min(ends))
            x, top, height = inset + _PAD + column * (card_width + _GAP), ends[column], len(card) * _LINE + _PAD + 6
            boxes.append(Box(_r(x), _r(top), _r(card_width), _r(height), "card"))
            texts.extend(
                Text(_r(x + _PAD), _r(top + _PAD + 10 + n * _LINE), text, kind) for n, (text, kind) in enumerate(card)
            )
            ends[column] += height + _GAP
        y = max(ends)
        outer.append(Box(_r(inset), _r(inset), _r(width - 2 * inset), _r(y - inset), frame.kind))
        y += _PAD
    height = max((box.y + box.height for box in (*outer, *boxes)), default=0)
    return Drawing(width, _r(height), (*reversed(outer), *boxes), tuple(texts))


def _card(card: tuple[str, tuple[str, ...]], width: float) -> list[tuple[str, str]]:
    """Write the lines of a card: its title and how many, then the names, whole as far as their lines allow."""
    title, names = card
    inside = width - 2 * _PAD
    counted = f"{title}{french.NBSP}:{french.NBSP}{french.number(len(names))}"
    lines = [(line, "label") for line in _wrapped(counted, inside, LABEL * _WIDE_BOLD)]
    shown = names if len(names) <= _MOST_NAMES else names[: _MOST_NAMES - 1]
    for name in shown:
        first, *others = _wrapped(name, inside - _TURN, NAME * _WIDE)
        lines += [(first, "name"), *((f"{french.NBSP * 2}{line}", "name") for line in others)]
    if len(shown) < len(names):
        lines.append((f"et {french.count(len(names) - len(shown), 'autre')}", "name"))
    return lines


def _wrapped(text: str, width: float, letter: float) -> list[str]:
    """Break a text between words into at most `_MOST_LINES` lines, the last one cut at need."""
    room = int(width / letter)
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[: _MOST_LINES - 1], french.shorten(" ".join(lines[_MOST_LINES - 1 :]), room)]


def _r(value: float) -> float:
    return round(value, 1)

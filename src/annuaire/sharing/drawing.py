"""Draw the picture to share of a page, as a PNG of few colours. The same card gives the same bytes.

Every letter is drawn in ranks of the palette at once: nothing has to be brought back to few colours.
"""

from __future__ import annotations

import io

from PIL import Image

from annuaire.pages.card import HEIGHT, WIDTH, Card
from annuaire.sharing.lettering import BOLD, PLAIN, Letters, Set, drawable, fit, letters_of

# Those of the site (`theme/css/common/tokens.css`): what is behind, then what is written on it.
_PAPER, _ON_DEEP = "#ffffff", "#ffffff"
_INKS = ((_PAPER, "#14252c"), (_PAPER, "#48595f"), ("#0b4254", _ON_DEEP), ("#b34a0a", _ON_DEEP))
_INK, _SOFT, _DEEP, _ACCENT = range(4)  # of `_INKS`
_SHADES = 6  # between letters and what is behind them
_LEFT, _RIGHT, _TOP = 72, WIDTH - 72, 56
_BAND = HEIGHT - 156  # where the band at the foot begins
_EDGE = 20
_GAP = 14
_CAMPAIGN = (42, 36, 30, 26, 22)
_TITLE = (76, 68, 60, 54, 48, 42, 36)
_WARNING = 24


def draw(card: Card) -> bytes:
    """Draw a card; return the bytes of a PNG of WIDTH by HEIGHT pixels."""
    image = Image.new("L", (WIDTH, HEIGHT), _behind(_INK))
    image.paste(_behind(_ACCENT), (0, 0, _EDGE, _BAND))
    image.paste(_behind(_DEEP), (0, _BAND, WIDTH, HEIGHT))
    top = _warning(image, card.warning)
    top = _put(image, top, fit(card.title, BOLD, _TITLE, _RIGHT - _LEFT, 3), _INK) + _GAP
    if card.place:
        top = _put(image, top, _line(card.place, 34), _SOFT) + _GAP
    if card.benefit:
        said = fit(card.benefit, BOLD, (34, 30, 26), _RIGHT - _LEFT, 2)
        source = fit(card.source, PLAIN, (24, 21), _RIGHT - _LEFT, 1)
        if top + said.height + source.height <= _BAND:
            top = _put(image, _put(image, top, said, _INK), source, _SOFT) + _GAP
    for text in card.lines:
        line = _line(text, 34)
        if top + line.height <= _BAND:
            top = _put(image, top, line, _INK)
    _foot(image, card)
    return _png(image)


def _warning(image: Image.Image, text: str) -> int:
    """Put a word in the corner, where there is one; return where the rest begins."""
    if not text:
        return _TOP
    letters, said = letters_of(BOLD, _WARNING), drawable(text)
    left = _RIGHT - letters.length(said)
    image.paste(_behind(_ACCENT), (left - 16, 0, _RIGHT + 17, 45))
    _write(image, (left, 8), letters, said, _ACCENT)
    return _TOP + 14


def _foot(image: Image.Image, card: Card) -> None:
    signed = " · ".join(filter(None, (card.signature, card.address)))
    texts = [fit(card.campaign, BOLD, _CAMPAIGN, _RIGHT - _LEFT, 1)] if card.campaign else []
    texts.append(_line(signed, 30))
    top = _BAND + (HEIGHT - _BAND - sum(one.height for one in texts)) // 2
    for one in texts:
        top = _put(image, top, one, _DEEP)


def _line(text: str, size: int) -> Set:
    return fit(text, PLAIN, (size, size - 4, size - 8, size - 12), _RIGHT - _LEFT, 1)


def _put(image: Image.Image, top: int, text: Set, ink: int) -> int:
    for line in text.lines:
        _write(image, (_LEFT, top), text.letters, line, ink)
        top += text.step
    return top


def _write(image: Image.Image, at: tuple[int, int], letters: Letters, line: str, ink: int) -> None:
    """Write a line: each point of its letters takes the rank of its shade, and the others stay as they are."""
    drawn = letters.draw(line)
    image.paste(drawn.point(_RANKS[ink]), at, drawn.point(_TOUCHED))


def _behind(ink: int) -> int:
    """Give the rank of what is behind an ink; that of paper is the same for all that is written on it."""
    return next(rank for rank, (paper, _) in enumerate(_INKS) if paper == _INKS[ink][0]) * (_SHADES + 1)


def _png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.putpalette(_PALETTE)
    image.save(made, "PNG", compress_level=7)
    return made.getvalue()


def _ramp(one: str, other: str) -> list[int]:
    first, last = ([int(text[start : start + 2], 16) for start in (1, 3, 5)] for text in (one, other))
    shades = [step / _SHADES for step in range(_SHADES + 1)]
    return [round(a + (b - a) * shade) for shade in shades for a, b in zip(first, last, strict=True)]


_STEPS = [round(light * _SHADES / 255) for light in range(256)]
_TOUCHED = [255 * (step > 0) for step in _STEPS]
_RANKS = [[ink * (_SHADES + 1) + step for step in _STEPS] for ink in range(len(_INKS))]
_PALETTE = [part for inks in _INKS for part in _ramp(*inks)]

"""Draw the picture to share of a page, as a PNG of few colours. The same card gives the same bytes."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from annuaire.pages.card import HEIGHT, WIDTH, Card
from annuaire.sharing.lettering import BOLD, PLAIN, Set, drawable, fit, font

# Those of the site (`theme/css/common/tokens.css`).
_PAPER, _INK, _SOFT, _DEEP, _ON_DEEP, _ACCENT = "#ffffff", "#14252c", "#48595f", "#0b4254", "#ffffff", "#b34a0a"
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
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, _EDGE - 1, _BAND), fill=_ACCENT)
    pen.rectangle((0, _BAND, WIDTH, HEIGHT), fill=_DEEP)
    top = _warning(pen, card.warning)
    top = _put(pen, top, fit(card.title, BOLD, _TITLE, _RIGHT - _LEFT, 3), _INK) + _GAP
    if card.place:
        top = _put(pen, top, _line(card.place, 34), _SOFT) + _GAP
    if card.benefit:
        said = fit(card.benefit, BOLD, (34, 30, 26), _RIGHT - _LEFT, 2)
        source = fit(card.source, PLAIN, (24, 21), _RIGHT - _LEFT, 1)
        if top + said.height + source.height <= _BAND:
            top = _put(pen, _put(pen, top, said, _INK), source, _SOFT) + _GAP
    for text in card.lines:
        line = _line(text, 34)
        if top + line.height <= _BAND:
            top = _put(pen, top, line, _INK)
    _foot(pen, card)
    return _png(image)


def _warning(pen: ImageDraw.ImageDraw, text: str) -> int:
    """Put a word in the corner, where there is one; return where the rest begins."""
    if not text:
        return _TOP
    letters, said = font(BOLD, _WARNING), drawable(text)
    left = _RIGHT - round(letters.getlength(said))
    pen.rectangle((left - 16, 0, _RIGHT + 16, 44), fill=_ACCENT)
    pen.text((left, 22), said, font=letters, fill=_ON_DEEP, anchor="lm")
    return _TOP + 14


def _foot(pen: ImageDraw.ImageDraw, card: Card) -> None:
    signed = " · ".join(filter(None, (card.signature, card.address)))
    texts = [fit(card.campaign, BOLD, _CAMPAIGN, _RIGHT - _LEFT, 1)] if card.campaign else []
    texts.append(_line(signed, 30))
    top = _BAND + (HEIGHT - _BAND - sum(one.height for one in texts)) // 2
    for one in texts:
        top = _put(pen, top, one, _ON_DEEP)


def _line(text: str, size: int) -> Set:
    return fit(text, PLAIN, (size, size - 4, size - 8, size - 12), _RIGHT - _LEFT, 1)


def _put(pen: ImageDraw.ImageDraw, top: int, text: Set, colour: str) -> int:
    for line in text.lines:
        pen.text((_LEFT, top), line, font=text.font, fill=colour)
        top += text.step
    return top


def _png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(made, "PNG", compress_level=7)
    return made.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Make the colours that a card has: those of its letters, by shades, on what is behind them."""
    ramps = ((_PAPER, _INK), (_PAPER, _SOFT), (_DEEP, _ON_DEEP), (_ACCENT, _ON_DEEP))
    colours = dict.fromkeys(colour for one, other in ramps for colour in _ramp(one, other))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def _ramp(one: str, other: str) -> list[tuple[int, ...]]:
    first, last = ([int(text[start : start + 2], 16) for start in (1, 3, 5)] for text in (one, other))
    return [
        tuple(round(a + (b - a) * step / _SHADES) for a, b in zip(first, last, strict=True))
        for step in range(_SHADES + 1)
    ]

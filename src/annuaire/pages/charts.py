"""Lay out bars and columns for an SVG: shares of the width of the page, so that one drawing serves every width.

Nothing is told by colour alone: each bar bears its label and its number, and the table beneath says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annuaire.text import french

MOST_BARS = 30
MOST_COLUMNS = 24
_LONGEST = 36  # letters of a label: what a page of 320 pixels holds
_WIDEST = 66.0  # percent of the width, for the longest bar: its number follows it
_ROW, _BASE, _BAR_TOP, _BAR = 46, 15, 21, 16
_PLOT_TOP, _PLOT, _FOOT = 22, 150, 24
_NUMBERED = 6  # columns that all bear their number; with more, the first and the last do, as for months
_GAP = 0.3  # of a step, between two columns


@dataclass(frozen=True, slots=True)
class Bar:
    """Place one bar: `y` of its label, `top` of its rectangle (pixels), `width` in percent, its number in words."""

    y: int
    top: int
    width: float
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Hold bars one above the other; `left_out` says how many more the table has."""

    height: int
    bar: int
    bars: tuple[Bar, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Place one column: `x` and `width` in percent, tops and heights in pixels of the whole and of its dark part.

    `label` and `value` are empty where there is no room; they stand at `at`, by their `anchor`: start, middle or end.
    """

    x: float
    width: float
    top: int
    height: int
    dark_top: int
    dark: int
    label: str
    value: str
    anchor: str
    at: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold columns side by side, on a base line."""

    height: int
    base: int
    columns: tuple[Mark, ...]
    left_out: int


def bars(rows: Sequence[tuple[str, int, str]]) -> Bars | None:
    """Draw rows (label, count, its words), in their order, those of zero aside; None when none is left."""
    counted = [row for row in rows if row[1]]
    if not counted:
        return None
    most = max(count for _, count, _ in counted)
    drawn = tuple(
        Bar(
            rank * _ROW + _BASE,
            rank * _ROW + _BAR_TOP,
            round(_WIDEST * count / most, 2),
            _cut(label),
            value,
        )
        for rank, (label, count, value) in enumerate(counted[:MOST_BARS])
    )
    return Bars(len(drawn) * _ROW, _BAR, drawn, max(0, len(counted) - MOST_BARS))


def _cut(label: str) -> str:
    """Cut a label that is too long between its words, those of a name with hyphens too."""
    if len(label) <= _LONGEST:
        return label
    kept = label[: _LONGEST - 1]
    return f"{kept[: max(kept.rfind(' '), kept.rfind('-'), _LONGEST // 2)].rstrip(',;:. -')}…"


def columns(rows: Sequence[tuple[str, int, int]]) -> Columns | None:
    """Draw the last rows (label, whole, part of it that is dark); None for fewer than two, or when all is zero."""
    shown = rows[-MOST_COLUMNS:]
    most = max((whole for _, whole, _ in shown), default=0)
    if len(shown) < 2 or not most:
        return None
    step = 100 / len(shown)
    drawn = []
    for rank, (label, whole, part) in enumerate(shown):
        x, width = rank * step + step * _GAP / 2, step * (1 - _GAP)
        height, dark = round(_PLOT * whole / most), round(_PLOT * part / most)
        is_end = rank in (0, len(shown) - 1)
        anchor, at = ("start", x) if rank == 0 else ("end", x + width) if is_end else ("middle", x + width / 2)
        base = _PLOT_TOP + _PLOT
        drawn.append(
            Mark(
                round(x, 2),
                round(width, 2),
                base - height,
                height,
                base - dark,
                dark,
                label if is_end else "",
                french.number(whole) if is_end or len(shown) <= _NUMBERED else "",
                anchor,
                round(at, 2),
            )
        )
    return Columns(_PLOT_TOP + _PLOT + _FOOT, _PLOT_TOP + _PLOT, tuple(drawn), max(0, len(rows) - MOST_COLUMNS))

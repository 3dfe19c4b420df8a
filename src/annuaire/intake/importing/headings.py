"""Find the row of the columns' titles in a sheet: below titles of the whole, on one line or on two.

It knows nothing of what the columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from annuaire.text.names import fold

LOOKED_AT = 30  # rows from the top: titles stand there, or the sheet is no list
_MOST_LINES = 2
_FILLED = 0.6  # of the widest row: a row of titles names most of the columns
_LONGEST_TITLE = 120
_DATA = re.compile(r"[0-9]{3}|@|https?:|www\.", re.IGNORECASE)  # no title holds a number, an address, a link
Lines = Sequence[Sequence[str]]


class Repeated(str):
    """Mark the text of a cell that is merged with the one above, which holds it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Say where the titles are among the rows looked at (rank of the first line, how many), and what they are."""

    at: int
    lines: int
    titles: tuple[str, ...]


Finder = Callable[[Lines], Heading | None]


def guessed(lines: Lines) -> Heading | None:
    """Find the titles of a list that nobody described: the first row that names most of the columns, and no value."""
    width = max((len(_filled(texts)) for texts in lines), default=0)
    for at, texts in enumerate(lines):
        filled = _filled(texts)
        if len(filled) >= max(1, _FILLED * width) and not any(_is_value(text) for text in filled):
            return _whole(lines, at)
    return None


def knowing(is_known: Callable[[str], bool]) -> Finder:
    """Make what finds the titles of a list as `guessed` does, unless a row above holds more of those that are known."""

    def known(texts: Sequence[str]) -> int:
        return sum(is_known(text) for text in _filled(texts))

    def find(lines: Lines) -> Heading | None:
        best = guessed(lines)
        for at in range(best.at if best is not None else len(lines)):
            if known(lines[at]) > max(1, known(best.titles) if best else 0) and not any(
                map(_is_value, _filled(lines[at]))
            ):
                return _whole(lines, at)
        return best

    return find


def finder(wanted: Collection[str]) -> Finder:
    """Make what finds the row that holds these titles, the guessed one when no row holds them all."""

    def find(lines: Lines) -> Heading | None:
        best = guessed(lines)
        if best is not None and _holds(best.titles, wanted):
            return best
        for count in range(1, _MOST_LINES + 1):
            for at in range(len(lines) - count + 1):
                titles = named(_joined(lines[at : at + count]))
                if _holds(titles, wanted):
                    return Heading(at, count, titles)
        return best

    return find


def named(texts: Sequence[str]) -> tuple[str, ...]:
    """Name every column: by its title, with its letter where it has none, with a number where it has another's."""
    titles: list[str] = []
    for at, text in enumerate(texts):
        title = " ".join(text.split()) or f"Colonne {get_column_letter(at + 1)}"
        rank, wanted = 2, title
        while wanted in titles:
            wanted, rank = f"{title} ({rank})", rank + 1
        titles.append(wanted)
    return tuple(titles)


def _whole(lines: Lines, at: int) -> Heading:
    """Join to a row of titles the one that completes it: groups above (merged cells), or what is below its gaps."""
    texts = lines[at]
    above = lines[at - 1] if at else ()
    below = lines[at + 1] if at + 1 < len(lines) else ()
    repeated = len({fold(text) for text in _filled(texts)}) < len(_filled(texts))
    if _has_repeated(below) and not any(map(_is_value, _filled(below))):
        return Heading(at, 2, named(_joined((_carried(texts, len(below)), below))))
    is_second = repeated or _has_repeated(texts)
    if is_second and len(_filled(above)) > 1 and not any(map(_is_value, _filled(above))):
        return Heading(at - 1, 2, named(_joined((_carried(above, len(texts)), texts))))
    gaps = [rank for rank, text in enumerate(texts) if not text.strip()]
    under = [rank for rank, text in enumerate(below) if text.strip()]
    completes = bool(gaps) and set(gaps) & set(under) and len(under) < len(texts)
    if (
        completes
        and not any(_is_value(below[rank]) for rank in under)
        and all(_is_beside(rank, gaps) for rank in under)
    ):
        return Heading(at, 2, named(_joined((_carried(texts, len(below)), below), under)))
    return Heading(at, 1, named(_trimmed(texts)))


def _has_repeated(texts: Sequence[str]) -> bool:
    """Tell whether a cell is merged over a row and the one above: both are then rows of titles, if one is."""
    return any(isinstance(text, Repeated) for text in texts)


def _is_beside(rank: int, gaps: Sequence[int]) -> bool:
    """Tell whether a cell is below a gap, or below the title that the gap continues."""
    return rank in gaps or rank + 1 in gaps


def _carried(texts: Sequence[str], width: int) -> list[str]:
    """Repeat the title of merged cells over those it covers."""
    carried: list[str] = []
    for text in (*texts, *[""] * (width - len(texts))):
        carried.append(text if text.strip() or not carried else carried[-1])
    return carried


def _joined(lines: Sequence[Sequence[str]], under: Collection[int] | None = None) -> list[str]:
    """Put the lines of a title one after the other; with `under`, the first line alone elsewhere than there."""
    width = max(len(texts) for texts in lines)
    joined = []
    for rank in range(width):
        parts = [texts[rank].strip() for texts in lines if rank < len(texts)]
        if under is not None and rank not in under:
            parts = parts[:1]
        joined.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return _trimmed(joined)


def _trimmed(texts: Sequence[str]) -> list[str]:
    kept = list(texts)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _filled(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text.strip()]


def _holds(titles: Collection[str], wanted: Collection[str]) -> bool:
    return bool(wanted) and set(wanted) <= set(titles)


def _is_value(text: str) -> bool:
    return len(text) > _LONGEST_TITLE or bool(_DATA.search(text)) or not any(c.isalpha() for c in text)

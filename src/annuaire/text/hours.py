"""Read opening hours that are written as the guide asks: « Du lundi au vendredi, de 8 h 30 à 16 h 30 ».

A text is read whole or not at all: « sur rendez-vous », a season or an exception say more than hours can hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = f"(?:{'|'.join(DAYS)})"
_HOUR = r"([0-9]{1,2}) h(?: ([0-5][0-9]))?"
_OPEN = re.compile(
    rf"(?:(?P<all>tous les jours)|du (?P<first>{_DAY}) au (?P<last>{_DAY})|(?P<days>{_DAY}(?:(?:, | et ){_DAY})*)),? "
    rf"de {_HOUR} à {_HOUR}"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold the days of the week (0 is Monday) when a place opens and closes at the same hours (« 08:30 »)."""

    days: tuple[int, ...]
    opens: str
    closes: str


def openings(text: str) -> tuple[Opening, ...]:
    """Read opening hours; nothing when one of their parts is not surely read, or when two speak of the same day."""
    parts = [" ".join(part.split()).lower() for part in text.rstrip(". ").split(";")]
    found = [_opening(part) for part in parts]
    known = [one for one in found if one is not None]
    told = [day for one in known for day in one.days]
    return tuple(known) if len(known) == len(found) and len(told) == len(set(told)) else ()


def _opening(part: str) -> Opening | None:
    match = _OPEN.fullmatch(part)
    if match is None:
        return None
    if match["all"]:
        days = tuple(range(7))
    elif match["days"]:
        days = tuple(DAYS.index(day) for day in re.findall(_DAY, match["days"]))
    else:
        first, last = DAYS.index(match["first"]), DAYS.index(match["last"])
        days = tuple(range(first, last + 1))
    opens, closes = _time(match[5], match[6]), _time(match[7], match[8])
    return Opening(days, opens, closes) if days and opens < closes <= "24:00" else None


def _time(hour: str, minute: str | None) -> str:
    return f"{int(hour):02}:{minute or '00'}"

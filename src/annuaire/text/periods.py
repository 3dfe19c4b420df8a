"""Read dates that are known to the day, the month or the year, and say a period as people do in Québec."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time

from annuaire.text import french

DAY, MONTH, YEAR = "day", "month", "year"
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Hold the days that a date may mean: `first` to `last`, one and the same when the day is known (`DAY`)."""

    first: date
    last: date
    precision: str

    @property
    def is_day(self) -> bool:
        """Tell whether the day is known."""
        return self.precision == DAY


def span(text: str) -> Span | None:
    """Read « 2027 », « 2027-03 » or « 2027-03-05 »; None when it is no date of the calendar."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            known = date(year, month, day)
            return Span(known, known, DAY)
        if month:
            return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), MONTH)
        return Span(date(year, 1, 1), date(year, 12, 31), YEAR)
    except ValueError:
        return None


def clock(value: time) -> str:
    """Write an hour: « 9 h », « 13 h 30 »."""
    minutes = f"{french.NBSP}{value.minute:02}" if value.minute else ""
    return f"{value.hour}{french.NBSP}h{minutes}"


def said(start: Span, end: Span | None = None, starts: time | None = None, ends: time | None = None) -> str:
    """Say when in a phrase: « le 12 mai 2027 de 9 h à 16 h », « du 3 au 5 mars 2027 », « en novembre 2019 »."""
    if end is None or end == start:
        return _within(start, starts, ends)
    if starts or not (start.is_day and end.is_day and start.first.year == end.first.year):
        at, to = (f" à {clock(hour)}" if hour else "" for hour in (starts, ends if starts else None))
        return f"{_from(start)}{at} {_until(end)}{to}"
    first, last = start.first, end.first
    opening = _number(first) if first.month == last.month else f"{_number(first)}{french.NBSP}{_month(first)}"
    return f"du {opening} au {french.day(last)}"


def _within(one: Span, starts: time | None, ends: time | None) -> str:
    if one.precision == YEAR:
        return f"en {one.first.year:04}"
    if one.precision == MONTH:
        return f"en {french.month(one.first)}"
    if not starts:
        return f"le {french.day(one.first)}"
    hours = f"de {clock(starts)} à {clock(ends)}" if ends else f"à {clock(starts)}"
    return f"le {french.day(one.first)} {hours}"


def _from(one: Span) -> str:
    if one.is_day:
        return f"du {french.day(one.first)}"
    return french.of(french.month(one.first)) if one.precision == MONTH else f"de {one.first.year:04}"


def _until(one: Span) -> str:
    if one.is_day:
        return f"au {french.day(one.first)}"
    return f"à {french.month(one.first)}" if one.precision == MONTH else f"à {one.first.year:04}"


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _month(day: date) -> str:
    return french.MONTHS[day.month - 1]

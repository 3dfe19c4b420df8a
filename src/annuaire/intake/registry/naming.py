"""Look among millions of registered names for those that may be of a record, by their telling words.

A name is compared only with the records that share the beginnings of half of its telling words with it: it costs a few
microseconds, and what is kept does not grow with the number of names read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annuaire.records import likeness
from annuaire.text.names import fold, normalise_name

SAME, SLIP, CLOSE = 70, 60, 40  # of 100: what a name is worth by itself
IN_FORCE, SAME_TOWN, OTHER_TOWN, STRUCK_OFF = 5, 20, -25, -15
LEAST = 50  # below, a candidate is not shown
MOST = 3  # candidates shown for a record
SPAN = 20  # below the best by more, a candidate is not shown either
KEPT = 40  # by their names, before towns are known
FORMER = "A"  # the status of a name that is no longer in force
_BEGINNING = 5  # letters
_WORD = re.compile(r"[a-z0-9]+")
_CHILDCARE = re.compile(r"\b(?:c p e|cpe)\b")
_NEVER = ("33",)  # partnerships: no social-economy enterprise, and often the names of persons


@dataclass(slots=True)
class Sought:
    """Hold the name that is looked for, and the best that were found: NEQ -> what its name is worth, and that name.

    `places` are the words of its town and territory, which tell its neighbours as well.
    """

    name: str
    places: frozenset[str] = frozenset()
    words: frozenset[str] = field(init=False)
    least: int = field(init=False)
    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = plain(self.name)
        self.words = frozenset(self.name.split())
        self.least = (len({word[:_BEGINNING] for word in likeness.telling(self.words)}) + 1) // 2

    def offer(self, neq: str, points: int, name: str) -> None:
        """Keep a name if it is among the best; of two that are worth the same, the smaller NEQ."""
        if neq in self.found:
            self.found[neq] = max(self.found[neq], (points, name), key=lambda pair: pair[0])
            return
        self.found[neq] = (points, name)
        if len(self.found) > KEPT:
            del self.found[max(self.found, key=lambda one: (-self.found[one][0], one))]


class Seeker:
    """Look for the names of many records at once."""

    def __init__(self, names: Iterable[tuple[str, str, frozenset[str]]]) -> None:
        self.sought = {slug: Sought(name, places) for slug, name, places in names}
        self._beginnings: defaultdict[str, list[Sought]] = defaultdict(list)
        for one in self.sought.values():
            for beginning in {word[:_BEGINNING] for word in likeness.telling(one.words)}:
                self._beginnings[beginning].append(one)

    def look(self, neq: str, name: str, *, is_former: bool) -> None:
        """Offer a registered name to the records whose name is like it."""
        if neq.startswith(_NEVER):
            return
        beginnings = {word[:_BEGINNING] for word in _WORD.findall(fold(name))}
        if self._beginnings.keys().isdisjoint(beginnings):
            return
        near = Counter(id(one) for beginning in beginnings for one in self._beginnings.get(beginning, ()))
        for one in self._near(beginnings, near):
            points = worth(one.name, plain(name), one.places)
            if points:
                one.offer(neq, points if is_former else points + IN_FORCE, name)

    def _near(self, beginnings: Iterable[str], near: Counter[int]) -> Iterator[Sought]:
        seen = set()
        for beginning in beginnings:
            for one in self._beginnings.get(beginning, ()):
                if id(one) not in seen and near[id(one)] >= one.least:
                    seen.add(id(one))
                    yield one


def plain(name: str) -> str:
    """Reduce a name to what is compared: as elsewhere, and the usual acronym of childcare centres spelled out."""
    return _CHILDCARE.sub("centre petite enfance", normalise_name(name))


def worth(one: str, other: str, places: frozenset[str] = frozenset()) -> int:
    """Say what the likeness of two plain names is worth; 0 when they may not be of one enterprise."""
    if one == other or sorted(one.split()) == sorted(other.split()):
        return SAME
    if likeness.is_slip(one, other):
        return SLIP
    left, right = frozenset(one.split()), frozenset(other.split())
    return CLOSE if likeness.is_close(left - places, right - places) and not likeness.bodies(left, right) else 0


def are_others(one: str, other: str, places: frozenset[str]) -> bool:
    """Tell two plain names of which nothing is alike, not even one telling word."""
    left, right = (likeness.telling(frozenset(name.split()) - places) for name in (one, other))
    return left.isdisjoint(right) and not worth(one, other, places) and likeness.are_others(one, other)

"""Say who could answer a need together when nobody does alone: what each serves and can supply, and the gap that stays.

Only what records say counts: the MRCs that an offer or its enterprise names, the capacity it writes, in the very unit
of the need. A capacity that is not said, or said in another unit, is not counted. The browser judges the same
(`theme/js/common/together.js`; a test compares both). This module chooses no unit, converts none, and writes to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annuaire.catalogue.supply import Line, Supply
from annuaire.shared import SHARED
from annuaire.text.names import fold

_CAPACITY = re.compile(SHARED["capacite"]["ecriture"])
LARGEST: int = SHARED["capacite"]["parCombinaison"]  # members of one combination
MOST: int = SHARED["capacite"]["combinaisons"]  # combinations proposed
_STARTS = 4 * MOST  # members that a combination is begun by
_SINGULAR = 3  # letters of a word that a final s or x does not make plural: « os », « prix » keep it


@dataclass(frozen=True, slots=True)
class Capacity:
    """Hold what a record says it can supply: a whole number, rounded down, of a unit in its comparable form."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Member:
    """Hold what one enterprise brings to a need: `mrcs` are those asked that it serves.

    `amount` is None where no capacity is said in the unit of the need; `said` is what its offers write of it.
    """

    slug: str
    is_confirmed: bool
    mrcs: frozenset[str]
    amount: int | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Combination:
    """Hold members who answer together, the quantity they add up to, what stays: MRCs that none serves, a quantity."""

    members: tuple[Member, ...]
    amount: int
    missing: frozenset[str]
    gap: int


@dataclass(frozen=True, slots=True)
class Together:
    """Say who answers a need alone; when nobody does, the combinations; who serves it whose capacity is not counted."""

    alone: tuple[Member, ...]
    combinations: tuple[Combination, ...]
    uncounted: tuple[Member, ...]


def capacity(text: str) -> Capacity | None:
    """Read a capacity as records write it (« Jusqu’à 2 000 m² par semaine »); None for what is no quantity."""
    found = _CAPACITY.match(" ".join(fold(text).split()))
    return Capacity(int(found[1].replace(" ", "")), unit(found[2])) if found else None


def unit(text: str) -> str:
    """Give the comparable form of a unit: « m²/semaine » is « m2 par semaine »; « repas » is not « repas par jour »."""
    words = re.sub(r"[.,;]", " ", fold(text).replace("/", " par ")).split()
    return " ".join(re.sub(r"[sx]$", "", word) if len(word) > _SINGULAR else word for word in words)


def members(supply: Supply, category: str, wanted: frozenset[str], measure: str = "") -> tuple[Member, ...]:
    """List who offers a category and serves one of the MRCs asked, in the order of the catalogue."""
    lines = supply.by_category.get(category, ())
    grouped = groupby(lines, key=lambda line: line.enterprise.slug)
    found = (_member(slug, tuple(own), wanted, unit(measure)) for slug, own in grouped)
    return tuple(member for member in found if member.mrcs)


def unplaced(supply: Supply, category: str, wanted: frozenset[str]) -> tuple[str, ...]:
    """List who offers a category and is in one of the MRCs asked, without a word on where it serves: none counts."""
    grouped = groupby(supply.by_category.get(category, ()), key=lambda line: line.enterprise.slug)
    found = ((slug, tuple(own)) for slug, own in grouped)
    return tuple(slug for slug, own in found if own[0].homes & wanted and not any(line.area for line in own))


def _member(slug: str, lines: Sequence[Line], wanted: frozenset[str], measure: str) -> Member:
    said = tuple(line.offer.capacite for line in lines if line.offer and line.offer.capacite)
    read = (capacity(text) for text in said)
    return Member(
        slug,
        any(line.is_confirmed for line in lines),
        frozenset(code for code in wanted if any(line.area.covers(code) for line in lines)),
        max((one.amount for one in read if one and one.unit == measure), default=None),
        said,
    )


def together(found: Sequence[Member], wanted: frozenset[str], quantity: int | None) -> Together:
    """Judge who answers a need: the MRCs asked, and a quantity where one is asked."""
    alone = tuple(one for one in found if one.mrcs >= wanted and _supplies(one, quantity))
    uncounted = tuple(one for one in found if one.amount is None) if quantity is not None else ()
    return Together(alone, () if alone else tuple(_combinations(found, wanted, quantity)), uncounted)


def _supplies(one: Member, quantity: int | None) -> bool:
    return quantity is None or (one.amount is not None and one.amount >= quantity)


def _combinations(found: Sequence[Member], wanted: frozenset[str], quantity: int | None) -> Iterator[Combination]:
    """Yield combinations, each begun by another of the best members; one member alone only where nobody joins it."""
    made: list[Combination] = []
    for first in _ranked(found, frozenset(), 0, quantity)[:_STARTS]:
        one = _combination(found, first, wanted, quantity)
        if all(set(one.members) != set(other.members) for other in made):
            made.append(one)
    made.sort(key=lambda one: (len(one.missing), one.gap, len(one.members)))
    several = [one for one in made if len(one.members) > 1]
    yield from several[:MOST] or made[:1]


def _ranked(found: Iterable[Member], covered: frozenset[str], amount: int, quantity: int | None) -> Sequence[Member]:
    """List who adds something to what is covered, who adds most first: MRCs, then quantity, then confirmed."""
    added = [
        (len(one.mrcs - covered), min(one.amount or 0, (quantity or 0) - amount), one.is_confirmed, one)
        for one in found
    ]
    useful = [row for row in added if row[0] > 0 or row[1] > 0]
    useful.sort(key=lambda row: (-row[0], -row[1], not row[2]))
    return [row[3] for row in useful]


def _combination(found: Sequence[Member], first: Member, wanted: frozenset[str], quantity: int | None) -> Combination:
    chosen = [first]
    while len(chosen) < LARGEST:
        covered, amount = _brought(chosen, quantity)
        others = [one for one in found if one not in chosen]
        best = _ranked(others, covered, amount, quantity)
        if not best:
            break
        chosen.append(best[0])
    whole = _brought(chosen, quantity)
    for one in reversed(chosen[:]):
        rest = [other for other in chosen if other is not one]
        if _brought(rest, quantity) == whole:
            chosen = rest
    covered, amount = whole
    supplied = sum(one.amount or 0 for one in chosen)
    return Combination(tuple(chosen), supplied, wanted - covered, (quantity or 0) - amount)


def _brought(chosen: Sequence[Member], quantity: int | None) -> tuple[frozenset[str], int]:
    """Give the MRCs that members serve, and the quantity they supply of that asked."""
    covered = frozenset(code for one in chosen for code in one.mrcs)
    return covered, min(sum(one.amount or 0 for one in chosen), quantity or 0)

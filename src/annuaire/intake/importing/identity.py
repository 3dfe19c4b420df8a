"""Decide which rows are one enterprise: by decision, by equal NEQ, or by equal name and address.

Nothing else merges two rows. Rows that merely look alike are named, and wait for a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz

from annuaire.intake.importing.decisions import Decision
from annuaire.intake.importing.rows import Candidate
from annuaire.text.names import normalise_name

LARGEST_BUCKET = 20  # rows that share a word; beyond, the word is common
LIKELY_NAME = 90  # rapidfuzz token_set ratio of two normalised names of one municipality


@dataclass(slots=True)
class Group:
    """Hold the rows of one enterprise: the first one rules, `merged` fill its gaps, `places` add a place each."""

    first: Candidate
    merged: list[Candidate] = field(default_factory=list)
    places: list[Candidate] = field(default_factory=list)

    @property
    def rows(self) -> tuple[Candidate, ...]:
        """List the rows of the group, the first one first."""
        return (self.first, *self.merged, *self.places)

    @property
    def others(self) -> tuple[Candidate, ...]:
        """List the rows that follow the first one, in reading order."""
        return tuple(sorted((*self.merged, *self.places), key=lambda row: row.number))

    @property
    def is_confidential(self) -> bool:
        """Tell whether the address must stay hidden: one row that says so is enough."""
        return any(row.confidential for row in self.rows)


def group(candidates: Sequence[Candidate], *, groups_places: bool = False) -> list[Group]:
    """Group the rows to publish, in reading order.

    With `groups_places`, rows of the same NEQ or the same name are one enterprise, and each that is elsewhere is a
    place of it; two NEQ are never one.
    """
    groups: list[Group] = []
    by_key: dict[str, Group] = {}
    aliases: dict[tuple[str, ...], Group] = {}
    waiting: list[tuple[Candidate, Decision]] = []
    for candidate in candidates:
        if candidate.decision and candidate.decision.fusion:
            waiting.append((candidate, candidate.decision))
            continue
        same = next((aliases[alias] for alias in _aliases(candidate) if alias in aliases), None)
        if groups_places:
            same = same or aliases.get(("nom", normalise_name(candidate.name)))
            if same is not None and _says_otherwise("neq", same.first, candidate):
                same = None
        if same is None:
            same = Group(candidate)
            groups.append(same)
        elif groups_places and not any(_is_there(candidate, row) for row in (same.first, *same.merged, *same.places)):
            same.places.append(candidate)
        else:
            same.merged.append(candidate)
        by_key[candidate.key] = same
        named = [("nom", normalise_name(candidate.name))] if groups_places else []
        for alias in (*_aliases(candidate), *named):
            aliases.setdefault(alias, same)
    for candidate, decision in waiting:
        target = by_key.get(decision.fusion)
        if target is None:  # the row it should merge with is not in this source: it stands alone
            groups.append(Group(candidate))
        elif decision.point_de_service:
            target.places.append(candidate)
        else:
            target.merged.append(candidate)
    return sorted(groups, key=lambda found: found.first.number)


def likely_pairs(
    candidates: Sequence[Candidate], groups: Sequence[Group] = ()
) -> Iterator[tuple[Candidate, Candidate]]:
    """List the pairs of rows that look like one enterprise (site, or name in one municipality) and that wait.

    Rows of one group are merged, and two rows with a decision each are settled: neither waits.
    """
    home = {row.number: rank for rank, found in enumerate(groups) for row in found.rows}
    pairs = {}
    for bucket in _buckets(candidates):
        for one, other in combinations(bucket, 2):
            is_settled = one.decision is not None and other.decision is not None
            is_settled |= one.number in home and home[one.number] == home.get(other.number)
            if not is_settled and _look_alike(one, other):
                pairs[one.number, other.number] = (one, other)
    yield from (pairs[numbers] for numbers in sorted(pairs))


def _buckets(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Gather the rows that share a site, or a rare word of their name in one municipality.

    Comparing every pair of a large file takes minutes; a word that many rows share tells nothing.
    """
    buckets: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        town = candidate.municipality.code if candidate.municipality else ""
        keys: set[tuple[str, ...]] = {("mot", town, word) for word in normalise_name(candidate.name).split()}
        if candidate.values.get("site_web"):
            keys.add(("site", candidate.values["site_web"]))
        for key in keys:
            buckets.setdefault(key, []).append(candidate)
    yield from (bucket for bucket in buckets.values() if 1 < len(bucket) <= LARGEST_BUCKET)


def _look_alike(one: Candidate, other: Candidate) -> bool:
    site = one.values.get("site_web", "")
    if site and site == other.values.get("site_web"):
        return True
    return fuzz.token_set_ratio(normalise_name(one.name), normalise_name(other.name)) >= LIKELY_NAME


def _says_otherwise(path: str, one: Candidate, other: Candidate) -> bool:
    return bool(one.values.get(path) and other.values.get(path) and one.values[path] != other.values[path])


def _is_there(one: Candidate, other: Candidate) -> bool:
    """Tell whether two rows are in one place: same municipality, and same street unless one says none."""
    if one.municipality != other.municipality:
        return False
    return not one.street or not other.street or one.street == other.street


def _aliases(candidate: Candidate) -> Iterator[tuple[str, ...]]:
    number = candidate.values.get("neq", "")
    if number:
        yield ("neq", number)
    if candidate.street:
        yield ("adresse", candidate.name_key, candidate.street)

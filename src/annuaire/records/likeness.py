"""Compare records two by two: what two of them share, and whether their names say the same thing.

Pairs are found through shared keys (NEQ, name, telephone, street address, whole web address, beginning of a rare word
in one municipality), never by comparing every record with every other. The rule on duplicates and the command that
lists them both start here; neither a sentence nor a score is made here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from annuaire.records.reading import Record
from annuaire.text.names import fold, normalise_name

LARGEST_GROUP = 12  # a key that more records share than this tells nothing
LARGEST_SITE = 4
_PREFIX = 4
_CLOSE_WORD = 80.0  # likeness, of 100, of two words that differ by a slip of the pen
_CLOSE_NAME = 86.0
_ALIKE = 60.0
# Words that tell a body from its neighbour of the same name.
_OTHERS = frozenset({"fondation", "amis", "federation", "regroupement", "association", "habitations", "auxiliaires"})
_COMMON = frozenset({"coop", "centre", "maison", "club", "groupe", "service", "services", "solidarite", "travail"})
_DIGITS_OR_LETTERS = re.compile(r"[a-z0-9]+")


class Names(StrEnum):
    """Say how alike two names are; `CLOSE` is only looked for when something else is shared."""

    SAME = "meme"
    SLIP = "presque"
    CLOSE = "proche"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold what is compared of a record."""

    record: Record
    rank: int
    name: str
    words: frozenset[str]
    neq: str
    merged: str
    towns: frozenset[str]
    addresses: frozenset[str]
    phones: frozenset[str]
    site: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Say what two records share, the earlier one first."""

    one: Profile
    other: Profile
    names: Names
    same_town: bool
    same_address: bool
    same_phone: bool
    same_site: bool

    @property
    def same_neq(self) -> bool:
        """Tell whether both bear one NEQ: the law gives each enterprise its own."""
        return self.one.neq != "" and self.one.neq == self.other.neq

    @property
    def other_neq(self) -> bool:
        """Tell whether they bear two different NEQs: two enterprises, whatever their names."""
        return self.one.neq != "" and self.other.neq != "" and self.one.neq != self.other.neq

    @property
    def is_merger(self) -> bool:
        """Tell whether one is declared merged into the other."""
        return self.one.merged == self.other.record.slug or self.other.merged == self.one.record.slug

    @property
    def bodies(self) -> tuple[str, ...]:
        """List the words of one name alone that tell a body from its neighbour (« fondation », « amis »)."""
        return bodies(self.one.words, self.other.words)

    @property
    def telling(self) -> tuple[str, str]:
        """Give the words, if any, by which two otherwise equal names differ for good: « haut » and « bas »."""
        if self.names is Names.SAME or self.names is Names.SLIP:
            return "", ""
        left, right = self.one.words - self.other.words, self.other.words - self.one.words
        if len(left) != len(right) or not 0 < len(left) <= 2:
            return "", ""
        return " ".join(w for w in self.one.name.split() if w in left), " ".join(
            w for w in self.other.name.split() if w in right
        )


def compared(records: Sequence[Record]) -> Iterator[Likeness]:
    """Compare the records that may be one enterprise, each pair once; closed ones, and nameless ones, are left out."""
    open_records = [r for r in records if r.text("nom") and r.text("statut") != "fermee"]
    sites = Counter(_site(record.text("site_web")) for record in open_records)
    networks = frozenset(site for site, number in sites.items() if number > LARGEST_SITE)
    profiles = [_profile(record, rank, networks) for rank, record in enumerate(open_records)]
    for one, other in _pairs(profiles):
        likeness = compare(one, other)
        if not likeness.is_merger:
            yield likeness


def compare(one: Profile, other: Profile) -> Likeness:
    """Compare two records."""
    same_town = not one.towns.isdisjoint(other.towns)
    same_address = not one.addresses.isdisjoint(other.addresses)
    same_phone = not one.phones.isdisjoint(other.phones)
    same_site = one.site != "" and one.site == other.site
    if one.name == other.name:
        names = Names.SAME
    elif is_slip(one.name, other.name):
        names = Names.SLIP
    elif (same_address or same_phone or same_site) and is_close(one.words, other.words):
        names = Names.CLOSE
    else:
        names = Names.OTHER
    return Likeness(one, other, names, same_town, same_address, same_phone, same_site)


def _profile(record: Record, rank: int, networks: frozenset[str]) -> Profile:
    name, site = normalise_name(record.text("nom")), _site(record.text("site_web"))
    towns, addresses, phones = set(), set(), set()
    for place in record.items("etablissements"):
        town = place.get("municipalite")
        if not isinstance(town, str):
            continue
        town += _text(place, "municipalite_code")
        towns.add(town)
        street = _text(place, "adresse")
        if street:
            addresses.add(" ".join(_DIGITS_OR_LETTERS.findall(fold(street))) + "|" + town)
        phone = _text(place, "telephone")
        if phone:
            phones.add(phone)
    return Profile(
        record,
        rank,
        name,
        frozenset(name.split()),
        record.text("neq"),
        record.text("fusionnee_avec"),
        frozenset(towns),
        frozenset(addresses),
        frozenset(phones),
        "" if site in networks else site,
    )


def _text(place: dict[str, object], key: str) -> str:
    value = place.get(key)
    return value if isinstance(value, str) else ""


def _site(address: str) -> str:
    """Reduce a web address to what two writings of it share; empty for the home page of a shared host."""
    host, _, rest = address.partition("://")[2].partition("/")
    host = host.lower().removeprefix("www.")
    rest = rest.rstrip("/")
    if not rest and host in ("facebook.com", "desjardins.com", "instagram.com", "linkedin.com", "sites.google.com"):
        return ""
    return f"{host}/{rest}" if host else ""


def _pairs(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each pair worth comparing once, the earlier record first."""
    groups: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in dict.fromkeys(_keys(profile)):
            groups[key].append(profile)
    seen: set[int] = set()
    for group in groups.values():
        if 1 < len(group) <= LARGEST_GROUP:
            for one, other in combinations(group, 2):
                pair = one.rank * len(profiles) + other.rank
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def _keys(profile: Profile) -> Iterator[str]:
    yield from profile.phones
    yield from profile.addresses
    if profile.site:
        yield profile.site
    if profile.neq:
        yield f"\r{profile.neq}"
    yield f"\n{profile.name}"
    beginnings = {word[:_PREFIX] for word in profile.words - _COMMON}
    for town in profile.towns:
        yield f"{town}\n{profile.name}"
        for beginning in beginnings:
            yield f"{town}\t{beginning}"


def telling(words: Iterable[str]) -> frozenset[str]:
    """Leave out of the words of a normalised name those that most names have; all of them when nothing else is left."""
    kept = frozenset(words)
    return kept - _COMMON or kept


def bodies(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...]:
    """List the words of one name alone that tell a body from its neighbour (« fondation », « amis »)."""
    return tuple(sorted((one ^ other) & _OTHERS))


def are_others(one: str, other: str) -> bool:
    """Tell two normalised names that are nothing alike: those of two enterprises, unless something else is shared."""
    return fuzz.token_set_ratio(one, other) < _ALIKE


def shares_a_word(one: str, other: str, towns: Iterable[str] = ()) -> bool:
    """Tell whether two normalised names share a word that weighs, not that of a town, or are one and its initials."""
    if _is_initials(one, other) or _is_initials(other, one):
        return True
    of_towns = {word for town in towns for word in normalise_name(town).split()}
    left, right = (telling(telling(name.split()) - of_towns) or telling(name.split()) for name in (one, other))
    return any(a == b or _is_same_word(a, b) for a in left for b in right)


def _is_initials(one: str, other: str) -> bool:
    initials = "".join(word[0] for word in other.split())
    return len(initials) > 2 and initials in one.split()


def is_close(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether the telling words of two names are nearly the same, one name perhaps longer than the other."""
    left, right = one - _COMMON, other - _COMMON
    if not left or not right:
        return False
    return fuzz.token_set_ratio(" ".join(sorted(left)), " ".join(sorted(right))) >= _CLOSE_NAME


def is_slip(one: str, other: str) -> bool:
    """Tell whether two normalised names differ by slips of the pen only.

    Words pair off; those left over must be nearly the same writing, numbers equal: « Haut » and « Bas » are two
    places, « Stanislas » and « Stanilas » one. Words run together count as a slip.
    """
    if fuzz.ratio(one, other, score_cutoff=_CLOSE_WORD) == 0:
        return False  # most pairs stop here
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    left, right = Counter(one.split()), Counter(other.split())
    missing, extra = sorted((left - right).elements()), sorted((right - left).elements())
    if len(missing) != len(extra) or len(missing) > 2:
        return False
    return all(_is_same_word(a, b) for a, b in zip(missing, extra, strict=True))


def _is_same_word(one: str, other: str) -> bool:
    if one.isdecimal() or other.isdecimal() or min(len(one), len(other)) < _PREFIX:
        return False
    return fuzz.ratio(one, other) >= _CLOSE_WORD

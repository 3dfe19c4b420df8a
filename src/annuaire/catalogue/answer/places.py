"""Read places as people say them.

Municipalities and those they were made of, MRCs, regions, postal codes; « St- » and « Saint- », « 3-Rivières »,
« LaTuque », « Ville de Shawinigan », « Trois-Rivières (Québec) ».
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Offer
from annuaire.catalogue.supply import supply_of
from annuaire.places.sphere import DEGREE, Position, kilometres, whole_degrees
from annuaire.places.territories import Municipality
from annuaire.shared import SHARED
from annuaire.text.names import fold
from annuaire.text.words import Word, is_stop, root, tokens

_KINDS, _LINKS, _BEFORE, _AROUND, _AFTER = (
    frozenset(SHARED["lieux"][name].split()) for name in ("genres", "liens", "avant", "autour", "apres")
)
_SAID: Mapping[str, str] = SHARED["lieux"]["ecritures"]  # « 3 »: « trois »
NEAR = 50  # km: what is « près de » a place
_FIGURE = re.compile(r"([0-9])([a-z]{4,})")
_AREA = re.compile(r"[abceghj-nprstvxy][0-9][abceghj-nprstv-z]")
_UNIT = re.compile(r"[0-9][abceghj-nprstv-z][0-9]")
_SAINTS = ("saint", "sainte")
_CALLED = 2  # words by which such a town is called
_LONGEST = 6  # words of a town of elsewhere
_METRE = 0.001  # km
_CODE = 6  # characters of a postal code
_PART = 3  # of its halves


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a place: codes of its towns (none for an MRC or a region) and of its MRCs.

    Of one that is asked: where it stands in the question, whether what is « près de » it is asked too, and the postal
    code (folded) that it is asked by.
    """

    label: str
    towns: tuple[str, ...]
    mrcs: tuple[str, ...]
    is_around: bool = False
    code: str = ""
    start: int = 0
    end: int = 0

    def merged(self, other: Place) -> Place:
        """Join the places of one name."""
        return replace(
            self,
            towns=tuple(dict.fromkeys((*self.towns, *other.towns))),
            mrcs=tuple(dict.fromkeys((*self.mrcs, *other.mrcs))),
        )


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Hold the places of a catalogue: by each name as people say it, and towns by the start of their postal codes."""

    by_name: Mapping[str, Place]
    by_area: Mapping[str, tuple[str, ...]]
    longest: int  # words of a name; one may be typed in more words than it has
    words: frozenset[str]  # roots


def read_places(
    catalogue: Catalogue, words: Sequence[Word], is_need: Callable[[str], bool]
) -> tuple[list[Place], list[Word]]:
    """Take places out of a question, the longest names first; give them, then the words that are left.

    A word that may as well name a need (`is_need`) is a place only after « à » or « ville de ».
    """
    places: list[Place] = []
    rest: list[Word] = []
    start = 0
    while start < len(words):
        found = _postal(catalogue, words, start) or _named(gazetteer(catalogue), words, start, is_need)
        if found is None:
            rest.append(words[start])
            start += 1
            continue
        place, length = found
        end = start + length
        while end < len(words) and words[end].word in _AFTER:
            end += 1
        kinds = _kinds_before(rest)
        del rest[len(rest) - kinds :]
        first = start - kinds  # then what leads to it, and to no other place: « près de »
        for led in reversed(rest):
            if led is not words[first - 1] or not (is_stop(led.word) or led.word in _AROUND):
                break
            first -= 1
        is_around = any(word.word in _AROUND for word in words[first : start - kinds])
        places.append(replace(place, is_around=is_around, start=words[first].start, end=words[end - 1].end))
        start = end
    return places, rest


def _kinds_before(rest: Sequence[Word]) -> int:
    """Count the words that only say what a name is: « ville de », « MRC des », « municipalité de la paroisse de »."""
    kinds, at = 0, len(rest) - 1
    while at >= 0:
        kind = _before_links(rest, at)
        if kind < 0 or rest[kind].word not in _KINDS:
            break
        at = kind - 1
        kinds = len(rest) - kind
    return kinds


def _before_links(words: Sequence[Word], at: int) -> int:
    while at >= 0 and words[at].word in _LINKS:
        at -= 1
    return at


def _named(
    known: Gazetteer, words: Sequence[Word], start: int, is_need: Callable[[str], bool]
) -> tuple[Place, int] | None:
    for length in range(min(known.longest, len(words) - start), 0, -1):
        own = [_said(word.word) for word in words[start : start + length]]
        place = known.by_name.get(" ".join(own)) or known.by_name.get("".join(own))
        if place is None:
            continue
        is_led = start > 0 and words[start - 1].word in _BEFORE
        if length == 1 and is_need(words[start].word) and not is_led and not _is_kind(words, start):
            continue
        return place, length
    return None


def _is_kind(words: Sequence[Word], start: int) -> bool:
    at = _before_links(words, start - 1)
    return at >= 0 and words[at].word in _KINDS


def _postal(catalogue: Catalogue, words: Sequence[Word], start: int) -> tuple[Place, int] | None:
    """Read a postal code, or its first three characters: the towns where the official list or a record has it."""
    one = words[start].word
    following = words[start + 1].word if start + 1 < len(words) else ""
    is_joined = len(one) == _CODE
    area, unit = (one[:_PART], one[_PART:]) if is_joined else (one, following)
    is_whole = _UNIT.fullmatch(unit) is not None
    towns = gazetteer(catalogue).by_area.get(area)
    if towns is None or (is_joined and not is_whole):
        return None
    mrcs = dict.fromkeys(catalogue.territories.municipality_by_code[town].mrc for town in towns)
    label = area.upper() + (f" {unit.upper()}" if is_whole else "")
    place = Place(label, towns, tuple(mrcs), code=area + (unit if is_whole else ""))
    return place, 2 if is_whole and not is_joined else 1


def nearness(catalogue: Catalogue, rank: int, places: Iterable[Place], offers: Sequence[Offer]) -> int:
    """Say how near an enterprise is to one of some places.

    3 in the town, 2 in its MRC (3 when an MRC is asked), 1 when an offer given, or else the enterprise, serves it, or
    when it is near a place asked « près de »; else 0.
    """
    e = catalogue.listed[rank]
    supply = supply_of(catalogue)
    town, homes = catalogue.municipality(e.lieu).code, supply.homes(e)
    best = 0
    for place in places:
        if place.is_around and best == 0 and farness(catalogue, rank, centres(catalogue, [place])) <= NEAR:
            best = 1
        if town in place.towns:
            best = 3
        elif not homes.isdisjoint(place.mrcs):
            best = max(best, 2 if place.towns else 3)
        elif best == 0:
            areas = [supply.area(e, offer) for offer in offers or (None,)]
            best = int(any(area.covers(mrc) for area in areas for mrc in place.mrcs))
    return best


def centres(catalogue: Catalogue, places: Iterable[Place]) -> list[Position]:
    """Give where some places are: their towns, or the towns of their MRCs, those that are nowhere left out."""
    known = catalogue.territories
    towns = [
        [known.municipality_by_code[code] for code in place.towns]
        or [town for mrc in place.mrcs for town in known.municipalities_of(mrc)]
        for place in places
        if place.towns or len(place.mrcs) == 1  # a region is no point
    ]
    points = (_point(town.latitude, town.longitude) for town in chain.from_iterable(towns))
    return [point for point in points if point is not None]


def farness(catalogue: Catalogue, rank: int, around: Sequence[Position]) -> float:
    """Give the distance of an enterprise from the nearest of some positions, in km to the metre; infinity at worst."""
    here = _point(*catalogue.position(catalogue.listed[rank]))
    if here is None or not around:
        return math.inf
    return math.floor(min(kilometres(here, point) for point in around) * 1000 + 0.5) / 1000


def farness_by_code(catalogue: Catalogue, rank: int, places: Iterable[Place], far: float) -> float:
    """Bring who has a postal code asked, or one that starts so, nearer than anybody else."""
    codes = [place.code for place in places if place.code]
    own = fold(catalogue.listed[rank].code_postal).replace(" ", "")
    if any(own.startswith(code) for code in codes):
        return 0.0
    return max(far, _METRE) if codes else far


def _point(latitude: float | None, longitude: float | None) -> Position | None:
    """Round a position as the scripts of the pages have it."""
    north, east = whole_degrees(latitude, longitude)
    return None if north is None or east is None else (north / DEGREE, east / DEGREE)


def is_place_word(catalogue: Catalogue, key: str) -> bool:
    """Tell whether a root is that of the name of a place: it tells little in the name of an enterprise."""
    return key in gazetteer(catalogue).words


def _said(word: str) -> str:
    figure = _FIGURE.fullmatch(word)
    if figure is not None and figure[1] in _SAID:
        return _SAID[figure[1]] + figure[2]  # « 3rivières »
    return _SAID.get(word, word)


@lru_cache(maxsize=1)
def gazetteer(catalogue: Catalogue) -> Gazetteer:
    """Give the places of a catalogue, made once: those of its territories, of its neighbours, and of its records."""
    known, supply = catalogue.territories, supply_of(catalogue)
    by_name: dict[str, Place] = {}
    longest = 0

    def put(name: str, place: Place) -> None:
        nonlocal longest
        words = [_said(word) for word in tokens(name)]
        longest = max(longest, len(words) + 1) if words else longest
        for key in dict.fromkeys((" ".join(words), "".join(words))):
            if key:
                by_name[key] = by_name[key].merged(place) if key in by_name else place

    for town in supply.towns:
        put(town.nom, Place(town.nom, (town.code,), (town.mrc,)))
    for mrc in supply.mrcs:
        bare = " ".join(word for word in tokens(mrc.nom) if word != "les")
        for name in dict.fromkeys((mrc.nom, bare)):
            put(name, Place(mrc.titre, (), (mrc.code,)))
    for region in supply.regions:
        put(region.nom, Place(region.nom, (), tuple(mrc.code for mrc in supply.mrcs if mrc.region == region.code)))
    codes = {town.code for town in supply.towns}
    for name, code in known.former.items():
        if code in codes and " ".join(map(_said, tokens(name))) not in by_name:
            town = known.municipality_by_code[code]
            put(name, Place(f"{name} ({town.nom})", (code,), (town.mrc,)))
    for name, place in _begun(town for town in supply.towns if town.mrc in catalogue.mrc_codes).items():
        if name not in by_name:
            put(name, place)
    words = frozenset(root(word) for name in by_name for word in name.split(" "))
    return Gazetteer(by_name, _by_area(catalogue), longest, words)


def _begun(towns: Iterable[Municipality]) -> Mapping[str, Place]:
    """Give the towns that one calls by their first two words: « St-Élie », where one alone is Saint-Élie-something."""
    found: dict[str, list[Municipality]] = {}
    for town in towns:
        words = tokens(town.nom)
        if words[0] in _SAINTS and len(words) > _CALLED:
            found.setdefault(" ".join(words[:_CALLED]), []).append(town)
    return {name: Place(t[0].nom, (t[0].code,), (t[0].mrc,)) for name, t in found.items() if len(t) == 1}


def leave_elsewhere(
    catalogue: Catalogue, words: Sequence[Word], is_need: Callable[[str], bool]
) -> tuple[list[Word], list[list[Word]]]:
    """Part the words that name towns of elsewhere from the others, which they must not cancel: « taxi Bécancour »."""
    known = _elsewhere(catalogue)
    kept: list[Word] = []
    left: list[list[Word]] = []
    start = 0
    while start < len(words):
        is_led = start > 0 and words[start - 1].word in _BEFORE
        lengths = range(min(_LONGEST, len(words) - start), 0, -1)
        length = next((n for n in lengths if " ".join(w.word for w in words[start : start + n]) in known), 0)
        if length == 1 and not is_led and is_need(words[start].word):
            length = 0
        if length:
            left.append(list(words[start : start + length]))
        else:
            kept.append(words[start])
        start += max(1, length)
    return (kept, left) if any(not is_stop(word.word) for word in kept) else (list(words), [])


@lru_cache(maxsize=1)
def _elsewhere(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(" ".join(tokens(name)) for name in supply_of(catalogue).elsewhere)


def _by_area(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    towns = [(town.code_postal, town.code) for town in supply_of(catalogue).towns]
    found: dict[str, dict[str, None]] = {}
    for text, code in (*towns, *((e.code_postal, catalogue.municipality(e.lieu).code) for e in catalogue.listed)):
        area = fold(text)[:_PART]
        if _AREA.fullmatch(area):
            found.setdefault(area, {})[code] = None
    return {area: tuple(codes) for area, codes in found.items()}

"""Say who supplies what and where: the lines of the buyer's catalogue, and where a supplier is missing.

A line is one offer of one enterprise. It is *located* in the MRCs where the enterprise has a place and *serves*
those that the offer names, else those that the enterprise names. Closed and merged enterprises are never
here. This module chooses nobody and knows nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise, Offer, Place, PurchaseContact, Verification
from annuaire.places.territories import Mrc, Municipality, Region
from annuaire.places.vocabularies import WHOLE_PROVINCE, WHOLE_REGION
from annuaire.text.french import number

_YEAR = re.compile(r"\b(20[0-9]{2})\b")
_OF_SIZE = 3000  # inhabitants of a town of elsewhere that people may ask for


@dataclass(frozen=True, slots=True)
class Area:
    """Hold a territory served: all of Québec, or MRCs by code; false when nobody said what is served."""

    codes: frozenset[str] = frozenset()
    is_whole_province: bool = False

    def covers(self, mrc: str) -> bool:
        """Tell whether an MRC, by code, is served."""
        return self.is_whole_province or mrc in self.codes

    def __bool__(self) -> bool:
        return self.is_whole_province or bool(self.codes)


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one offer with its enterprise, where it is located (codes of MRCs), what it serves, and whether
    somebody vouched for it. `offer` is None where an enterprise counts for its sector, whatever it offers.
    """

    enterprise: Enterprise
    offer: Offer | None
    homes: frozenset[str]
    area: Area
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Count the suppliers of a need in one MRC: those located there, those who serve it from elsewhere.

    A supplier counts once, whatever the number of its offers; it is confirmed when one of them is.
    """

    located: int = 0
    serving: int = 0
    located_confirmed: int = 0
    serving_confirmed: int = 0

    @property
    def total(self) -> int:
        """Count all the suppliers."""
        return self.located + self.serving

    @property
    def confirmed(self) -> int:
        """Count those whose offer was confirmed: they alone may be invited."""
        return self.located_confirmed + self.serving_confirmed

    @property
    def is_single(self) -> bool:
        """Tell whether everything rests on one supplier."""
        return self.total == 1

    @property
    def text(self) -> str:
        """Write it short: « 3 + 2 » is three suppliers located there and two who come from elsewhere."""
        others = f" + {number(self.serving)}" if self.serving else ""
        return f"{number(self.located)}{others}{' seul' if self.is_single else ''}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold the tally of one need in one MRC; `kind` is `categorie` or `secteur`, `slug` names the need."""

    kind: str
    slug: str
    mrc: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Split:
    """Hold the lines of a need in one MRC: those located there, those that name it from elsewhere."""

    located: tuple[Line, ...] = ()
    serving: tuple[Line, ...] = ()


_NOBODY = _Split()


class Supply:
    """Index the offers of a catalogue by category and by MRC."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """List every offer, in the order of the catalogue then of the record."""
        return tuple(self._lines(self.catalogue.listed))

    def _lines(self, enterprises: Iterable[Enterprise]) -> Iterator[Line]:
        for e in enterprises:
            if e.offres:
                homes = self.homes(e)
                for offer in e.offres:
                    yield Line(e, offer, homes, self.area(e, offer), is_confirmed(e, offer))

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Line, ...]]:
        """Index the lines by category, in the order of the vocabulary; one without offer is absent."""
        index: dict[str, list[Line]] = {slug: [] for slug in self.catalogue.vocabularies.categories}
        for line in self.lines:
            if line.offer is not None:
                index[line.offer.categorie].append(line)
        return {slug: tuple(found) for slug, found in index.items() if found}

    @cached_property
    def by_sector(self) -> Mapping[str, tuple[Line, ...]]:
        """Index enterprises by sector, main and others, in the order of the vocabulary; offers are None."""
        known: dict[str, Line] = {}
        for e in self.catalogue.listed:
            known[e.slug] = Line(e, None, self.homes(e), self.whole_area(e), e.verification.is_confirmed)
        found = self.catalogue.by_sector
        return {
            slug: tuple(known[e.slug] for e in found[slug])
            for slug in self.catalogue.vocabularies.sectors
            if slug in found
        }

    @cached_property
    def mrcs(self) -> tuple[Mrc, ...]:
        """List the MRCs of the site, their neighbours, and every other one where a record is or which it serves."""
        known = self.catalogue.territories
        wanted = set(self.catalogue.mrc_codes)
        wanted |= {code for mrc in self.catalogue.mrc_codes for code in known.neighbours.get(mrc, ())}
        for e in self.catalogue.listed:
            wanted |= self.homes(e) | self.whole_area(e).codes
        return tuple(mrc for mrc in known.mrcs.values() if mrc.code in wanted)

    @cached_property
    def towns(self) -> tuple[Municipality, ...]:
        """List the municipalities of these MRCs."""
        codes = {mrc.code for mrc in self.mrcs}
        return tuple(town for town in self.catalogue.territories.municipalities.values() if town.mrc in codes)

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """List the names of the other towns that people may ask for: those of some size."""
        towns, own = self.catalogue.territories.municipalities.values(), {town.nom for town in self.towns}
        return tuple(sorted({town.nom for town in towns if town.population >= _OF_SIZE} - own))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """List the regions of these MRCs."""
        codes = {mrc.region for mrc in self.mrcs}
        return tuple(region for region in self.catalogue.territories.regions.values() if region.code in codes)

    def homes(self, e: Enterprise) -> frozenset[str]:
        """Give the codes of the MRCs where an enterprise has a place."""
        return frozenset(self.catalogue.municipality(place).mrc for place in e.etablissements)

    def area(self, e: Enterprise, offer: Offer | None = None) -> Area:
        """Give what an offer serves: what it says itself, else what its enterprise says."""
        own = offer.territoires_desservis if offer is not None else ()
        return self._area(own or e.territoires_desservis, self.catalogue.mrc(e.lieu).region)

    def whole_area(self, e: Enterprise) -> Area:
        """Give all that an enterprise serves, by itself or by one of its offers."""
        codes = (*e.territoires_desservis, *(code for o in e.offres for code in o.territoires_desservis))
        return self._area(codes, self.catalogue.mrc(e.lieu).region)

    def _area(self, codes: Sequence[str], region: str) -> Area:
        key = (frozenset(codes), region if WHOLE_REGION in codes else "")
        known = self._areas.get(key)
        if known is None:
            wanted = set(codes) - {WHOLE_PROVINCE, WHOLE_REGION}
            if WHOLE_REGION in codes:
                wanted |= {m.code for m in self.catalogue.territories.mrc_by_code.values() if m.region == region}
            whole = WHOLE_PROVINCE in codes
            known = self._areas[key] = Area(frozenset() if whole else frozenset(wanted), whole)
        return known

    @cached_property
    def _areas(self) -> dict[tuple[frozenset[str], str], Area]:
        return {}

    def located(self, category: str, mrc: str) -> tuple[Line, ...]:
        """List the offers of a category whose enterprise has a place in an MRC."""
        return self._named.get((category, mrc), _NOBODY).located

    def serving(self, category: str, mrc: str) -> tuple[Line, ...]:
        """List the offers of a category that name an MRC, or its region, where their enterprise has no place."""
        return self._named.get((category, mrc), _NOBODY).serving

    def everywhere(self, category: str, mrc: str) -> tuple[Line, ...]:
        """List the offers of a category that serve all of Québec and whose enterprise has no place in an MRC."""
        return tuple(line for line in self._everywhere.get(category, ()) if mrc not in line.homes)

    @cached_property
    def _everywhere(self) -> Mapping[str, tuple[Line, ...]]:
        """Hold the offers of each category that serve all of Québec."""
        return {slug: tuple(filter(_is_everywhere, lines)) for slug, lines in self.by_category.items()}

    def is_answered(self, category: str, mrc: str) -> bool:
        """Tell whether somebody is located in an MRC or names it, for a category: it then deserves a page."""
        return (category, mrc) in self._named

    @cached_property
    def _named(self) -> Mapping[tuple[str, str], _Split]:
        return {
            (slug, mrc): split for slug, lines in self.by_category.items() for mrc, split in self._split(lines).items()
        }

    def _split(self, lines: Iterable[Line]) -> dict[str, _Split]:
        """Split lines, in each MRC of the site that has any, in those located there and those that name it."""
        located: dict[str, list[Line]] = {}
        serving: dict[str, list[Line]] = {}
        codes = self.catalogue.mrc_codes
        for line in lines:
            for mrc in line.homes & codes:
                located.setdefault(mrc, []).append(line)
            for mrc in (line.area.codes & codes) - line.homes:
                serving.setdefault(mrc, []).append(line)
        return {mrc: _Split(tuple(located.get(mrc, ())), tuple(serving.get(mrc, ()))) for mrc in {**located, **serving}}

    def prepare(self) -> None:
        """Count all suppliers now: processes forked afterwards share what was counted."""
        self._tallies  # noqa: B018 - kept once read

    def tally(self, kind: str, slug: str, mrc: str) -> Tally:
        """Count the suppliers of a category or a sector in an MRC of the site."""
        return self._tallies[kind, slug, mrc]

    @cached_property
    def _tallies(self) -> Mapping[tuple[str, str, str], Tally]:
        return {(gap.kind, gap.slug, gap.mrc): gap.tally for gap in self.gaps}

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Tally each category, then each sector, in each MRC of the site; those without supplier are here too."""
        vocabularies = self.catalogue.vocabularies
        return (
            *self._gaps("categorie", vocabularies.categories, self.by_category),
            *self._gaps("secteur", vocabularies.sectors, self.by_sector),
        )

    def _gaps(self, kind: str, slugs: Iterable[str], lines: Mapping[str, tuple[Line, ...]]) -> Iterator[Gap]:
        for slug in slugs:
            found = lines.get(slug, ())
            named = self._split(found)
            everywhere = tuple(filter(_is_everywhere, found))
            for mrc in self.catalogue.mrcs:
                split = named.get(mrc.code, _NOBODY)
                others = (line for line in everywhere if mrc.code not in line.homes)
                yield Gap(kind, slug, mrc.code, _tally(split.located, (*split.serving, *others)))


@lru_cache(maxsize=1)
def supply_of(catalogue: Catalogue) -> Supply:
    """Give the supply of a catalogue, made once for pages and data files alike."""
    return Supply(catalogue)


def is_confirmed(e: Enterprise, offer: Offer) -> bool:
    """Tell whether somebody vouched for an offer: by itself, or with the record when nothing is said of it apart."""
    return _verification(e, offer).is_confirmed


def may_be_invited(e: Enterprise) -> bool:
    """Tell whether an enterprise may be written to and drawn: confirmed, and one of its offers too if it shows some.

    The scripts of the pages judge the same (`isWrittenTo`).
    """
    return e.verification.is_confirmed and (not e.offres or any(is_confirmed(e, offer) for offer in e.offres))


def reach(e: Enterprise) -> tuple[str, str]:
    """Give the telephone and the e-mail to buy by: the purchase contact's, else the first that a place has."""
    sources: tuple[PurchaseContact | Place, ...] = (e.contact_achats, *e.etablissements)
    return (
        next((source.telephone for source in sources if source.telephone), ""),
        next((source.courriel for source in sources if source.courriel), ""),
    )


def joined(e: Enterprise) -> int:
    """Give the year an enterprise joined the initiative, which a cohort may name alone; 0 when it has not."""
    named = _YEAR.search(e.jachete.cohorte)
    return e.jachete.depuis or (int(named[1]) if named else 0)


def confirmed_on(e: Enterprise, offer: Offer) -> date | None:
    """Give the day an offer was confirmed, or None."""
    verification = _verification(e, offer)
    return verification.date if verification.is_confirmed else None


def _verification(e: Enterprise, offer: Offer) -> Verification:
    return offer.verification if offer.verification.statut else e.verification


def _tally(located: Sequence[Line], serving: Sequence[Line]) -> Tally:
    here, elsewhere = _suppliers(located), _suppliers(serving)
    return Tally(len(here), len(elsewhere), sum(here.values()), sum(elsewhere.values()))


def _is_everywhere(line: Line) -> bool:
    return line.area.is_whole_province


def _suppliers(lines: Iterable[Line]) -> dict[str, bool]:
    """Name the suppliers once each, and whether one of their lines is confirmed."""
    found: dict[str, bool] = {}
    for line in lines:
        slug = line.enterprise.slug
        found[slug] = found.get(slug, False) or line.is_confirmed
    return found

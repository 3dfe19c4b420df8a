"""Show suppliers line by line on the buyers' pages: what they offer, what they serve, who vouched for it.

Confirmed offers come first. The others stand apart, under a title that says that nobody has confirmed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.catalogue.supply import Area, Line, Supply, confirmed_on
from annuaire.pages.page import Link
from annuaire.pages.rows import Row, row
from annuaire.places.territories import Mrc, Territories
from annuaire.places.vocabularies import Category
from annuaire.text import french

NAMED = 3  # territories that a line names; beyond, it counts them
CONFIRMED, WAITING = "confirmees", "a-confirmer"
PARTS = ((True, "Offres confirmées", CONFIRMED), (False, "Offres à confirmer", WAITING))


@dataclass(frozen=True, slots=True)
class OfferLine:
    """Show one offer: its name, (label, value) details, and who confirmed it when (or nothing)."""

    name: str
    details: tuple[tuple[str, str], ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """Show one supplier with its offers of one category; `served` is a phrase or nothing."""

    line: Row
    served: str
    offers: tuple[OfferLine, ...]


@dataclass(frozen=True, slots=True)
class SupplierGroup:
    """Gather suppliers under a title; `url` leads to their own page where there is one, `total` counts them all."""

    title: str
    anchor: str
    rows: tuple[SupplierRow, ...]
    total: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class GroupTitle:
    """Name a group before it is filled; `here` is the territory that its lines need not say."""

    title: str
    anchor: str
    url: str = ""
    here: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold the groups whose offers are all confirmed, or all to confirm."""

    title: str
    anchor: str
    is_confirmed: bool
    groups: tuple[SupplierGroup, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one supplier before it is shown: its lines of one category, all confirmed or none, and its group's key."""

    enterprise: Enterprise
    lines: tuple[Line, ...]
    is_confirmed: bool
    group: str


def entries(lines: Iterable[Line], key: Callable[[Line], str], order: Sequence[str]) -> tuple[Entry, ...]:
    """Gather lines by supplier: confirmed ones first, then by group in the order given, then as they came."""
    found: dict[tuple[bool, str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.is_confirmed, key(line), line.enterprise.slug), []).append(line)
    rank = {name: place for place, name in enumerate(order)}
    listed = [Entry(own[0].enterprise, tuple(own), known[0], known[1]) for known, own in found.items()]
    return tuple(sorted(listed, key=lambda e: (not e.is_confirmed, rank.get(e.group, len(rank)))))


def parts(
    supply: Supply,
    shown: Iterable[Entry],
    every: Iterable[Entry],
    titles: Callable[[str], GroupTitle],
) -> tuple[Part, ...]:
    """Lay out the entries of one page; `every` are those of all its pages, to count.

    `titles` gives the title of a group by its key.
    """
    totals: dict[tuple[bool, str], int] = {}
    for entry in every:
        totals[entry.is_confirmed, entry.group] = totals.get((entry.is_confirmed, entry.group), 0) + 1
    groups: dict[tuple[bool, str], list[Entry]] = {}
    for entry in shown:
        groups.setdefault((entry.is_confirmed, entry.group), []).append(entry)
    found = []
    for is_confirmed, title, anchor in PARTS:
        own = []
        for (confirmed, key), listed in groups.items():
            if confirmed is is_confirmed:
                named = titles(key)
                rows = tuple(_row(supply, entry, named.here) for entry in listed)
                total = totals[confirmed, key]
                own.append(SupplierGroup(named.title, f"{anchor}-{named.anchor}", rows, total, named.url))
        if own:
            found.append(Part(title, anchor, is_confirmed, tuple(own)))
    return tuple(found)


def count_phrase(every: Iterable[Entry]) -> str:
    """Count suppliers and say how many of them have an offer that was confirmed."""
    known: dict[str, bool] = {}
    for entry in every:
        known[entry.enterprise.slug] = known.get(entry.enterprise.slug, False) or entry.is_confirmed
    return suppliers_phrase(len(known), sum(known.values()))


def suppliers_phrase(total: int, confirmed: int) -> str:
    """Say how many suppliers there are, and how many have an offer that was confirmed."""
    count = french.count(total, "fournisseur")
    if not confirmed:
        return f"{count}, aucune offre encore confirmée"
    if confirmed == total:
        return f"{count}, {'offre confirmée' if total == 1 else 'tous avec une offre confirmée'}"
    return f"{count}, dont {french.number(confirmed)} avec une offre confirmée"


def sector_links(catalogue: Catalogue, category: Category, mrc: Mrc | None = None) -> tuple[Link, ...]:
    """Link the sectors whose enterprises may answer a need, in all the site or in one MRC."""
    found = []
    for slug in category.secteurs:
        known = catalogue.by_mrc_sector.get((mrc.code, slug), ()) if mrc else catalogue.by_sector.get(slug, ())
        if known:
            url = urls.territory_sector(mrc.slug, slug) if mrc else urls.sector(slug)
            found.append(Link(catalogue.vocabularies.sectors[slug].libelle, url, len(known)))
    return tuple(found)


def _row(supply: Supply, entry: Entry, here: str) -> SupplierRow:
    catalogue = supply.catalogue
    # Every offer serves the same territory as a rule; when they differ, the widest one speaks for the supplier.
    area = max((line.area for line in entry.lines), key=lambda area: (area.is_whole_province, len(area.codes)))
    return SupplierRow(row(catalogue, entry.enterprise, here=here), served(catalogue.territories, area), _offers(entry))


def _offers(entry: Entry) -> tuple[OfferLine, ...]:
    found = []
    for line in entry.lines:
        offer = line.offer
        if offer is not None:
            details = (("Prix indicatif", offer.prix_indicatif), ("Délai", offer.delai), ("Capacité", offer.capacite))
            day = confirmed_on(entry.enterprise, offer)
            confirmed = f"Confirmée le {french.day(day)}" if day else ""
            found.append(OfferLine(offer.nom, tuple(pair for pair in details if pair[1]), confirmed))
    return tuple(found)


@lru_cache(maxsize=4096)  # of territories, which a preview keeps: a catalogue would be held long after its time
def served(territories: Territories, area: Area) -> str:
    """Say in a phrase which territory is served, or nothing when nobody said it."""
    if area.is_whole_province:
        return "Dessert tout le Québec"
    whole = [
        region
        for region in territories.regions.values()
        if (own := territories.mrcs_of([region.code])) and area.codes.issuperset(m.code for m in own)
    ]
    covered = {region.code for region in whole}
    others = [mrc for code, mrc in territories.mrcs.items() if code in area.codes and mrc.region not in covered]
    names = [f"toute la région {region.de}" for region in whole]
    if len(others) > NAMED:
        return f"Dessert {french.enumeration([*names, f'{len(others)} territoires'])}"
    names += [f"la {mrc.titre}" if mrc.is_mrc else mrc.nom for mrc in others]
    return f"Dessert {french.enumeration(names)}" if names else ""

"""Hold every enterprise at once: immutable, sorted in French order, indexed by territory, sector and form.

The catalogue resolves the codes of records (municipality, MRC, sector, form) and answers who is near and who
is similar. It knows nothing of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from annuaire.catalogue.items import Item, order
from annuaire.catalogue.model import Enterprise, Place
from annuaire.catalogue.thresholds import Threshold
from annuaire.photos.decoding import Measured
from annuaire.places.territories import Mrc, Municipality, Region, Territories
from annuaire.places.vocabularies import TO_SPECIFY, Vocabularies
from annuaire.records.collections import COLLECTIONS, TERRITORIES, THRESHOLDS
from annuaire.text.names import filed_name, sort_key
from annuaire.text.sites import shared_hosts

if TYPE_CHECKING:
    from annuaire.places.geo import Neighbours

K = TypeVar("K")
NEAR_COUNT = 5
NEAR_KM = 60.0
SIMILAR_COUNT = 5


class Catalogue:
    """Index the enterprises of a site. `enterprises` holds them all, closed ones included, in French order."""

    def __init__(
        self,
        enterprises: Iterable[Enterprise],
        items: Mapping[str, Iterable[Item]] | Iterable[tuple[str, Iterable[Item]]],
        territories: Territories,
        vocabularies: Vocabularies,
        regions: Sequence[str],
        vocabulary_folder: Path | None = None,
        *,
        thresholds: Iterable[Threshold] = (),
        attachments: Mapping[str, int] | None = None,
        images: Mapping[str, Mapping[str, Measured]] | None = None,
    ) -> None:
        self.enterprises = tuple(sorted(enterprises, key=lambda e: (sort_key(filed_name(e.nom)), e.slug)))
        self.by_slug: Mapping[str, Enterprise] = MappingProxyType({e.slug: e for e in self.enterprises})
        given = dict(items)
        # Those of the collections that have no model of their own, in the order of their descriptions.
        self.items: Mapping[str, tuple[Item, ...]] = MappingProxyType(
            {one.name: tuple(sorted(given.get(one.name, ()), key=order(one))) for one in COLLECTIONS}
        )
        self.notes: Mapping[str, Item] = MappingProxyType({n.mrc: n for n in self.items[TERRITORIES]})
        self.territories = territories
        self.vocabularies = vocabularies
        self.region_codes = tuple(regions)
        self.vocabulary_folder = vocabulary_folder
        self.attachments = attachments or {}  # the files that records may name, with their size in bytes
        self.images = images or {}  # those of records, by slug then by name, as measured
        # What names no source, or was never checked, is known to the staff alone.
        self.thresholds = tuple(sorted((t for t in thresholds if t.is_published), key=_threshold_order))

    def published(self, collection: str) -> tuple[Any, ...]:
        """List what the open data hold of a collection, enterprises aside."""
        return self.thresholds if collection == THRESHOLDS else self.items[collection]

    @cached_property
    def _item_of(self) -> Mapping[tuple[str, str], Item]:
        return {(name, one.slug): one for name, found in self.items.items() for one in found}

    def item(self, collection: str, slug: str) -> Item | None:
        """Find a record of a collection that has no model of its own; None when no record bears that slug."""
        return self._item_of.get((collection, slug))

    @cached_property
    def listed(self) -> tuple[Enterprise, ...]:
        """List the enterprises shown in listings: neither closed nor merged into another."""
        return tuple(e for e in self.enterprises if self.is_listed(e))

    @staticmethod
    def is_listed(enterprise: Enterprise) -> bool:
        """Tell whether an enterprise is shown in listings."""
        return not enterprise.is_closed and not enterprise.fusionnee_avec

    def successor(self, enterprise: Enterprise) -> Enterprise | None:
        """Give the enterprise that a merged one is part of today, from merger to merger; None when it is unknown.

        It is the last one that the catalogue holds; a cycle, which the rules refuse, leads nowhere.
        """
        seen = {enterprise.slug}
        found: Enterprise | None = None
        here = enterprise
        while (other := self.by_slug.get(here.fusionnee_avec)) is not None:
            if other.slug in seen:
                return None
            seen.add(other.slug)
            found = here = other
        return found

    @cached_property
    def shared_hosts(self) -> frozenset[str]:
        """Give the hosts that the sites of several listed enterprises have in common."""
        return shared_hosts(e.site_web for e in self.listed)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """List the regions of the site."""
        codes = self.region_codes or tuple(self.territories.regions)
        return tuple(self.territories.regions[code] for code in codes)

    @cached_property
    def mrcs(self) -> tuple[Mrc, ...]:
        """List the MRCs and equivalents of the site's regions, in French order."""
        return self.territories.mrcs_of(self.region_codes)

    @cached_property
    def mrc_codes(self) -> frozenset[str]:
        """Give the codes of the site's MRCs and equivalents."""
        return frozenset(m.code for m in self.mrcs)

    @cached_property
    def _municipality_of(self) -> dict[tuple[str, str], Municipality]:
        return {}

    def municipality(self, place: Place) -> Municipality:
        """Resolve the municipality of a place; raise KeyError for a name the rules have not judged."""
        key = (place.municipalite, place.municipalite_code)
        known = self._municipality_of.get(key)
        if known is None:
            known = self.territories.municipality(*key)
            if known is None:
                raise KeyError(place.municipalite)
            self._municipality_of[key] = known
        return known

    def mrc(self, place: Place) -> Mrc:
        """Resolve the MRC or equivalent of a place."""
        return self.territories.mrcs[self.municipality(place).mrc]

    def position(self, enterprise: Enterprise) -> tuple[float | None, float | None]:
        """Give where an enterprise is (degrees), else where its town is, when that is known."""
        town = self.municipality(enterprise.lieu)
        return enterprise.position or (town.latitude, town.longitude)

    @cached_property
    def by_mrc(self) -> Mapping[str, tuple[Enterprise, ...]]:
        """Index listed enterprises by the code of every MRC where they have a place."""
        return self._index((e, {self.municipality(p).mrc for p in e.etablissements}) for e in self.listed)

    @cached_property
    def by_municipality(self) -> Mapping[str, tuple[Enterprise, ...]]:
        """Index listed enterprises by the code of every municipality where they have a place."""
        return self._index((e, {self.municipality(p).code for p in e.etablissements}) for e in self.listed)

    @cached_property
    def by_sector(self) -> Mapping[str, tuple[Enterprise, ...]]:
        """Index listed enterprises by sector, the main one and the others."""
        return self._index((e, {e.secteur, *e.secteurs_secondaires}) for e in self.listed)

    @cached_property
    def by_form(self) -> Mapping[str, tuple[Enterprise, ...]]:
        """Index listed enterprises by legal form."""
        return self._index((e, {e.forme_juridique}) for e in self.listed)

    @cached_property
    def by_mrc_sector(self) -> Mapping[tuple[str, str], tuple[Enterprise, ...]]:
        """Index listed enterprises by (MRC code, sector slug)."""
        return self._index(
            (e, {(m, s) for m in {self.municipality(p).mrc for p in e.etablissements} for s in self.sectors_of(e)})
            for e in self.listed
        )

    @staticmethod
    def sectors_of(enterprise: Enterprise) -> tuple[str, ...]:
        """List the sectors of an enterprise, the main one first."""
        return (enterprise.secteur, *enterprise.secteurs_secondaires)

    @staticmethod
    def _index(pairs: Iterable[tuple[Enterprise, set[K]]]) -> Mapping[K, tuple[Enterprise, ...]]:
        index: dict[K, list[Enterprise]] = {}
        for enterprise, keys in pairs:
            for key in keys:
                index.setdefault(key, []).append(enterprise)
        return {key: tuple(found) for key, found in index.items()}

    def prepare(self) -> None:
        """Place every enterprise now: processes forked afterwards share it, and each finds the neighbours it shows."""
        self._placed  # noqa: B018 - kept once read

    def near(self, enterprise: Enterprise) -> tuple[tuple[Enterprise, float], ...]:
        """Give the nearest listed enterprises with their distance in km, at most NEAR_COUNT within NEAR_KM."""
        ranks, placed, neighbours = self._placed
        rank = ranks.get(enterprise.slug)
        return () if rank is None else tuple((placed[other], km) for other, km in neighbours.of(rank))

    def similar(self, enterprise: Enterprise) -> tuple[Enterprise, ...]:
        """Give other listed enterprises of the same sector, those of the same MRC first, then the nearest MRCs."""
        if enterprise.secteur not in self.by_sector or enterprise.secteur == TO_SPECIFY:
            return ()
        home = self.municipality(enterprise.lieu).mrc
        found: list[Enterprise] = []
        for mrc in (home, *self.territories.neighbours.get(home, ())):
            peers = self.by_mrc_sector.get((mrc, enterprise.secteur), ())
            found.extend(_after(peers, enterprise, SIMILAR_COUNT + 1))
            if len(found) > SIMILAR_COUNT:
                break
        unique = {e.slug: e for e in found if e is not enterprise}
        return tuple(unique.values())[:SIMILAR_COUNT]

    @cached_property
    def _placed(self) -> tuple[dict[str, int], tuple[Enterprise, ...], Neighbours]:
        """Give the rank of each enterprise that has a position, these enterprises, and who is near whom."""
        from annuaire.places.geo import Neighbours  # and numpy, 0.1 s, which judging and asking do without

        found = [(e, position) for e in self.listed if (position := e.position) is not None]
        placed = tuple(e for e, _ in found)
        neighbours = Neighbours([position for _, position in found], NEAR_COUNT, NEAR_KM)
        return {e.slug: rank for rank, e in enumerate(placed)}, placed, neighbours

    def count_by_sector(self, enterprises: Iterable[Enterprise]) -> Counter[str]:
        """Count enterprises by main sector."""
        return Counter(e.secteur for e in enterprises)


def _threshold_order(threshold: Threshold) -> tuple[object, ...]:
    """Order rules for reading: by kind of rule and of mode, the latest period first."""
    kinds = ("seuil", "exemption", "reglement")
    modes = ("gre-a-gre", "invitation", "appel-public")
    start = int((threshold.en_vigueur_du or "0000")[:4])
    return kinds.index(threshold.genre), modes.index(threshold.mode), -start, sort_key(threshold.titre), threshold.slug


def _after(peers: Sequence[Enterprise], enterprise: Enterprise, count: int) -> Sequence[Enterprise]:
    """Take peers from the place of the enterprise in the alphabet on, turning: all get shown somewhere."""
    if len(peers) <= count:
        return peers
    start = next((i for i, e in enumerate(peers) if e is enterprise), hash_place(enterprise.slug, len(peers)))
    return [peers[(start + step) % len(peers)] for step in range(count)]


def hash_place(slug: str, size: int) -> int:
    """Give a place in a sequence that depends on the slug alone (Python's own hash changes at each run)."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(slug)) % size

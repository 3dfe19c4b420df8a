"""Say what stands around an enterprise or in an MRC: events to come, who helps, programmes, shared places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from annuaire import urls
from annuaire.catalogue.events import coming
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.pages.events import EventLine, lines
from annuaire.pages.page import Link
from annuaire.places.territories import Mrc
from annuaire.records.collections import BY_NAME
from annuaire.text import french

SHOWN = 3  # events of a home page, of a profile
SHARED_PLACE = "lieu-partage"
_OVER = frozenset(("disparue", "ferme", "termine"))


@dataclass(frozen=True, slots=True)
class AroundView:
    """Show the events to come (the nearest first), then links to the help there is, with their words."""

    events: tuple[EventLine, ...]
    more: Link | None
    help: tuple[Link, ...]

    def __bool__(self) -> bool:
        return bool(self.events or self.help)


class Around:
    """Answer for a site what is around; `planned` are the addresses of the pages that say more."""

    def __init__(self, catalogue: Catalogue, today: date, planned: frozenset[str]) -> None:
        self._catalogue, self._today, self._planned = catalogue, today, planned
        self.in_mrc = cache(self._in_mrc)

    def next_events(self) -> tuple[EventLine, ...]:
        """Give the next events of the site that are to take place."""
        found = [e for e in coming(self._catalogue, self._today) if not e.is_cancelled]
        return lines(self._catalogue, found[:SHOWN])

    def _in_mrc(self, mrc: Mrc) -> AroundView:
        found = coming(self._catalogue, self._today, mrc)
        more = Link("Tous les évènements", urls.EVENTS) if found and urls.EVENTS in self._planned else None
        return AroundView(lines(self._catalogue, found[:SHOWN]), more, tuple(self._help(mrc)))

    def _help(self, mrc: Mrc) -> Iterable[Link]:
        """Link what serves an MRC, by its kind, with how many there are."""
        in_it = urls.help_in(mrc.slug)
        for name, words, many in (
            ("organisations", "organisme dessert ce territoire", "organismes desservent ce territoire"),
            ("programmes", "programme recensé", "programmes recensés"),
        ):
            described = BY_NAME.get(name)
            found = [one for one in self._catalogue.items.get(name, ()) if serves(one, mrc) and one.statut not in _OVER]
            if found and described and described.pages:
                address = in_it if in_it in self._planned else described.pages.address
                yield Link(french.count(len(found), words, many), address)
        for place in self._catalogue.items.get("organisations", ()):
            if place.genre == SHARED_PLACE and place.statut not in _OVER and self._stands_in(place, mrc):
                pages = BY_NAME["organisations"].pages
                yield Link(f"{place.name}, lieu partagé", urls.item(pages.address, place.slug) if pages else "")
        if (picture := urls.ecosystem(mrc.slug)) in self._planned:
            yield Link("L’écosystème en image", picture)

    def _stands_in(self, place: Item, mrc: Mrc) -> bool:
        town = self._catalogue.territories.municipality(place.municipalite, place.municipalite_code)
        return mrc.code in (town.mrc if town else "", *place.territoires_desservis)


def serves(one: Item, mrc: Mrc) -> bool:
    """Tell whether an organisation or a programme says that it serves an MRC of the site."""
    return bool({mrc.code, "region", "quebec"} & set(one.territoires_desservis))

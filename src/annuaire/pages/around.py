"""Say what stands around an enterprise or in an MRC: events to come, who helps, programmes, shared places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from annuaire import urls
from annuaire.catalogue.events import coming
from annuaire.catalogue.helping import ORGANISATIONS, PROGRAMMES, SHARED_PLACE, help_of, living
from annuaire.catalogue.index import Catalogue
from annuaire.pages.events import EventLine, lines
from annuaire.pages.page import Link
from annuaire.pages.reach import record_link
from annuaire.places.territories import Mrc
from annuaire.text import french

SHOWN = 3  # events of a home page, of a profile
_SHARED = {True: "lieu partagé", False: "locaux à partager ou à louer"}
_WORDS = {
    ORGANISATIONS: ("organisme dessert ce territoire", "organismes desservent ce territoire"),
    PROGRAMMES: ("programme recensé", "programmes recensés"),
}


@dataclass(frozen=True, slots=True)
class AroundView:
    """Show the events to come (the nearest first), then links to the help there is, with their words."""

    events: tuple[EventLine, ...] = ()
    more: Link | None = None
    help: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.help)


class Around:
    """Answer for a site what is around, on its reference day."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._catalogue, self._today = catalogue, today
        self.in_mrc = cache(self._in_mrc)
        self.told = cache(self._told)

    def next_events(self) -> tuple[EventLine, ...]:
        """Give the next events of the site that are to take place."""
        found = [e for e in coming(self._catalogue, self._today) if not e.is_cancelled]
        return lines(self._catalogue, found[:SHOWN])

    def in_region(self, mrcs: Sequence[Mrc]) -> AroundView:
        """Give the next events of a region, by its MRCs, and where to ask for help."""
        events = coming(self._catalogue, self._today)
        found = [e for e in events if any(e.concerns(self._catalogue, mrc) for mrc in mrcs)]
        return AroundView(lines(self._catalogue, found[:SHOWN]), Link("Tous les évènements", urls.EVENTS))

    def _told(self, mrc: Mrc) -> str:
        """Give all that is around in an MRC as one text, which is another one when any of it is."""
        return repr(self.in_mrc(mrc))

    def _in_mrc(self, mrc: Mrc) -> AroundView:
        found = coming(self._catalogue, self._today, mrc)
        more = Link("Tous les évènements", urls.EVENTS) if found else None
        return AroundView(lines(self._catalogue, found[:SHOWN]), more, tuple(self._help(mrc)))

    def _help(self, mrc: Mrc) -> Iterator[Link]:
        """Link what is said to serve an MRC, by its kind, with how many there are; then the places shared there."""
        helpers = [
            one
            for one in help_of(self._catalogue).helpers
            if one.is_placed and not one.is_finished and one.fits(mrc=mrc.code)
        ]
        for name, words in _WORDS.items():
            if count := sum(one.collection == name for one in helpers):
                yield Link(french.count(count, *words), urls.help_in(mrc.slug))
        for one in helpers:
            if one.is_shared_place and not one.is_everywhere:
                link = record_link(one.collection, one.item)
                yield Link(
                    f"{link.text}, {_SHARED[one.item.genre == SHARED_PLACE and one.collection == ORGANISATIONS]}",
                    link.url,
                )
        if living(self._catalogue):
            yield Link("L’écosystème en image", urls.ecosystem(mrc.slug))

"""Say when the events of a site are, which are to come, and whom they concern.

Hours are those of Québec (`ZONE`). An event is to come or past by the reference date of the site, never by a clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.places.territories import Mrc
from annuaire.records.collections import COLLECTIONS, Collection
from annuaire.text import periods
from annuaire.text.names import sort_key

TRAIT = "calendrier"  # of the collection whose records have a day
ZONE = ZoneInfo("America/Toronto")
PLANNED, HELD, CANCELLED, UNKNOWN = "prevu", "tenu", "annule", "inconnu"


@dataclass(frozen=True, slots=True)
class Event:
    """Date one record: `start` and `end` as it knows them, hours where it gives some.

    `end` is None for an event of one day, month or year.
    """

    item: Item
    start: periods.Span
    end: periods.Span | None
    starts: time | None
    ends: time | None

    @property
    def last(self) -> date:
        """Give the last day that it may still be on."""
        return max(self.start.last, self.end.last) if self.end else self.start.last

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it will not take place, or did not."""
        return bool(self.item.statut == CANCELLED)

    @property
    def has_days(self) -> bool:
        """Tell whether its days are known: an agenda holds no month and no year."""
        return self.start.is_day and (self.end is None or self.end.is_day)

    @property
    def when(self) -> str:
        """Say when it is: « le 12 mai 2027 de 9 h à 16 h »."""
        return periods.said(self.start, self.end, self.starts, self.ends)

    @property
    def opening(self) -> datetime | None:
        """Give the moment it starts at; None when it takes whole days, or when its days are not known.

        One of several days, of which the last hour is not known, takes whole days: it would end before it is over.
        """
        if not self.has_days or self.starts is None or (self.end and self.ends is None):
            return None
        return datetime.combine(self.start.first, self.starts, ZONE)

    @property
    def closing(self) -> datetime | None:
        """Give the moment it ends at; None when it is not known."""
        opening = self.opening
        if opening is None or self.ends is None:
            return None
        closing = datetime.combine((self.end or self.start).first, self.ends, ZONE)
        return closing if closing > opening else None

    def is_coming(self, today: date) -> bool:
        """Tell whether it is still ahead, or going on: what is said to have been held is not."""
        return self.item.statut in (PLANNED, CANCELLED) and self.last >= today

    def mrc(self, catalogue: Catalogue) -> Mrc | None:
        """Give the MRC where it takes place; None when it is not known."""
        code = self.item.mrc
        if not code and self.item.municipalite:
            town = catalogue.territories.municipality(self.item.municipalite, self.item.municipalite_code)
            code = town.mrc if town else ""
        return catalogue.territories.mrcs.get(code)

    def concerns(self, catalogue: Catalogue, mrc: Mrc) -> bool:
        """Tell whether it takes place in an MRC of the site, or is meant for the people there."""
        return self.mrc(catalogue) == mrc or bool({mrc.code, "region", "quebec"} & set(self.item.territoires_desservis))


def day_of(moment: datetime) -> date:
    """Give the day that it is in Québec: an evening there is already tomorrow for machines."""
    return moment.astimezone(ZONE).date()


def collection() -> Collection | None:
    """Give the collection that has days."""
    return next((one for one in COLLECTIONS if TRAIT in one.traits), None)


def event(item: Item) -> Event:
    """Date a record that was judged."""
    start = periods.span(item.debut)
    if start is None:
        raise ValueError(item.debut)
    end = periods.span(item.fin)
    return Event(item, start, None if end == start else end, _hour(item.heure_debut), _hour(item.heure_fin))


def events(catalogue: Catalogue) -> tuple[Event, ...]:
    """List the events of a site, the earliest first."""
    described = collection()
    return in_order(event(item) for item in catalogue.items[described.name]) if described else ()


def coming(catalogue: Catalogue, today: date, mrc: Mrc | None = None) -> tuple[Event, ...]:
    """List what is to come, the nearest first: all of it, or what concerns an MRC."""
    return tuple(e for e in events(catalogue) if e.is_coming(today) and (mrc is None or e.concerns(catalogue, mrc)))


def in_order(found: Iterable[Event]) -> tuple[Event, ...]:
    """Sort events by their first day, then by their hour, then by their name."""
    return tuple(sorted(found, key=_rank))


def _rank(e: Event) -> tuple[object, ...]:
    return e.start.first, e.last, e.starts or time.min, sort_key(e.item.name), e.item.slug


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None

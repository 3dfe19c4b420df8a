"""Write events as iCalendar (RFC 5545), for the agendas of those who read the site.

The library writes the lines; what it is given holds no control character, and a page's address is this site's own. The
rules of daylight saving are written here: those of the machine's tables would give other bytes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import icalendar

from annuaire import urls
from annuaire.catalogue.events import CANCELLED, PLANNED, ZONE, Event
from annuaire.catalogue.helping import ORGANISATIONS
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.record import named
from annuaire.text import french, typography

_PRODUCT = "-//annuaire//agenda//FR"
_STATUS = {PLANNED: "CONFIRMED", CANCELLED: "CANCELLED"}
_WINTER, _SUMMER = ("EST", -5), ("EDT", -4)
# From when (local time, as the format has it), the month, its Sunday, the last moment: what Québec has followed.
_RULES = (
    (_SUMMER, "1987-04-05T02", 4, "1SU", "2006-04-02T07+00:00"),
    (_WINTER, "1987-10-25T02", 10, "-1SU", "2006-10-29T06+00:00"),
    (_SUMMER, "2007-03-11T02", 3, "2SU", ""),
    (_WINTER, "2007-11-04T02", 11, "1SU", ""),
)
# Some readers take each of these for a line break; no other control character is a text's.
_BREAKS: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)))
_BREAKS |= {ord(c): "\n" for c in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"} | {ord("\t"): " "}


def calendar(
    catalogue: Catalogue, settings: Settings, events: Iterable[Event], revised: datetime, name: str = ""
) -> str:
    """Write those of the events whose days are known; `revised` is the moment of the commit, that of every entry.

    `name` is that of a feed; an entry alone has none.
    """
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", _PRODUCT)
    made.add("calscale", "GREGORIAN")
    if name:
        made.add("name", _plain(name))
        made.add("x-wr-calname", _plain(name))
        made.add("x-wr-timezone", ZONE.key)
    kept = [e for e in events if e.has_days]
    if any(e.opening for e in kept):
        made.add_component(_timezone())
    for one in kept:
        made.add_component(_entry(catalogue, settings, one, revised))
    return str(made.to_ical(), "utf-8")


def place(catalogue: Catalogue, event: Event) -> str:
    """Say where an event is, in a line: the room, the street, the town."""
    item = event.item
    parts = list(dict.fromkeys(part for part in (item.lieu, item.adresse, item.municipalite) if part))
    mrc = event.mrc(catalogue)
    return ", ".join(parts) or (mrc.titre if mrc else "")


def _entry(catalogue: Catalogue, settings: Settings, event: Event, revised: datetime) -> icalendar.Event:
    item = event.item
    address = settings.site_url + urls.event(item.slug)
    made = icalendar.Event()
    made.add("uid", f"{item.slug}.evenements@{urlsplit(settings.site_url).hostname or 'localhost'}")
    made.add("dtstamp", revised.astimezone(UTC))
    made.add("summary", _plain(f"Annulé{french.NBSP}: {item.name}" if event.is_cancelled else item.name))
    if event.opening is None:
        made.add("dtstart", event.start.first)
        made.add("dtend", event.last + timedelta(days=1))  # the day after: it is not part of it
        made.add("transp", "TRANSPARENT")
    else:
        made.add("dtstart", event.opening)
        if event.closing:
            made.add("dtend", event.closing)
    where = place(catalogue, event)
    if where:
        made.add("location", _plain(where))
    made.add("description", "\n".join(_told(catalogue, event, address)))
    made.add("url", address)
    made.add("status", _STATUS.get(item.statut, "CONFIRMED" if item.statut == "tenu" else "TENTATIVE"))
    return made


def _told(catalogue: Catalogue, event: Event, address: str) -> Iterator[str]:
    item = event.item
    by = named(catalogue, ORGANISATIONS, item.organisateur).text
    said = (
        item.resume,
        f"Organisé par{french.NBSP}: {by}" if by else "",
        f"Inscription{french.NBSP}: {item.inscription}" if item.inscription and not event.is_cancelled else "",
        f"S’inscrire{french.NBSP}: {item.inscription_url}" if item.inscription_url and not event.is_cancelled else "",
        address,
    )
    yield from (_plain(text) for text in said if text)


def _timezone() -> icalendar.Timezone:
    made = icalendar.Timezone()
    made.add("tzid", ZONE.key)
    for period, start, month, sunday, until in _RULES:
        is_summer = period is _SUMMER
        before = _WINTER if is_summer else _SUMMER
        part = icalendar.TimezoneDaylight() if is_summer else icalendar.TimezoneStandard()
        last = {"until": datetime.fromisoformat(until)} if until else {}
        part.add("dtstart", datetime.fromisoformat(start))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": sunday, **last})
        part.add("tzname", period[0])
        part.add("tzoffsetfrom", timedelta(hours=before[1]))
        part.add("tzoffsetto", timedelta(hours=period[1]))
        made.add_component(part)
    return made


def _plain(text: str) -> str:
    """Keep of a text what a value of an agenda may hold; the library escapes the rest."""
    return typography.plain(text.replace("\r\n", "\n")).translate(_BREAKS)

"""Plan the calendar: what is to come, then the past by year; and the page of each event, with its entry to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from annuaire import schema, urls
from annuaire.catalogue import events
from annuaire.catalogue.events import CANCELLED, PLANNED, UNKNOWN, Event
from annuaire.catalogue.helping import ORGANISATIONS
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages import collection as collections
from annuaire.pages import record
from annuaire.pages.calendar import calendar, place
from annuaire.pages.linked import crumbs_data, event_data
from annuaire.pages.page import HOME_CRUMB, Link, Outside, Page, Plan
from annuaire.pages.reference import Version
from annuaire.pages.rows import Pagination, page_count, paginate
from annuaire.places.territories import Mrc
from annuaire.records.collections import Collection, Pages, reference
from annuaire.text import french
from annuaire.text.sites import site_text

AHEAD = "a-venir"  # the anchor of what is to come


@dataclass(frozen=True, slots=True)
class EventLine:
    """Show one event in a list: when, where, its kind; `state` says first what must be known (« Annulé »)."""

    name: str
    url: str
    when: str
    where: str
    kind: str
    summary: str
    state: str


@dataclass(frozen=True, slots=True)
class Part:
    """Gather events under a title, of which `anchor` is the id."""

    title: str
    anchor: str
    lines: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """Fill `agenda.html`: what is to come (`None` beyond the first page), the past by year, and the feeds."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    count: str
    ahead: Part | None
    years: tuple[Part, ...]
    feed: str
    feeds: tuple[Link, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class EventView(record.ItemView):
    """Fill `evenement.html`: `notice` says first what changes everything; links of what has a page here or elsewhere.

    `register` is empty once there is nothing to register for; `keep` is the file that an agenda reads.
    """

    notice: str
    when: str
    place: str
    mrc: Link | None
    organiser: Link | None
    register: Outside | None
    website: Outside | None
    keep: str


def plans(catalogue: Catalogue, settings: Settings, version: Version) -> Iterator[Plan]:
    """Plan the calendar and its pages; the reference date of the site parts what is to come from the past."""
    described = events.collection()
    if described is None or described.pages is None:
        return
    today = events.day_of(version.date)
    known = events.events(catalogue)
    ahead = tuple(e for e in known if e.is_coming(today))
    past = tuple(reversed([e for e in known if not e.is_coming(today)]))
    agenda = partial(_agenda, catalogue, described, described.pages, ahead, past)
    for number in range(1, page_count(past) + 1):
        yield Plan(urls.page(described.pages.address, number), partial(agenda, number))
    for one in known:
        is_ahead = one.is_coming(today)
        yield Plan(
            urls.event(one.item.slug),
            partial(_event, catalogue, settings, version, (described, described.pages), one, is_ahead=is_ahead),
        )


def lines(catalogue: Catalogue, found: Sequence[Event]) -> tuple[EventLine, ...]:
    """Make the lines of events."""
    return tuple(_line(catalogue, e) for e in found)


def feeds(catalogue: Catalogue) -> tuple[tuple[Mrc, tuple[Event, ...]], ...]:
    """List the MRCs of the site that have a feed of their own, with the events of known days that concern each."""
    dated = [e for e in events.events(catalogue) if e.has_days]
    found = ((mrc, tuple(e for e in dated if e.concerns(catalogue, mrc))) for mrc in catalogue.mrcs)
    return tuple((mrc, own) for mrc, own in found if own)


def _agenda(
    catalogue: Catalogue,
    described: Collection,
    pages: Pages,
    ahead: tuple[Event, ...],
    past: tuple[Event, ...],
    number: int,
) -> Page:
    shown, pagination = paginate(past, pages.address, number)
    suffix = f" (page {number})" if number > 1 else ""
    own = feeds(catalogue) if number == 1 else ()
    return Page(
        url=urls.page(pages.address, number),
        tab=collections.tab_of(pages),
        title=pages.title + suffix,
        description=pages.lead,
        template="agenda.html",
        view=AgendaView(
            title=pages.title + suffix,
            crumbs=(HOME_CRUMB, Link(pages.title)),
            lead=pages.lead,
            count=_count(described, ahead, past),
            ahead=Part("À venir", AHEAD, lines(catalogue, ahead)) if number == 1 else None,
            years=tuple(
                Part(str(year), f"annee-{year}", lines(catalogue, tuple(found)))
                for year, found in groupby(shown, key=lambda e: e.start.first.year)
            ),
            feed=urls.EVENTS_FEED if any(e.has_days for e in (*ahead, *past)) else "",
            feeds=tuple(Link(mrc.titre, urls.territory_feed(mrc.slug), len(found)) for mrc, found in own),
            pagination=pagination,
        ),
        indexed=number == 1,
    )


def _count(described: Collection, ahead: Sequence[Event], past: Sequence[Event]) -> str:
    to_come = f"{described.counted(len(ahead))} à venir" if ahead else f"Aucun {described.one} à venir"
    return f"{to_come}, {french.count(len(past), 'passé')}" if past else to_come


def _line(catalogue: Catalogue, event: Event) -> EventLine:
    item = event.item
    return EventLine(
        name=item.name,
        url=urls.event(item.slug),
        when=french.sentence(event.when),
        where=place(catalogue, event),
        kind=_kind(event),
        summary=item.resume,
        state="Annulé" if event.is_cancelled else "Tenue à confirmer" if item.statut == UNKNOWN else "",
    )


def _kind(event: Event) -> str:
    return schema.load("evenements").root.field("genre").labels[event.item.genre]


def _event(
    catalogue: Catalogue,
    settings: Settings,
    version: Version,
    shown: tuple[Collection, Pages],
    event: Event,
    *,
    is_ahead: bool,
) -> Page:
    item, slug = event.item, event.item.slug
    described, pages = shown
    crumbs = (HOME_CRUMB, Link(pages.title, pages.address), Link(item.name))
    mrc, where = event.mrc(catalogue), place(catalogue, event)
    is_open = is_ahead and not event.is_cancelled
    keep = urls.event_file(slug) if is_open and event.has_days else ""
    view = EventView(
        title=item.name,
        crumbs=crumbs,
        catalogue=catalogue,
        item=item,
        schema=schema.load(described.name),
        lead=item.resume,
        where=collections.serves(catalogue, item.territoires_desservis),
        correct=urls.correct(reference(described.name, slug)) if described.is_open else "",
        state=None,
        reach=None,
        notice=_notice(event, is_ahead=is_ahead),
        when=french.sentence(event.when),
        place=where if mrc is None or where != mrc.titre else "",
        mrc=Link(mrc.titre, urls.territory(mrc.slug) if mrc.code in catalogue.mrc_codes else "") if mrc else None,
        organiser=record.named(catalogue, ORGANISATIONS, item.organisateur) if item.organisateur else None,
        register=Outside("S’inscrire en ligne", item.inscription_url) if is_open and item.inscription_url else None,
        website=Outside(site_text(item.site_web, catalogue.shared_hosts), item.site_web) if item.site_web else None,
        keep=keep,
    )
    return Page(
        url=urls.event(slug),
        tab=collections.tab_of(pages),
        title=item.name,
        description=french.shorten(f"{view.when}. {item.resume}".strip(), 200),
        template=pages.template,
        view=view,
        data=(event_data(catalogue, settings, event), crumbs_data(settings, crumbs)),
        files=((keep, calendar(catalogue, settings, (event,), version.date)),) if keep else (),
    )


def _notice(event: Event, *, is_ahead: bool) -> str:
    status = event.item.statut
    if status == CANCELLED:
        return "Cet évènement est annulé." if is_ahead else "Cet évènement a été annulé."
    if status == UNKNOWN:
        return "Cet évènement a été annoncé; aucune source ne dit s’il a eu lieu."
    if status == PLANNED and not is_ahead:
        return "La date de cet évènement est passée; il reste à confirmer qu’il a eu lieu."
    return ""

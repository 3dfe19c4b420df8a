"""Plan the pages of needs: those still open by kind, those that are over; and the page of each, of the need only.

Who could answer a need is on no page: the staff read it in a file (`annuaire maillage`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from annuaire import schema, urls
from annuaire.catalogue import soundings
from annuaire.catalogue.events import day_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.soundings import SOUNDING, is_open
from annuaire.pages import collection as collections
from annuaire.pages import record
from annuaire.pages.contact import email, phone
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Outside, Page, Plan
from annuaire.pages.reference import Version
from annuaire.pages.rows import Pagination, page_count, paginate
from annuaire.records.collections import Collection, Pages, reference
from annuaire.text import french

OVER = "termines"  # the anchor of what is over
NO_CALL = "Sondage de marché, non un appel d’offres."


@dataclass(frozen=True, slots=True)
class NeedLine:
    """Show one need in a list: what is asked, how much, where, until when."""

    name: str
    url: str
    kind: str
    what: str
    where: str
    until: str
    summary: str


@dataclass(frozen=True, slots=True)
class Part:
    """Gather needs under a title, of which `anchor` is the id; `note` says what they are."""

    title: str
    anchor: str
    note: str
    lines: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class NeedsView:
    """Fill `besoins.html`: the open needs by kind (first page only), those that are over, how to send one, the feed."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    count: str
    parts: tuple[Part, ...]
    over: Part
    new: str
    feed: str
    together: str
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class NeedView(record.ItemView):
    """Fill `besoin.html`: `notice` says first what the need is worth today; links are empty once it is over."""

    notice: str
    is_open: bool
    no_call: str
    what: tuple[tuple[str, str], ...]
    phone: Outside | None
    email: Outside | None


def plans(catalogue: Catalogue, version: Version) -> Iterator[Plan]:
    """Plan the listing and the page of each need; the reference date of the site parts open needs from the others."""
    described = soundings.collection()
    if described is None or described.pages is None:
        return
    today = day_of(version.date)
    known = soundings.needs(catalogue)
    still = tuple(one for one in known if is_open(one, today))
    over = tuple(reversed([one for one in known if not is_open(one, today)]))
    shown = (described, described.pages)
    for number in range(1, page_count(over) + 1):
        yield Plan(urls.page(described.pages.address, number), partial(_listing, catalogue, shown, still, over, number))
    for one in known:
        yield Plan(urls.item(described.pages.address, one.slug), partial(_need, catalogue, shown, one, today))


def told(catalogue: Catalogue, need: Item) -> str:
    """Say a need in a line, for a feed: what it is, how much, where, until when, in its own words."""
    line = _line(catalogue, need)
    first = NO_CALL if need.genre == SOUNDING else f"{line.kind}."
    said = ". ".join(french.sentence(text) for text in (line.what, line.where, line.until) if text)
    return f"{first} {line.summary} {said}."


def _listing(
    catalogue: Catalogue,
    shown: tuple[Collection, Pages],
    still: tuple[Item, ...],
    over: tuple[Item, ...],
    number: int,
) -> Page:
    described, pages = shown
    past, pagination = paginate(over, pages.address, number)
    suffix = f" (page {number})" if number > 1 else ""
    none = f"Aucun {described.one} ouvert"
    return Page(
        url=urls.page(pages.address, number),
        tab=collections.tab_of(pages),
        title=pages.title + suffix,
        description=french.shorten(pages.lead, record.DESCRIPTION_LENGTH),
        template="besoins.html",
        view=NeedsView(
            title=pages.title + suffix,
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link(pages.title)),
            lead=pages.lead,
            count=f"{described.counted(len(still))} {'ouvert' if len(still) < 2 else 'ouverts'}" if still else none,
            parts=tuple(_parts(catalogue, still)) if number == 1 else (),
            over=Part("Comblés, retirés ou échus", OVER, "", _lines(catalogue, past)),
            new=urls.new_record(described.name),
            feed=urls.NEEDS_FEED,
            together=urls.TOGETHER,
            pagination=pagination,
        ),
        indexed=number == 1,
    )


def _parts(catalogue: Catalogue, still: Sequence[Item]) -> Iterator[Part]:
    notes = {
        SOUNDING: f"{NO_CALL} Répondre n’engage à rien, et ne donne aucun avantage dans un achat à venir.",
        soundings.SEEKS: "Des entreprises cherchent un local, de l’équipement ou du temps d’une équipe.",
        soundings.SHARES: "Des entreprises partagent un local, de l’équipement ou du temps d’une équipe.",
    }
    titles = {SOUNDING: "Sondages de marché", soundings.SEEKS: "Je cherche", soundings.SHARES: "Je partage"}
    for kind, title in titles.items():
        lines = _lines(catalogue, [one for one in still if one.genre == kind])
        if lines:
            yield Part(title, kind, notes[kind], lines)


def _lines(catalogue: Catalogue, found: Iterable[Item]) -> tuple[NeedLine, ...]:
    return tuple(_line(catalogue, one) for one in found)


def _line(catalogue: Catalogue, need: Item) -> NeedLine:
    described = soundings.collection()
    if described is None or described.pages is None:
        raise ValueError(need.slug)
    labels = schema.load(described.name).root.field("genre").labels
    return NeedLine(
        name=need.name,
        url=urls.item(described.pages.address, need.slug),
        kind=labels[need.genre],
        what=", ".join(text for text in (_subject(catalogue, need), _quantity(need)) if text),
        where=collections.serves(catalogue, need.territoires_desservis),
        until=f"jusqu’au {french.day(need.echeance)}",
        summary=need.resume,
    )


def _subject(catalogue: Catalogue, need: Item) -> str:
    """Name what is asked: the category of a purchase, or what is shared."""
    if need.genre == SOUNDING:
        category = catalogue.vocabularies.categories.get(need.categorie)
        return category.libelle if category else ""
    described = soundings.collection()
    labels = schema.load(described.name).root.field("ressource").labels if described else {}
    return str(labels.get(need.ressource, ""))


def _quantity(need: Item) -> str:
    return f"{french.number(need.quantite)} {need.unite}".strip() if need.quantite else ""


def _need(catalogue: Catalogue, shown: tuple[Collection, Pages], need: Item, today: date) -> Page:
    described, pages = shown
    own = schema.load(described.name)
    still = is_open(need, today)
    line = _line(catalogue, need)
    title = own.root.field("categorie" if need.genre == SOUNDING else "ressource").title
    facts = (
        ("Genre", line.kind),
        (title, _subject(catalogue, need)),
        ("Quantité", _quantity(need)),
        ("Territoire", french.sentence(line.where)),
        ("Échéance", french.day(need.echeance)),
        ("Demandeur", need.demandeur),
    )
    return Page(
        url=urls.item(pages.address, need.slug),
        tab=collections.tab_of(pages),
        title=need.name,
        description=french.shorten(told(catalogue, need), record.DESCRIPTION_LENGTH),
        template=pages.template,
        view=NeedView(
            title=need.name,
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link(pages.title, pages.address), Link(need.name)),
            catalogue=catalogue,
            item=need,
            schema=own,
            lead=need.resume,
            where="",
            correct=urls.correct(reference(described.name, need.slug)) if described.is_open else "",
            state=None,
            reach=None,
            notice="" if still else _over(need),
            is_open=still,
            no_call=NO_CALL if need.genre == SOUNDING else "",
            what=tuple((name, text) for name, text in facts if text),
            phone=phone(need.contact.telephone) if still else None,
            email=email(need.contact.courriel, subject=need.name) if still else None,
        ),
    )


def _over(need: Item) -> str:
    if need.statut == soundings.OPEN:
        return "L’échéance de ce besoin est passée."
    return "Ce besoin est comblé." if need.statut == "comble" else "Ce besoin a été retiré."

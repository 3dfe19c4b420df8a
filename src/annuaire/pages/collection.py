"""Plan the pages of the collections whose description shows them: a listing, and a page for each record (`record`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from annuaire import schema, urls
from annuaire.catalogue import events, soundings
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.pages import record
from annuaire.pages.page import Link, Page, Plan
from annuaire.pages.rows import Pagination, page_count, paginate
from annuaire.places.vocabularies import EVERYWHERE
from annuaire.records.collections import COLLECTIONS, Collection, Pages
from annuaire.text import french
from annuaire.text.names import slugify

_OWN_PAGES = frozenset({events.TRAIT, soundings.TRAIT})


@dataclass(frozen=True, slots=True)
class Line:
    """Show one record in a listing: its name, its page, a sentence, where it serves."""

    name: str
    url: str
    summary: str
    where: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Gather lines under a title, of which `anchor` is the id; a listing in one piece has a title of no text."""

    title: str
    anchor: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CollectionView:
    """Fill `fiches.html`: what the records are, how many, and their lines."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    count: str
    nothing: str
    groups: tuple[Lines, ...]
    pagination: Pagination


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the pages of every collection that has some; those with a day have their own (`events`, `soundings`)."""
    for collection in COLLECTIONS:
        if collection.pages and not _OWN_PAGES & collection.traits:
            yield from _plans(catalogue, collection, collection.pages)


def searched(catalogue: Catalogue) -> tuple[Collection, ...]:
    """List the collections whose records the search finds beside enterprises: described so, and that hold some."""
    return tuple(one for one in COLLECTIONS if one.pages and one.searched and catalogue.items[one.name])


def serves(catalogue: Catalogue, codes: Sequence[str]) -> str:
    """Say in a phrase which territories are served, by their codes; "" when nobody said it."""
    if "quebec" in codes:
        return "tout le Québec"
    known = catalogue.territories.mrcs
    found = [french.enumeration([f"toute la région {r.de}" for r in catalogue.regions])] if "region" in codes else []
    found += [f"la {known[c].titre}" if known[c].is_mrc else known[c].nom for c in codes if c not in EVERYWHERE]
    return french.enumeration(found)


def _plans(catalogue: Catalogue, collection: Collection, pages: Pages) -> Iterator[Plan]:
    items = catalogue.items[collection.name]
    for number in range(1, page_count(items) + 1):
        yield Plan(urls.page(pages.address, number), partial(_listing, catalogue, collection, pages, number))
    for item in items:
        yield Plan(urls.item(pages.address, item.slug), partial(_item, catalogue, collection, pages, item))


def _listing(catalogue: Catalogue, collection: Collection, pages: Pages, number: int) -> Page:
    items = catalogue.items[collection.name]
    shown, pagination = paginate(items, pages.address, number)
    suffix = f" (page {number})" if number > 1 else ""
    return Page(
        url=urls.page(pages.address, number),
        tab=tab_of(pages),
        title=pages.title + suffix,
        description=french.shorten(pages.lead, record.DESCRIPTION_LENGTH),
        template="fiches.html",
        view=CollectionView(
            title=pages.title + suffix,
            crumbs=(*record.trail(pages), Link(pages.title)),
            lead=pages.lead,
            count=collection.counted(len(items)) if items else "",
            nothing=f"{'Aucune' if collection.is_feminine else 'Aucun'} {collection.one} pour le moment.",
            groups=tuple(_grouped(catalogue, collection, pages, shown)),
            pagination=pagination,
        ),
        indexed=number == 1,
    )


def _grouped(catalogue: Catalogue, collection: Collection, pages: Pages, items: Sequence[Item]) -> Iterator[Lines]:
    """Part the lines by the choices of the field that the description names, in the order of the schema."""
    if not pages.groups:
        if items:
            yield Lines("", "", tuple(line(catalogue, collection, item) for item in items))
        return
    field = schema.load(collection.name).root.field(pages.groups)
    for value, title in field.labels.items():
        found = tuple(line(catalogue, collection, item) for item in items if getattr(item, pages.groups) == value)
        if found:
            yield Lines(french.sentence(title), slugify(title), found)


def line(catalogue: Catalogue, collection: Collection, item: Item) -> Line:
    """Make the line of one record of a collection that has pages."""
    pages = collection.pages
    if pages is None:
        raise ValueError(f"{collection.name} has no pages")
    where = serves(catalogue, getattr(item, collection.territories)) if collection.territories else ""
    return Line(item.name, urls.item(pages.address, item.slug), getattr(item, pages.summary), where)


def _item(catalogue: Catalogue, collection: Collection, pages: Pages, item: Item) -> Page:
    where = line(catalogue, collection, item).where
    return record.page(catalogue, collection, pages, item, where, tab_of(pages))


def tab_of(pages: Pages) -> str:
    """Name the shells of a collection: those of the first folder of its address, any other when it has none."""
    return pages.address.partition("/")[0]

"""Plan the pages of the collections whose description shows them: a listing, and a page for each record.

What a page says comes from the schema: titles of fields, labels of choices, limited Markdown. A template of a record
(`pages.gabarit` of the description) extends `_fiche.html`, and adds what that kind of record has of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from annuaire import schema, urls
from annuaire.catalogue.events import TRAIT
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Pagination, page_count, paginate
from annuaire.places.vocabularies import EVERYWHERE
from annuaire.records.collections import COLLECTIONS, Collection, Pages, reference
from annuaire.schema import Field, Schema
from annuaire.text import french
from annuaire.text.markup import markdown
from annuaire.text.names import slugify

TAB = "fiches"  # the shells of pages that are behind no door of the header
_DESCRIPTION_LENGTH = 200


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


@dataclass(frozen=True, slots=True)
class ItemView:
    """Fill the template of a record.

    `item` gives its values by their names, `schema` its words. `lead` says it in a sentence, `where` in a phrase which
    territories it serves, `correct` leads to the form when anybody may propose a correction.
    """

    title: str
    crumbs: tuple[Link, ...]
    item: Item
    schema: Schema
    lead: str
    where: str
    correct: str

    def label(self, name: str, of: Item | None = None, table: str = "") -> str:
        """Give the words of a field of closed choices, those of a list joined by commas; "" when it says nothing.

        `of` is the item of the list `table`, when the field is not the record's own.
        """
        field = (self.schema.children[table] if table else self.schema.root).field(name)
        return _worded(field, _at(of or self.item, field))

    def facts(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Give the title and the words of fields, in the order asked, those that say nothing left out."""
        fields = [self.schema.root.field(name) for name in names]
        found = ((field.title, _worded(field, _at(self.item, field))) for field in fields)
        return tuple((title, words) for title, words in found if words)

    def text(self, value: str) -> Markup:
        """Render a text of limited Markdown."""
        return markdown(value)


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the pages of every collection that has some; `annuaire.pages.events` makes those of a calendar."""
    for collection in COLLECTIONS:
        if collection.pages and TRAIT not in collection.traits:
            yield from _plans(catalogue, collection, collection.pages)


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
        tab=TAB,
        title=pages.title + suffix,
        description=french.shorten(pages.lead, _DESCRIPTION_LENGTH),
        template="fiches.html",
        view=CollectionView(
            title=pages.title + suffix,
            crumbs=(HOME_CRUMB, Link(pages.title)),
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
    own = line(catalogue, collection, item)
    crumbs = (HOME_CRUMB, Link(pages.title, pages.address), Link(own.name))
    return Page(
        url=own.url,
        tab=TAB,
        title=own.name,
        description=french.shorten(own.summary or f"{own.name}, {pages.title.lower()}.", _DESCRIPTION_LENGTH),
        template=pages.template,
        view=ItemView(
            title=own.name,
            crumbs=crumbs,
            item=item,
            schema=schema.load(collection.name),
            lead=own.summary,
            where=own.where,
            correct=urls.correct(reference(collection.name, item.slug)) if collection.is_open else "",
        ),
    )


def _at(one: Item, field: Field) -> Any:
    value: Any = one
    for step in field.path:
        value = getattr(value, step)
    return value


def _worded(field: Field, value: Any) -> str:
    """Write the value of a field as people read it."""
    labels: Mapping[str, str] = field.labels
    if isinstance(value, bool):
        return "Oui" if value else ""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, tuple):
        return french.sentence(", ".join(labels.get(one, one) for one in value))
    if field.type == "date":
        return french.day(value)
    if field.type == "integer" and field.code != "annee-invalide":
        return french.number(value)
    return labels.get(str(value), str(value))

"""Plan the page of a record of a described collection: what it says, how to reach it, what it is linked with.

A template of a record extends `_fiche.html` and takes from the view what that kind of record has of its own: titles and
words come from the schema, references by slug become links, names without a record stay texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from annuaire import schema, urls
from annuaire.catalogue.helping import FINISHED, ORGANISATIONS, PROGRAMMES, TOOLS, enterprise_named, help_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.sources import day_text
from annuaire.pages.page import HOME_CRUMB, Link, Page
from annuaire.pages.reach import Reach, State, reach, record_link, state_of
from annuaire.records.collections import BY_NAME, ENTERPRISES, Collection, Pages, reference
from annuaire.schema import Field, Schema
from annuaire.text import french
from annuaire.text.markup import markdown

DESCRIPTION_LENGTH = 200
MODELS = "modeles"
_HELPING = {  # collections of help -> what titles how to reach one of their records
    ORGANISATIONS: "Comment le joindre",
    PROGRAMMES: "À qui s’adresser",
    TOOLS: "Où le trouver",
    MODELS: "Où en lire plus",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one line of a list of a record: whom or what it is about, and what is said of it."""

    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold an amount in words, with the source that gives it; `date` is that of the source."""

    title: str
    amount: str
    details: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """Fill the template of a record.

    `item` gives its values by their names, `schema` its words. `lead` says it in a sentence, `where` in a phrase which
    territories it serves, `correct` leads to the form when anybody may propose a correction. `state` and `reach` are
    None where the collection has none.
    """

    title: str
    crumbs: tuple[Link, ...]
    catalogue: Catalogue
    item: Item
    schema: Schema
    lead: str
    where: str
    correct: str
    state: State | None
    reach: Reach | None

    def label(self, name: str, of: Item | None = None, table: str = "") -> str:
        """Give the words of a field of closed choices, those of a list joined by commas; "" when it says nothing.

        `of` is the item of the list `table`, when the field is not the record's own.
        """
        field = self._field(name, table)
        return _worded(field, _at(of or self.item, field))

    def facts(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Give the title and the words of fields, in the order asked, those that say nothing left out."""
        fields = [self.schema.root.field(name) for name in names]
        found = ((field.title, _worded(field, _at(self.item, field))) for field in fields)
        return tuple((title, words) for title, words in found if words)

    def text(self, value: str) -> Markup:
        """Render a text of limited Markdown."""
        return markdown(value)

    def link(self, name: str, of: Item | None = None, table: str = "") -> Link:
        """Give what a field names: a link to the record of its slug, or the name as it is written."""
        field = self._field(name, table)
        return named(self.catalogue, field.refers_to, str(_at(of or self.item, field)))

    def told(self, table: str, text: str) -> tuple[Told, ...]:
        """Give the lines of a list whose field `nom` names somebody, with what the field `text` says."""
        return tuple(Told(self.link("nom", one, table), getattr(one, text)) for one in getattr(self.item, table))

    @property
    def is_over(self) -> bool:
        """Tell whether it is no more, closed, ended or withdrawn."""
        return getattr(self.item, "statut", "") in FINISHED

    @property
    def rooms(self) -> tuple[tuple[str, str, str], ...]:
        """Give the premises it shares: name, kind, details."""
        return tuple((one.nom, self.label("genre", one, "locaux"), one.precisions) for one in self.item.locaux)

    @property
    def phases(self) -> tuple[tuple[str, ...], ...]:
        """Give the phases as a table, its titles first: name, months, hours, details; a column that is empty is not."""
        rows = [(one.nom, _months(one), _hours(one.heures), one.precisions) for one in self.item.phases]
        heads = ("Étape", "Mois", "Heures", "Précisions")
        kept = [rank for rank in range(len(heads)) if any(row[rank] for row in rows)]
        return tuple(tuple(row[rank] for rank in kept) for row in (heads, *rows)) if rows else ()

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Give the amounts in words, each with its source."""
        return tuple(
            Amount(one.objet, amount_text(one.minimum, one.maximum), one.precisions, one.source, day_text(one.date))
            for one in self.item.montants
        )

    @property
    def sources(self) -> tuple[tuple[str, str, str], ...]:
        """Give the documents that the record comes from: title, address (or nothing), and what is said of it."""
        return tuple((one.titre, one.url, _said_of(one)) for one in self.item.sources)

    @property
    def offered(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        """Give the programmes, tools and models that an organisation offers or takes part in, by kind."""
        found: dict[str, list[Link]] = {}
        for name, item in help_of(self.catalogue).offered.get(self.item.slug, ()):
            found.setdefault(name, []).append(record_link(name, item))
        return tuple((french.sentence(BY_NAME[name].many), tuple(links)) for name, links in found.items())

    @property
    def period(self) -> str:
        """Say when it began and ended, as far as it is known."""
        start, end = day_text(self.item.debut), day_text(self.item.fin)
        if start and end:
            return f"{start} à {end}"
        return f"Commencé\u00a0: {start}" if start else end and f"Fini\u00a0: {end}"

    @property
    def reach_title(self) -> str:
        """Title how to reach it, as suits its kind and its state."""
        is_closed = self.state is not None and self.state.kind == "closed"
        return "Pour mémoire" if is_closed else _HELPING[self.schema.name]

    @property
    def is_help(self) -> bool:
        """Tell whether it is a record of help, with its sources."""
        return self.schema.name in _HELPING

    @property
    def checked(self) -> str:
        """Say when somebody last checked the record; nothing when nobody did."""
        day = getattr(self.item, "verifie_le", None)
        return french.day(day) if day else ""

    def _field(self, name: str, table: str = "") -> Field:
        return (self.schema.children[table] if table else self.schema.root).field(name)


def named(catalogue: Catalogue, collection: str, written: str) -> Link:
    """Resolve a text that may name a record of a collection: a link to its page, or the text as it is."""
    if collection == ENTERPRISES:
        enterprise = enterprise_named(catalogue, written)
        return Link(enterprise.nom, urls.enterprise(enterprise.slug)) if enterprise else Link(written)
    item = catalogue.item(collection, written)
    return record_link(collection, item) if item else Link(written)


def page(catalogue: Catalogue, collection: Collection, pages: Pages, item: Item, where: str, tab: str) -> Page:
    """Build the page of a record; `where` says which territories it serves."""
    name, lead = item.name, getattr(item, pages.summary)
    contact = help_of(catalogue).contact(collection.name, item) if collection.name in _HELPING else None
    is_reached = contact is not None and (contact.is_known or collection.name != MODELS)
    return Page(
        url=urls.item(pages.address, item.slug),
        tab=tab,
        title=name,
        description=french.shorten(lead or f"{name}, {pages.title.lower()}.", DESCRIPTION_LENGTH),
        template=pages.template,
        view=ItemView(
            title=name,
            crumbs=(*trail(pages), Link(pages.title, pages.address), Link(name)),
            catalogue=catalogue,
            item=item,
            schema=schema.load(collection.name),
            lead=lead,
            where=where,
            correct=urls.correct(reference(collection.name, item.slug)) if collection.is_open else "",
            state=state_of(collection.name, item),
            reach=reach(catalogue, contact) if contact and is_reached else None,
        ),
    )


def trail(pages: Pages) -> tuple[Link, ...]:
    """Give what stands above a listing in its breadcrumb."""
    is_help = pages.address.startswith(urls.HELP) and pages.address != urls.HELP
    return (HOME_CRUMB, Link("Trouver de l’aide", urls.HELP)) if is_help else (HOME_CRUMB,)


def amount_text(low: int | None, high: int | None) -> str:
    """Write an amount in dollars: « de 50 000 $ à 2 500 000 $ », « jusqu’à 5 000 $ »; nothing when there is none."""
    first, last = (f"{french.number(value)}{french.NBSP}$" if value is not None else "" for value in (low, high))
    if first and last:
        return first if low == high else f"de {first} à {last}"
    return f"jusqu’à {last}" if last else first and f"à partir de {first}"


def _months(phase: Item) -> str:
    start, end = phase.mois_debut, phase.mois_fin
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"à partir du mois {start}" if end is None else f"jusqu’au mois {end}"
    return f"{start} à {end}"


def _hours(hours: int | None) -> str:
    return f"{french.number(hours)}{french.NBSP}h" if hours else ""


def _said_of(source: Item) -> str:
    """Say what is known of a document besides its title: « juin 2026, page 12, consulté le 30 octobre 2026 »."""
    read = f"consulté le {french.day(source.consulte_le)}" if source.consulte_le else ""
    return ", ".join(part for part in (day_text(source.date), source.page, read) if part)


def _at(one: Item, field: Field) -> Any:
    value: Any = one
    for step in field.path:
        value = getattr(value, step)
    return value


def _worded(field: Field, value: Any) -> str:
    """Write the value of a field as people read it."""
    labels: Mapping[str, str] = field.labels
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, tuple):
        return french.sentence(", ".join(labels.get(one, one) for one in value))
    if field.type == "date":
        return french.day(value)
    if field.type in ("integer", "number") and field.code != "annee-invalide":
        return french.number(value)
    return french.sentence(labels.get(str(value), str(value))) if labels else str(value)

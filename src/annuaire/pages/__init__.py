"""Turn the catalogue into pages: a view dataclass for each template, templates in Jinja with autoescape.

Templates read `v` (the view), `racine` (what leads back to the site's root) and `fr` (how French writes numbers
and dates); an undefined name is an error. This package writes no file: see `annuaire.site.stamp`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from annuaire import urls
from annuaire.catalogue.events import day_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.statistics import Statistics
from annuaire.catalogue.supply import supply_of
from annuaire.config import Settings
from annuaire.pages import (
    catalogue_page,
    collection,
    documents,
    ecosystem,
    embedding,
    events,
    funding,
    gaps,
    help,
    home,
    ledger,
    listing,
    map_page,
    mode,
    movement,
    profile,
    purchase,
    purchase_file,
    reference,
    sector,
    soundings,
    statistics,
    territory,
    together,
)
from annuaire.pages.around import Around
from annuaire.pages.contact import pieces
from annuaire.pages.documents import Document
from annuaire.pages.escaping import PageContext, PageEnvironment, PageTemplate
from annuaire.pages.lines import Lines, SupplierLines
from annuaire.pages.page import DataFile, Page, Plan
from annuaire.text import french, typography
from annuaire.text.problems import Problem

_FREQUENT = ("profil.html", "categorie.html", "liste.html")  # templates of nearly all pages


@dataclass(frozen=True)
class Site:
    """Gather what pages are made from, besides the templates; `texts` are those of files, by their record."""

    settings: Settings
    catalogue: Catalogue
    version: reference.Version
    latest: tuple[str, ...] = ()
    files: tuple[DataFile, ...] = ()
    left_out: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    counted: Statistics | None = None

    @property
    def statistics(self) -> Statistics:
        """Give what counts the site on the day of its data, with what its history knows where that was asked."""
        return self.counted or Statistics(supply_of(self.catalogue), self.version.date.date())


def with_files(site: Site, files: Sequence[DataFile]) -> Site:
    """Give the same site, with the data files that its « Données » page lists."""
    return replace(site, files=tuple(files))


def with_documents(site: Site, documents: Sequence[Document]) -> Site:
    """Give the same site, with the documents to print that its pages lead to."""
    return replace(site, documents=tuple(documents))


def plans(site: Site) -> list[Plan]:
    """List every page of the site, unbuilt."""
    catalogue, settings = site.catalogue, site.settings
    day = site.version.date.date()
    supply = supply_of(catalogue)
    around = Around(catalogue, day_of(site.version.date))
    others = [
        *home.plans(catalogue, settings, site.latest, around),
        *listing.plans(catalogue),
        *statistics.plans(site.statistics),
        *territory.plans(catalogue, settings, around, site.documents),
        *sector.plans(catalogue, settings, site.documents),
        *documents.plans(site.documents),
        *_explaining(site),
        *purchase_file.plans(settings),
        *ledger.plans(settings),
        *catalogue_page.plans(catalogue),
        *map_page.plans(catalogue, settings),
        *embedding.plans(catalogue, settings),
        *mode.plans(catalogue, site.version),
        *movement.plans(catalogue, settings),
        *profile.plans(catalogue, settings, day.isoformat(), around, site.documents),
        *gaps.plans(supply),
        *collection.plans(catalogue),
        *events.plans(catalogue, settings, site.version),
        *soundings.plans(catalogue, site.version),
        *together.plans(catalogue),
        *ecosystem.plans(catalogue),
        *help.plans(catalogue),
        *funding.plans(catalogue, french.day(day), site.documents),
    ]
    # Last: the buyers' pages lead to those of the others that there are.
    return [*others, *purchase.plans(supply, settings, frozenset(plan.url for plan in others), day)]


def prepare(site: Site) -> None:
    """Find once what each of the processes that make pages would find for itself: neighbours, counts, templates."""
    site.catalogue.prepare()
    supply_of(site.catalogue).prepare()
    compile_templates()


def compile_templates() -> None:
    """Compile the templates of nearly all pages, unless they are already."""
    for name in environment().list_templates(filter_func=lambda name: name in _FREQUENT or name.startswith("_")):
        environment().get_template(name)


def data_plan(site: Site) -> Plan:
    """Give the page that lists the data files, again once they are known."""
    return next(plan for plan in _explaining(site) if plan.url == urls.DATA)


def _explaining(site: Site) -> Iterator[Plan]:
    return reference.plans(site.catalogue, site.settings, site.version, site.files, site.left_out, site.documents)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the environment of the records' templates: escaped and strict; no record's text is ever a template."""
    env = PageEnvironment(
        loader=PackageLoader("annuaire.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a look at each file for each page would cost as much as finding it
        cache_size=-1,  # all of them, in a plain dictionary: each page asks for six
    )
    env.template_class = PageTemplate
    env.context_class = PageContext
    env.globals.update(fr=french, urls=urls, lines=Lines(), suppliers=SupplierLines(), pieces=pieces)
    return env


def render(page: Page) -> str:
    """Fill a page's template; return the HTML of its content, with one apostrophe and one dash."""
    html = environment().get_template(page.template).render(v=page.view, racine=urls.prefix(page.url))
    return typography.page(html)

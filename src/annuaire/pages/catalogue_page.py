"""Plan the buyer's catalogue: its first results, which scripts go on from, and the lists that need none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.supply import supply_of
from annuaire.pages.map import MapView, draw
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.pages.results import FirstResults, first_results

TITLE = "Catalogue des fournisseurs"


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """Fill `catalogue.html`: the lists for a browser without scripts, and the drawing that scripts shade.

    `categories` are those with an offer, each with its number of enterprises; `first`, what is found before
    anything is asked.
    """

    title: str
    crumbs: tuple[Link, ...]
    doors: tuple[Link, ...]
    categories: tuple[Link, ...]
    map: MapView
    first: FirstResults


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the page."""
    yield Plan(urls.CATALOGUE, lambda: _page(catalogue))


def _page(catalogue: Catalogue) -> Page:
    categories = catalogue.vocabularies.categories
    offered = supply_of(catalogue).by_category
    return Page(
        url=urls.CATALOGUE,
        tab="acheter",
        title=TITLE,
        description=(
            "Chercher un fournisseur d’économie sociale par besoin, territoire desservi, forme juridique, "
            "certification et conformité."
        ),
        template="catalogue.html",
        view=CatalogueView(
            title=TITLE,
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link("Catalogue")),
            doors=(
                Link("Toutes les catégories d’achat", urls.CATEGORIES),
                Link("Toutes les entreprises", urls.ENTERPRISES),
                Link("Sur la carte", urls.MAP),
                Link("Par territoire", urls.TERRITORIES),
                Link("Par secteur", urls.SECTORS),
            ),
            categories=tuple(
                Link(c.libelle, urls.category(c.slug), len({line.enterprise.slug for line in offered[c.slug]}))
                for c in categories.values()
                if offered.get(c.slug)
            ),
            map=draw(catalogue),
            first=first_results(catalogue),
        ),
    )

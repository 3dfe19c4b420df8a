"""Plan the map of the enterprises: what scripts fill, and the drawing and the lists that need none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings, Tiles
from annuaire.pages.map import MapView, draw
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.sector import sector_links
from annuaire.pages.territory import mrc_links

TITLE = "Carte des entreprises"


@dataclass(frozen=True, slots=True)
class MapPageView:
    """Fill `carte.html`; `tiles` is the server of a detailed map, which the visitor may ask for, or None."""

    title: str
    crumbs: tuple[Link, ...]
    map: MapView
    territories: tuple[Link, ...]
    sectors: tuple[Link, ...]
    tiles: Tiles | None


def plans(catalogue: Catalogue, settings: Settings) -> Iterator[Plan]:
    """Plan the page."""
    yield Plan(urls.MAP, lambda: _page(catalogue, settings))


def _page(catalogue: Catalogue, settings: Settings) -> Page:
    return Page(
        url=urls.MAP,
        tab="carte",
        title=TITLE,
        description="Les entreprises d’économie sociale sur une carte, par besoin, territoire et secteur.",
        template="carte.html",
        view=MapPageView(
            title=TITLE,
            crumbs=(HOME_CRUMB, Link("Carte")),
            map=draw(catalogue),
            territories=mrc_links(catalogue),
            sectors=sector_links(catalogue),
            tiles=settings.tiles,
        ),
    )

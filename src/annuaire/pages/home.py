"""Plan the home page and the search page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire import french, urls
from annuaire.catalogue import Catalogue
from annuaire.config import Settings
from annuaire.pages.map import MapView, draw
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Row, row
from annuaire.pages.sector import sector_links
from annuaire.pages.territory import mrc_links
from annuaire.vocabularies import TO_SPECIFY

LATEST = 6


@dataclass(frozen=True, slots=True)
class HomeView:
    """Fill `accueil.html`: the numbers (value, noun), the map, the doors' lists and the latest records.

    `region` is the phrase of the place the site covers (« de la Mauricie », « du Québec »); `examples` are needs
    that give results here.
    """

    title: str
    region: str
    numbers: tuple[tuple[str, str, str], ...]
    examples: tuple[Link, ...]
    map: MapView
    territories: tuple[Link, ...]
    sectors: tuple[Link, ...]
    latest: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """Fill `recherche.html`: what a visitor without JavaScript is offered instead."""

    crumbs: tuple[Link, ...]
    doors: tuple[Link, ...]
    sectors: tuple[Link, ...]
    territories: tuple[Link, ...]


def plans(catalogue: Catalogue, settings: Settings, latest: Sequence[str]) -> Iterator[Plan]:
    """Plan both pages; `latest` are the slugs of the records new or changed last, the last one first."""
    yield Plan(urls.HOME, lambda: _home(catalogue, settings, latest))
    yield Plan(urls.SEARCH, lambda: _search(catalogue))


def region_phrase(catalogue: Catalogue) -> str:
    """Name what the site covers: « de la Mauricie », « du Québec »."""
    if len(catalogue.regions) == 1:
        return catalogue.regions[0].de
    if not catalogue.region_codes:
        return "du Québec"
    return french.enumeration([r.de for r in catalogue.regions])


def _home(catalogue: Catalogue, settings: Settings, latest: Sequence[str]) -> Page:
    region = region_phrase(catalogue)
    listed = {e.slug: e for e in catalogue.listed}
    sectors = sector_links(catalogue)
    territories = mrc_links(catalogue)
    shown = [listed[slug] for slug in latest if slug in listed][:LATEST]
    present = [t for t in territories if t.count]
    numbers = (
        _number(len(catalogue.listed), "entreprise", urls.ENTERPRISES),
        _number(len(present), "territoire", urls.TERRITORIES),
        _number(sum(s.url != urls.sector(TO_SPECIFY) for s in sectors), "secteur", urls.SECTORS),
    )
    return Page(
        url=urls.HOME,
        tab="accueil",
        title=settings.site_name,
        description=f"Trouver une entreprise d’économie sociale {region}, ce qu’elle offre et comment la joindre.",
        template="accueil.html",
        view=HomeView(
            title=settings.site_name,
            region=region,
            numbers=numbers,
            examples=_examples(catalogue),
            map=draw(catalogue),
            territories=territories,
            sectors=sectors,
            latest=tuple(row(catalogue, e) for e in shown),
        ),
    )


def _number(value: int, noun: str, url: str) -> tuple[str, str, str]:
    return french.number(value), noun if value < 2 else noun + "s", url


def _examples(catalogue: Catalogue) -> tuple[Link, ...]:
    """Pick three needs a visitor may type, from the public's words for the sectors most present here."""
    ranked = sorted(
        (s for s in catalogue.vocabularies.sectors.values() if s.synonymes and s.slug in catalogue.by_sector),
        key=lambda s: (-len(catalogue.by_sector[s.slug]), s.slug),
    )
    return tuple(Link(s.synonymes[0], f"{urls.SEARCH}?q={'+'.join(s.synonymes[0].split())}") for s in ranked[:3])


def _search(catalogue: Catalogue) -> Page:
    return Page(
        url=urls.SEARCH,
        tab="recherche",
        title="Recherche",
        description="Chercher une entreprise d’économie sociale par besoin, par nom ou par lieu.",
        template="recherche.html",
        view=SearchView(
            crumbs=(HOME_CRUMB, Link("Recherche")),
            doors=(
                Link("Toutes les entreprises", urls.ENTERPRISES),
                Link("Par territoire", urls.TERRITORIES),
                Link("Par secteur", urls.SECTORS),
                Link("Par forme juridique", urls.FORMS),
            ),
            sectors=sector_links(catalogue),
            territories=mrc_links(catalogue),
        ),
        indexed=False,
    )

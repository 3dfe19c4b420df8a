"""Plan the home page and the search page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.around import Around
from annuaire.pages.collection import searched
from annuaire.pages.events import EventLine
from annuaire.pages.map import MapView, draw
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Row, row
from annuaire.pages.sector import sector_links
from annuaire.pages.territory import mrc_links
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.records.collections import COLLECTIONS
from annuaire.text import french
from annuaire.text.names import sort_key

LATEST = 6


@dataclass(frozen=True, slots=True)
class HomeView:
    """Fill `accueil.html`: the numbers (value, noun), the map, the doors' lists, the latest records, the next
    events.

    `region` is the phrase of the place the site covers (« de la Mauricie », « du Québec »); `examples` are needs
    that give results here; `verified` says how many records a person vouched for. `territories` are regions when
    `by_region`: a site of several would list a hundred MRCs before all the rest.
    """

    title: str
    region: str
    numbers: tuple[tuple[str, str, str], ...]
    verified: str
    examples: tuple[Link, ...]
    map: MapView
    by_region: bool
    territories: tuple[Link, ...]
    sectors: tuple[Link, ...]
    latest: tuple[Row, ...]
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """Fill `recherche.html`: what a visitor without JavaScript is offered instead.

    `found` is the address of what is found beside enterprises; "" when nothing is.
    """

    crumbs: tuple[Link, ...]
    found: str
    doors: tuple[Link, ...]
    sectors: tuple[Link, ...]
    territories: tuple[Link, ...]


def plans(catalogue: Catalogue, settings: Settings, latest: Sequence[str], around: Around) -> Iterator[Plan]:
    """Plan both pages; `latest` are the slugs of the records new or changed last, the last one first."""
    yield Plan(urls.HOME, lambda: _home(catalogue, settings, latest, around))
    yield Plan(urls.SEARCH, lambda: _search(catalogue))


def region_phrase(catalogue: Catalogue) -> str:
    """Name what the site covers: « de la Mauricie », « du Québec »."""
    if len(catalogue.regions) == 1:
        return catalogue.regions[0].de
    if len(catalogue.regions) == len(catalogue.territories.regions):  # « toutes », or each of them named
        return "du Québec"
    return french.enumeration([r.de for r in catalogue.regions])


def _home(catalogue: Catalogue, settings: Settings, latest: Sequence[str], around: Around) -> Page:
    region = region_phrase(catalogue)
    listed = {e.slug: e for e in catalogue.listed}
    sectors = sector_links(catalogue)
    territories = mrc_links(catalogue)
    by_region = len(catalogue.regions) > 1
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
            verified=_verified(catalogue),
            examples=_examples(catalogue, settings),
            map=draw(catalogue),
            by_region=by_region,
            territories=_region_links(catalogue) if by_region else territories,
            sectors=sectors,
            latest=tuple(row(catalogue, e) for e in shown),
            events=around.next_events(),
        ),
    )


def _region_links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Link the regions of the site, in French order, with the number of records that have a place in each."""
    places = ({catalogue.mrc(place).region for place in e.etablissements} for e in catalogue.listed)
    counts = Counter(code for codes in places for code in codes)
    regions = sorted(catalogue.regions, key=lambda r: sort_key(r.nom))
    return tuple(Link(r.nom, urls.region(r.slug), counts[r.code]) for r in regions)


def _number(value: int, noun: str, url: str) -> tuple[str, str, str]:
    return french.number(value), noun if value < 2 else noun + "s", url


def _verified(catalogue: Catalogue) -> str:
    """Say how many of the records listed were verified, and how many were not."""
    confirmed = sum(e.verification.is_confirmed for e in catalogue.listed)
    waiting = len(catalogue.listed) - confirmed
    if not confirmed:
        return f"Aucune fiche n’est encore vérifiée{french.NBSP}: {french.number(waiting)} à confirmer."
    done = french.count(confirmed, "fiche vérifiée", "fiches vérifiées")
    return f"{done}, {french.number(waiting)} à confirmer."


def _examples(catalogue: Catalogue, settings: Settings) -> tuple[Link, ...]:
    """Give the needs that the settings suggest, else three of the public's words for what is most offered here."""
    if settings.examples:
        return tuple(_need(text) for text in settings.examples)
    offers = Counter(slug for e in catalogue.listed for slug in {o.categorie for o in e.offres})
    categories = catalogue.vocabularies.categories
    offered = sorted((slug for slug in offers if categories[slug].synonymes), key=lambda slug: (-offers[slug], slug))
    ranked = sorted(
        (s for s in catalogue.vocabularies.sectors.values() if s.synonymes and s.slug in catalogue.by_sector),
        key=lambda s: (-len(catalogue.by_sector[s.slug]), s.slug),
    )
    words = [categories[slug].synonymes[0] for slug in offered] + [s.synonymes[0] for s in ranked]
    return tuple(_need(text) for text in list(dict.fromkeys(words))[:3])


def _need(text: str) -> Link:
    return Link(text, f"{urls.SEARCH}?q={quote_plus(text)}")


def _search(catalogue: Catalogue) -> Page:
    return Page(
        url=urls.SEARCH,
        tab="recherche",
        title="Recherche",
        description="Chercher une entreprise d’économie sociale par besoin, par nom ou par lieu.",
        template="recherche.html",
        view=SearchView(
            crumbs=(HOME_CRUMB, Link("Recherche")),
            found=urls.SEARCH_DATA if searched(catalogue) else "",
            doors=(
                Link("Toutes les entreprises", urls.ENTERPRISES),
                Link("Par territoire", urls.TERRITORIES),
                Link("Par secteur", urls.SECTORS),
                Link("Par forme juridique", urls.FORMS),
                *(Link(one.pages.title, one.pages.address) for one in COLLECTIONS if one.pages and one.searched),
            ),
            sectors=sector_links(catalogue),
            territories=mrc_links(catalogue),
        ),
        indexed=False,
    )

"""Plan what other sites show of the directory in a frame, and the page where they choose it.

The pages shown in a frame have neither header nor footer and their links open in the whole window; robots leave them
aside. What they show is said by their address, in the words of a search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.sector import sector_links

TITLE = "Sur votre site"
LIST, SEARCH, MAP = "liste", "recherche", "carte"
KINDS = ((LIST, urls.EMBEDDED_LIST), (SEARCH, urls.EMBEDDED_SEARCH), (MAP, urls.EMBEDDED_MAP))


@dataclass(frozen=True, slots=True)
class EmbeddingView:
    """Fill `integrer.html`; `mrcs` and `sectors` are (code, title); `site` is the address of this one."""

    crumbs: tuple[Link, ...]
    site: str
    site_name: str
    mrcs: tuple[tuple[str, str], ...]
    sectors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EmbeddedView:
    """Fill `integre.html`: a list, a search field or a map."""

    kind: str
    site_name: str


def plans(catalogue: Catalogue, settings: Settings) -> Iterator[Plan]:
    """Plan the page where one chooses, then those that are shown elsewhere."""
    yield Plan(urls.EMBEDDING, lambda: _choice(catalogue, settings))
    for kind, url in KINDS:
        yield Plan(url, lambda kind=kind, url=url: _embedded(kind, url, settings))  # type: ignore[misc]


def _choice(catalogue: Catalogue, settings: Settings) -> Page:
    return Page(
        url=urls.EMBEDDING,
        tab="integrer",
        title=TITLE,
        description="Montrer sur un autre site une liste, la recherche ou la carte des entreprises d’économie sociale.",
        template="integrer.html",
        view=EmbeddingView(
            crumbs=(HOME_CRUMB, Link("Carte", urls.MAP), Link(TITLE)),
            site=settings.site_url,
            site_name=settings.site_name,
            mrcs=tuple((m.code, m.titre) for m in catalogue.mrcs),
            sectors=tuple((link.url.rstrip("/").rpartition("/")[2], link.text) for link in sector_links(catalogue)),
        ),
    )


def _embedded(kind: str, url: str, settings: Settings) -> Page:
    return Page(
        url=url,
        tab="integre",
        title="Entreprises d’économie sociale",
        description="Ce que d’autres sites montrent de ce répertoire.",
        template="integre.html",
        view=EmbeddedView(kind, settings.site_name),
        indexed=False,
        embedded=True,
    )

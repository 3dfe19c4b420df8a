"""Plan what other sites show of the directory in a frame, and the page where they choose it.

The pages shown in a frame have neither header nor footer and their links open in the whole window; robots leave them
aside. What they show is said by their address, in the words of a search; a list that is asked nothing comes with its
first rows, as its script would write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.config import Settings
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.results import confirmed_first
from annuaire.pages.sector import sector_links
from annuaire.text import french
from annuaire.text.typography import plain

TITLE = "Sur votre site"
LIST, SEARCH, MAP = "liste", "recherche", "carte"
MOST = 20  # rows of a list: the directory shows the rest
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
class EmbeddedRow:
    """Show an enterprise in a frame."""

    name: str
    url: str
    town: str
    sector: str


@dataclass(frozen=True, slots=True)
class EmbeddedView:
    """Fill `integre.html`: a list, a search field or a map; `said` counts, `rows` are the first of a list."""

    kind: str
    site_name: str
    said: str = ""
    rows: tuple[EmbeddedRow, ...] = ()


def plans(catalogue: Catalogue, settings: Settings) -> Iterator[Plan]:
    """Plan the page where one chooses, then those that are shown elsewhere."""
    yield Plan(urls.EMBEDDING, lambda: _choice(catalogue, settings))
    for kind, url in KINDS:
        yield Plan(url, lambda kind=kind, url=url: _embedded(kind, url, catalogue, settings))  # type: ignore[misc]


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


def _listed(catalogue: Catalogue, settings: Settings) -> EmbeddedView:
    sure, others = confirmed_first(catalogue)
    found = [*sure, *others]
    more = f", dont voici les {MOST} premières" if len(found) > MOST else ""
    sectors = catalogue.vocabularies.sectors
    rows = tuple(
        EmbeddedRow(
            plain(e.nom), urls.enterprise(e.slug), catalogue.municipality(e.lieu).nom, sectors[e.secteur].libelle
        )
        for e in found[:MOST]
    )
    return EmbeddedView(LIST, settings.site_name, f"{french.count(len(found), 'entreprise')}{more}.", rows)


def _embedded(kind: str, url: str, catalogue: Catalogue, settings: Settings) -> Page:
    return Page(
        url=url,
        tab="integre",
        title="Entreprises d’économie sociale",
        description="Ce que d’autres sites montrent de ce répertoire.",
        template="integre.html",
        view=_listed(catalogue, settings) if kind == LIST else EmbeddedView(kind, settings.site_name),
        indexed=False,
        embedded=True,
    )

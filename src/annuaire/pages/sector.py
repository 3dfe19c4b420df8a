"""Plan the sector pages: the list of sectors, one sector by MRC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages import card
from annuaire.pages.documents import OF_SECTOR, Document, about
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Group, Pagination, page_count, paginate, row, waiting_note
from annuaire.places.vocabularies import TO_SPECIFY, Sector
from annuaire.text import french
from annuaire.text.names import sort_key


@dataclass(frozen=True, slots=True)
class SectorsView:
    """Fill `secteurs.html`: each sector with its description and its count (one without enterprise is left out)."""

    crumbs: tuple[Link, ...]
    sectors: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class SectorView:
    """Fill `secteur.html`: one sector, its enterprises by MRC.

    `territories` links to each of them when the groups of this page do not show them all; else it is empty. `waiting`
    says how many of the whole list are to confirm, or nothing; `documents` are those to print, `shared` leads to
    the picture that goes with the page when it is shared.
    """

    title: str
    crumbs: tuple[Link, ...]
    count: str
    description: str
    territories: tuple[Link, ...]
    waiting: str
    groups: tuple[Group, ...]
    pagination: Pagination
    documents: tuple[Document, ...]
    shared: str


def plans(catalogue: Catalogue, settings: Settings, documents: Sequence[Document] = ()) -> Iterator[Plan]:
    """Plan the sector pages."""
    yield Plan(urls.SECTORS, lambda: _sectors(catalogue))
    for slug, sector in catalogue.vocabularies.sectors.items():
        found = catalogue.by_sector.get(slug, ())
        if found:
            for number in range(1, page_count(found) + 1):
                yield Plan(
                    urls.page(urls.sector(slug), number),
                    lambda s=sector, n=number: _sector(catalogue, settings, s, n, documents),  # type: ignore[misc]
                    repr(documents),
                )


def sector_links(catalogue: Catalogue) -> tuple[Link, ...]:
    """Link the sectors that have enterprises, in French order, « à préciser » last."""
    present = [s for s in catalogue.vocabularies.sectors.values() if s.slug in catalogue.by_sector]
    present.sort(key=lambda s: (s.slug == TO_SPECIFY, sort_key(s.libelle)))
    return tuple(Link(s.libelle, urls.sector(s.slug), len(catalogue.by_sector[s.slug])) for s in present)


def _sectors(catalogue: Catalogue) -> Page:
    by_url = {urls.sector(s.slug): s.description for s in catalogue.vocabularies.sectors.values()}
    return Page(
        url=urls.SECTORS,
        tab="secteurs",
        title="Secteurs d’activité",
        description="Les entreprises d’économie sociale par secteur d’activité.",
        template="secteurs.html",
        view=SectorsView(
            (HOME_CRUMB, Link("Secteurs")), tuple((link, by_url[link.url]) for link in sector_links(catalogue))
        ),
    )


def _sector(
    catalogue: Catalogue, settings: Settings, sector: Sector, number: int, documents: Sequence[Document]
) -> Page:
    said = card.of_sector(catalogue, settings, sector)
    order = {m.code: rank for rank, m in enumerate(catalogue.mrcs)}
    found = sorted(catalogue.by_sector[sector.slug], key=lambda e: order.get(catalogue.mrc(e.lieu).code, len(order)))
    base = urls.sector(sector.slug)
    shown, pagination = paginate(found, base, number)
    count = french.count(len(found), "entreprise")
    suffix = f" (page {number})" if number > 1 else ""
    groups = _groups(catalogue, sector, shown)
    territories = tuple(
        Link(m.titre, urls.territory_sector(m.slug, sector.slug), len(catalogue.by_mrc_sector[m.code, sector.slug]))
        for m in catalogue.mrcs
        if (m.code, sector.slug) in catalogue.by_mrc_sector
    )
    return Page(
        url=urls.page(base, number),
        tab="secteurs",
        title=sector.libelle + suffix,
        description=f"{sector.libelle}{french.NBSP}: {count} d’économie sociale, par territoire.",
        template="secteur.html",
        view=SectorView(
            title=sector.libelle + suffix,
            crumbs=(HOME_CRUMB, Link("Secteurs", urls.SECTORS), Link(sector.libelle)),
            count=count,
            description=sector.description,
            territories=() if {link.url for link in territories} <= {g.url for g in groups} else territories,
            waiting=waiting_note(found),
            groups=groups,
            pagination=pagination,
            documents=about(documents, sector.slug, OF_SECTOR),
            shared=urls.shared_picture(base) if said else "",
        ),
        indexed=number == 1,
        picture=card.picture(base, said) if said else None,
    )


def _groups(catalogue: Catalogue, sector: Sector, enterprises: Sequence[Enterprise]) -> tuple[Group, ...]:
    groups: dict[str, list[Enterprise]] = {}
    for enterprise in enterprises:
        groups.setdefault(catalogue.mrc(enterprise.lieu).code, []).append(enterprise)
    return tuple(
        Group(
            title=catalogue.territories.mrcs[code].titre,
            anchor=f"territoire-{catalogue.territories.mrcs[code].slug}",
            rows=tuple(row(catalogue, e) for e in found),
            url=(
                urls.territory_sector(catalogue.territories.mrcs[code].slug, sector.slug)
                if code in catalogue.mrc_codes
                else ""
            ),
            total=len(found),
        )
        for code, found in groups.items()
    )

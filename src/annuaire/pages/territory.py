"""Plan the territory pages: the list of territories, one MRC or equivalent, one region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.pages import card
from annuaire.pages.around import Around, AroundView
from annuaire.pages.documents import LEAFLET, OF_TERRITORY, Document, about
from annuaire.pages.listing import territory_crumbs
from annuaire.pages.map import MapView, draw
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.rows import Group, Pagination, is_alone, page_count, paginate, row, waiting_note
from annuaire.places.territories import Mrc, Region
from annuaire.text import french
from annuaire.text.markup import markdown


@dataclass(frozen=True, slots=True)
class TerritoriesView:
    """Fill `territoires.html`: the map, then the territories with their counts, by region."""

    crumbs: tuple[Link, ...]
    map: MapView
    regions: tuple[tuple[Link, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class TerritoryView:
    """Fill `territoire.html`: one MRC or equivalent.

    `waiting` says how many of the whole list are to confirm, or nothing. `facts` are (label, value) pairs; `groups`
    holds the page's rows by sector; `sectors`, `municipalities` and `neighbours` link to narrower and nearby pages;
    `help` leads to who can help here; `figures` are what is known of the territory (label, value, year, source);
    `documents` are those to print, `shared` leads to the picture that goes with the page when it is shared.
    """

    title: str
    crumbs: tuple[Link, ...]
    count: str
    dans: str
    feed: str
    presentation: Markup
    source: str
    facts: tuple[tuple[str, str], ...]
    sectors: tuple[Link, ...]
    municipalities: tuple[Link, ...]
    waiting: str
    groups: tuple[Group, ...]
    pagination: Pagination
    partners: tuple[Item, ...]
    links: tuple[Item, ...]
    neighbours: tuple[Link, ...]
    help: str
    around: AroundView
    figures: tuple[Item, ...]
    documents: tuple[Document, ...]
    shared: str


@dataclass(frozen=True, slots=True)
class RegionView:
    """Fill `region.html`: one region, its map, its territories, its sectors."""

    title: str
    crumbs: tuple[Link, ...]
    count: str
    map: MapView
    facts: tuple[tuple[str, str], ...]
    territories: tuple[Link, ...]
    sectors: tuple[Link, ...]
    around: AroundView


def plans(
    catalogue: Catalogue, settings: Settings, around: Around, documents: Sequence[Document] = ()
) -> Iterator[Plan]:
    """Plan the territory pages."""
    yield Plan(urls.TERRITORIES, lambda: _territories(catalogue))
    for region in catalogue.regions:
        yield Plan(urls.region(region.slug), lambda r=region: _region(catalogue, r, around))  # type: ignore[misc]
    for mrc in catalogue.mrcs:
        base = urls.territory(mrc.slug)
        for number in range(1, page_count(catalogue.by_mrc.get(mrc.code, ())) + 1):
            yield Plan(
                urls.page(base, number),
                lambda m=mrc, n=number: _territory(catalogue, settings, m, n, around, documents),  # type: ignore[misc]
                f"{around.told(mrc)}\n{documents}",
            )


def mrc_links(catalogue: Catalogue, region: str = "") -> tuple[Link, ...]:
    """Link the MRCs and equivalents of the site (of one region) with their counts."""
    return tuple(
        Link(m.titre, urls.territory(m.slug), len(catalogue.by_mrc.get(m.code, ())))
        for m in catalogue.mrcs
        if not region or m.region == region
    )


def _territories(catalogue: Catalogue) -> Page:
    return Page(
        url=urls.TERRITORIES,
        tab="territoires",
        title="Territoires",
        description="Les entreprises d’économie sociale par MRC et territoire équivalent.",
        template="territoires.html",
        view=TerritoriesView(
            crumbs=(HOME_CRUMB, Link("Territoires")),
            map=draw(catalogue),
            regions=tuple((Link(r.nom, urls.region(r.slug)), mrc_links(catalogue, r.code)) for r in catalogue.regions),
        ),
    )


def _territory(
    catalogue: Catalogue, settings: Settings, mrc: Mrc, number: int, around: Around, documents: Sequence[Document]
) -> Page:
    said = card.of_territory(catalogue, settings, mrc)
    enterprises = _by_sector(catalogue, catalogue.by_mrc.get(mrc.code, ()))
    base = urls.territory(mrc.slug)
    shown, pagination = paginate(enterprises, base, number)
    note = catalogue.notes.get(mrc.code)
    count = french.count(len(enterprises), "entreprise") if enterprises else "Aucune entreprise répertoriée"
    suffix = f" (page {number})" if number > 1 else ""
    by_town = "" if is_alone(catalogue, mrc.code) else " et par municipalité"
    return Page(
        url=urls.page(base, number),
        tab="territoires",
        title=mrc.titre + suffix,
        description=f"{count} d’économie sociale {mrc.dans}, par secteur{by_town}.",
        template="territoire.html",
        feed=(f"Nouveautés {mrc.dans}", urls.territory_news(mrc.slug)),
        view=TerritoryView(
            title=mrc.titre + suffix,
            crumbs=(*territory_crumbs(mrc)[:-1], Link(mrc.titre)),
            count=count,
            dans=mrc.dans,
            feed=urls.territory_news(mrc.slug),
            presentation=markdown(note.presentation) if note and number == 1 else Markup(),
            source=note.source if note and number == 1 else "",
            facts=_facts(catalogue, mrc),
            sectors=sector_links(catalogue, mrc),
            municipalities=_municipality_links(catalogue, mrc),
            waiting=waiting_note(enterprises),
            groups=_groups(catalogue, mrc, shown),
            pagination=pagination,
            partners=note.partenaires if note else (),
            links=note.liens if note else (),
            neighbours=tuple(
                Link(catalogue.territories.mrcs[code].titre, urls.territory(catalogue.territories.mrcs[code].slug))
                for code in catalogue.territories.neighbours.get(mrc.code, ())
                if code in catalogue.mrc_codes
            ),
            help=urls.help_asked(mrc.code),
            around=around.in_mrc(mrc),
            figures=note.chiffres if note else (),
            documents=about(documents, mrc.slug, LEAFLET, OF_TERRITORY),
            shared=urls.shared_picture(base) if said else "",
        ),
        indexed=number == 1,
        picture=card.picture(base, said) if said else None,
    )


def _by_sector(catalogue: Catalogue, enterprises: tuple[Enterprise, ...]) -> tuple[Enterprise, ...]:
    order = {slug: rank for rank, slug in enumerate(catalogue.vocabularies.sectors)}
    return tuple(sorted(enterprises, key=lambda e: order[e.secteur]))


def _groups(catalogue: Catalogue, mrc: Mrc, enterprises: object) -> tuple[Group, ...]:
    groups: dict[str, list[Enterprise]] = {}
    for enterprise in enterprises:  # type: ignore[attr-defined]
        groups.setdefault(enterprise.secteur, []).append(enterprise)
    return tuple(
        Group(
            title=catalogue.vocabularies.sectors[slug].libelle,
            anchor=f"secteur-{slug}",
            rows=tuple(row(catalogue, e, here=mrc.nom) for e in found),
            url=urls.territory_sector(mrc.slug, slug),
            total=len(catalogue.by_mrc_sector.get((mrc.code, slug), ())),
        )
        for slug, found in groups.items()
    )


def sector_links(catalogue: Catalogue, mrc: Mrc) -> tuple[Link, ...]:
    """Link the sectors present in an MRC."""
    return tuple(
        Link(sector.libelle, urls.territory_sector(mrc.slug, slug), len(catalogue.by_mrc_sector[mrc.code, slug]))
        for slug, sector in catalogue.vocabularies.sectors.items()
        if (mrc.code, slug) in catalogue.by_mrc_sector
    )


def _municipality_links(catalogue: Catalogue, mrc: Mrc) -> tuple[Link, ...]:
    if is_alone(catalogue, mrc.code):
        return ()
    return tuple(
        Link(m.nom, urls.municipality(mrc.slug, m.slug), len(catalogue.by_municipality[m.code]))
        for m in catalogue.territories.municipalities_of(mrc.code)
        if m.code in catalogue.by_municipality
    )


def _facts(catalogue: Catalogue, mrc: Mrc) -> tuple[tuple[str, str], ...]:
    region = catalogue.territories.regions[mrc.region]
    kind = "Municipalité régionale de comté (MRC)" if mrc.is_mrc else "Territoire équivalent à une MRC"
    facts = [("Région", region.nom), ("Type", kind)]
    if mrc.population:
        facts.append(("Population", f"{french.number(mrc.population)} habitants"))
    if mrc.nb_municipalites > 1:
        facts.append(("Municipalités et autres territoires", french.number(mrc.nb_municipalites)))
    return tuple(facts)


def _region(catalogue: Catalogue, region: Region, around: Around) -> Page:
    mrcs = [m for m in catalogue.mrcs if m.region == region.code]
    enterprises = {e.slug: e for m in mrcs for e in catalogue.by_mrc.get(m.code, ())}
    count = french.count(len(enterprises), "entreprise")
    counts = catalogue.count_by_sector(enterprises.values())
    return Page(
        url=urls.region(region.slug),
        tab="territoires",
        title=f"L’économie sociale {region.en}",
        description=f"{count} d’économie sociale {region.en}, par territoire et par secteur.",
        template="region.html",
        view=RegionView(
            title=region.nom,
            crumbs=(HOME_CRUMB, Link("Territoires", urls.TERRITORIES), Link(region.nom)),
            count=count,
            map=draw(catalogue, region.code),
            facts=(("Population", f"{french.number(region.population)} habitants"),) if region.population else (),
            territories=mrc_links(catalogue, region.code),
            sectors=tuple(
                Link(sector.libelle, urls.sector(slug), counts[slug])
                for slug, sector in catalogue.vocabularies.sectors.items()
                if counts[slug]
            ),
            around=around.in_region([mrc for mrc in catalogue.mrcs if mrc.region == region.code]),
        ),
        reads_all=True,
    )

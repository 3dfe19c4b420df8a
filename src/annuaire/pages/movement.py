"""Plan the pages of « L’économie sociale, j’achète! »: what it is, for a municipal council; how an enterprise joins.

They say what records and public documents say, each with its source, and speak for nobody: how to reach the Pôle
shows only when the settings say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.config import Pole, Settings
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.records.collections import BUYERS, COHORTS
from annuaire.schema import load
from annuaire.text import french

NAME = "L’économie sociale, j’achète!"
COUNCIL = "L’initiative, pour un conseil municipal"
JOIN = "Participer, pour une entreprise"
_NO_YEAR = "Année non précisée"


@dataclass(frozen=True, slots=True)
class Sourced:
    """Say where a fact was read: words, an address where one is certain, the day it was checked."""

    text: str
    href: str
    checked: str


@dataclass(frozen=True, slots=True)
class BuyerLine:
    """Hold one engaged buyer: name, kind, where, since when, to what."""

    name: str
    href: str
    facts: tuple[str, ...]
    engagement: str
    note: str
    source: Sourced


@dataclass(frozen=True, slots=True)
class CohortLine:
    """Hold one cohort; `year` is empty when the source does not say it."""

    name: str
    year: str
    facts: tuple[str, ...]
    note: str
    source: Sourced


@dataclass(frozen=True, slots=True)
class MovementView:
    """Fill `initiative.html` and `participer.html`.

    `cohorts` are by year; `partners` by territory (name, role, address); `members` counts the enterprises of this
    directory that take part, by cohort; `tools` and `territories` lead to pages of the site.
    """

    title: str
    crumbs: tuple[Link, ...]
    cohorts: tuple[tuple[str, tuple[CohortLine, ...]], ...]
    partners: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    buyers: tuple[BuyerLine, ...]
    members: tuple[tuple[str, int], ...]
    pole: Pole
    is_demonstration: bool


def plans(catalogue: Catalogue, settings: Settings) -> Iterator[Plan]:
    """Plan both pages."""
    for url, title, description, template in (
        (
            urls.INITIATIVE,
            COUNCIL,
            f"Ce qu’est «\u00a0{NAME}\u00a0» et ce qu’un conseil municipal peut faire.",
            "initiative.html",
        ),
        (
            urls.JOIN,
            JOIN,
            f"Comment une entreprise d’économie sociale prend part à «\u00a0{NAME}\u00a0».",
            "participer.html",
        ),
    ):
        yield Plan(
            url,
            lambda u=url, t=title, d=description, name=template: Page(  # type: ignore[misc]
                url=u,
                tab="acheter",
                title=t,
                description=d,
                template=name,
                view=_view(t, catalogue, settings),
            ),
        )


def _view(title: str, catalogue: Catalogue, settings: Settings) -> MovementView:
    years: dict[str, list[CohortLine]] = {}
    for cohort in catalogue.items[COHORTS]:
        line = _cohort(cohort, catalogue)
        years.setdefault(line.year or _NO_YEAR, []).append(line)
    return MovementView(
        title=title,
        crumbs=(HOME_CRUMB, BUY_CRUMB, Link(title)),
        cohorts=tuple((year, tuple(lines)) for year, lines in years.items()),
        partners=tuple(_partners(catalogue.items[COHORTS])),
        buyers=tuple(_buyer(buyer, catalogue) for buyer in catalogue.items[BUYERS]),
        members=tuple(_members(catalogue)),
        pole=settings.pole,
        is_demonstration=settings.is_demonstration,
    )


def _members(catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """Count the enterprises of the directory that take part, by cohort or by year."""
    counts: dict[str, int] = {}
    for enterprise in catalogue.listed:
        own = enterprise.jachete
        if own:
            label = own.cohorte or (f"Depuis {own.depuis}" if own.depuis else _NO_YEAR)
            counts[label] = counts.get(label, 0) + 1
    yield from sorted(counts.items())


def _partners(cohorts: Iterable[Item]) -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    """List partners by territory, those of no stated territory last."""
    found: dict[str, dict[str, Item]] = {}
    for cohort in cohorts:
        for partner in cohort.partenaires:
            found.setdefault(partner.territoire, {}).setdefault(partner.nom, partner)
    for territory in sorted(found, key=lambda name: not name):
        own = found[territory].values()
        yield territory or "Tous les territoires", tuple((p.nom, p.role, p.site_web) for p in own)


def _where(region: str, mrc: str, catalogue: Catalogue) -> tuple[str, ...]:
    territories = catalogue.territories
    found = []
    if mrc in territories.mrcs:
        found.append(territories.mrcs[mrc].titre)
    if region in territories.regions:
        found.append(territories.regions[region].nom)
    return tuple(dict.fromkeys(found))


def _cohort(cohort: Item, catalogue: Catalogue) -> CohortLine:
    number = (french.count(cohort.entreprises, "entreprise"),) if cohort.entreprises else ()
    return CohortLine(
        name=cohort.nom,
        year=str(cohort.annee or ""),
        facts=(*number, *_where(cohort.region, cohort.mrc, catalogue)),
        note=cohort.note,
        source=_sourced(cohort),
    )


def _buyer(buyer: Item, catalogue: Catalogue) -> BuyerLine:
    kind = load(BUYERS).root.field("genre").labels[buyer.genre]
    since = (f"depuis {buyer.depuis}",) if buyer.depuis else ()
    return BuyerLine(
        name=buyer.nom,
        href=buyer.site_web,
        facts=(kind, *_where(buyer.region, buyer.mrc, catalogue), *since),
        engagement=buyer.engagement,
        note=buyer.note,
        source=_sourced(buyer),
    )


def _sourced(item: Item) -> Sourced:
    checked = french.day(item.verifie_le) if item.verifie_le else ""
    return Sourced(item.source, item.source_url, checked)

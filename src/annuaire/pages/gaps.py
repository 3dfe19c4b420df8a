"""Plan the pages that show where suppliers are missing: needs in lines, territories in columns.

A site that covers one region has one page; another has one for each region, after a page that sums them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.supply import Supply, Tally
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan
from annuaire.places.territories import Mrc, Region
from annuaire.places.vocabularies import TO_SPECIFY
from annuaire.text import french

TITLE = "Où il manque des fournisseurs"
SHORT = "Fournisseurs manquants"
# From which number of suppliers a cell takes each shade: none, only one, a few, enough to invite several.
SHADES = (0, 1, 2, 4)


@dataclass(frozen=True, slots=True)
class Cell:
    """Show one tally: `text` alone says everything, `shade` (0-3) repeats it."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """Show one need in each territory, then how many of its suppliers have a confirmed offer, all territories."""

    need: Link
    cells: tuple[Cell, ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class GapBody:
    """Gather the lines of one group of needs; `title` may be empty."""

    title: str
    lines: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class GapTable:
    """Hold one table; `absent` names the needs that nobody answers anywhere in it, which have no line."""

    title: str
    anchor: str
    noun: str
    columns: tuple[Link, ...]
    bodies: tuple[GapBody, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """Fill `lacunes.html`: the tables of one region, or the regions of the site (name, none, single, several)."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    tables: tuple[GapTable, ...]
    regions: tuple[tuple[Link, str, str, str], ...]


def plans(supply: Supply) -> Iterator[Plan]:
    """Plan the page of gaps, and one for each region when there are several."""
    regions = supply.catalogue.regions
    if len(regions) == 1:
        yield Plan(urls.GAPS, lambda: _page(supply, regions[0], urls.GAPS))
        return
    yield Plan(urls.GAPS, lambda: _regions(supply))
    for region in regions:
        url = urls.gaps_region(region.slug)
        yield Plan(url, lambda r=region, u=url: _page(supply, r, u))  # type: ignore[misc]


def _regions(supply: Supply) -> Page:
    lines = []
    for region in supply.catalogue.regions:
        counts = [0, 0, 0]
        for tally in _tallies(supply, region):
            counts[min(tally.total, 2)] += 1
        shown = tuple(french.number(count) for count in counts)
        lines.append((Link(region.nom, urls.gaps_region(region.slug)), *shown))
    return Page(
        url=urls.GAPS,
        tab="acheter",
        title=TITLE,
        description="Les besoins sans fournisseur d’économie sociale connu, par région.",
        template="lacunes.html",
        view=GapsView(
            title=TITLE,
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link(SHORT)),
            lead="Chaque catégorie d’achat dans chaque territoire, par région\u00a0: combien n’ont aucun fournisseur "
            "connu, un seul, ou plusieurs.",
            tables=(),
            regions=tuple(lines),  # type: ignore[arg-type]
        ),
    )


def _tallies(supply: Supply, region: Region) -> Iterable[Tally]:
    codes = {m.code for m in supply.catalogue.mrcs if m.region == region.code}
    return (gap.tally for gap in supply.gaps if gap.kind == "categorie" and gap.mrc in codes)


def _page(supply: Supply, region: Region, url: str) -> Page:
    mrcs = [m for m in supply.catalogue.mrcs if m.region == region.code]
    is_only = url == urls.GAPS
    crumbs = (
        HOME_CRUMB,
        BUY_CRUMB,
        *(() if is_only else (Link(SHORT, urls.GAPS),)),
        Link(SHORT if is_only else region.nom),
    )
    return Page(
        url=url,
        tab="acheter",
        title=TITLE if is_only else f"{TITLE} {region.en}",
        description=f"Les fournisseurs d’économie sociale {region.en} et ceux qui manquent, par besoin et territoire.",
        template="lacunes.html",
        view=GapsView(
            title=TITLE if is_only else f"{TITLE} {region.en}",
            crumbs=crumbs,
            lead=f"Par catégorie d’achat et par secteur, dans chaque territoire {region.de}.",
            tables=(_categories(supply, mrcs), _sectors(supply, mrcs)),
            regions=(),
        ),
    )


def _categories(supply: Supply, mrcs: Sequence[Mrc]) -> GapTable:
    vocabularies = supply.catalogue.vocabularies
    groups: dict[str, list[GapLine]] = {slug: [] for slug in vocabularies.groups}
    absent = []
    for slug, category in vocabularies.categories.items():
        tallies = [supply.tally("categorie", slug, m.code) for m in mrcs]
        if not any(tally.total for tally in tallies):
            absent.append(category.libelle)
            continue
        groups[category.groupe].append(
            _line(supply, Link(category.libelle, urls.category(slug)), slug, "categorie", mrcs)
        )
    return GapTable(
        "Par catégorie d’achat",
        "par-categorie",
        "Catégorie d’achat",
        _columns(mrcs),
        tuple(GapBody(vocabularies.groups[slug], tuple(lines)) for slug, lines in groups.items() if lines),
        tuple(absent),
    )


def _sectors(supply: Supply, mrcs: Sequence[Mrc]) -> GapTable:
    lines, absent = [], []
    for slug, sector in supply.catalogue.vocabularies.sectors.items():
        if slug == TO_SPECIFY:
            continue
        if any(supply.tally("secteur", slug, m.code).total for m in mrcs):
            lines.append(_line(supply, Link(sector.libelle, urls.sector(slug)), slug, "secteur", mrcs))
        else:
            absent.append(sector.libelle)
    bodies = (GapBody("", tuple(lines)),) if lines else ()
    return GapTable("Par secteur", "par-secteur", "Secteur", _columns(mrcs), bodies, tuple(absent))


def _columns(mrcs: Sequence[Mrc]) -> tuple[Link, ...]:
    return tuple(Link(m.nom, urls.territory(m.slug)) for m in mrcs)


def _line(supply: Supply, need: Link, slug: str, kind: str, mrcs: Sequence[Mrc]) -> GapLine:
    lines = (supply.by_category if kind == "categorie" else supply.by_sector).get(slug, ())
    codes = {m.code for m in mrcs}
    confirmed = {
        line.enterprise.slug
        for line in lines
        if line.is_confirmed and (line.area.is_whole_province or codes & (line.homes | line.area.codes))
    }
    return GapLine(need, tuple(cell(supply.tally(kind, slug, m.code)) for m in mrcs), french.number(len(confirmed)))


def cell(tally: Tally) -> Cell:
    """Show a tally, its shade after the number of suppliers."""
    return Cell(tally.text, max(shade for shade, least in enumerate(SHADES) if tally.total >= least))

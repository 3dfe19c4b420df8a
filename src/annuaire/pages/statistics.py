"""Plan the page of statistics: each table of `annuaire.catalogue.statistics`, drawn, said and given as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.statistics import Statistics
from annuaire.pages import charts
from annuaire.pages.charts import Bars, Columns
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.text import french
from annuaire.text.figures import Kind, Table, shown

TITLE = "Statistiques"
LONG = 30  # rows


@dataclass(frozen=True, slots=True)
class Section:
    """Show one table: its sentence, its drawing where there is one, its rows (a link, then cells) and its file."""

    anchor: str
    title: str
    sentence: str
    bars: Bars | None
    columns: Columns | None
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]
    file: str

    @property
    def is_long(self) -> bool:
        """Tell a table that a page had better fold."""
        return len(self.rows) > LONG


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """Fill `statistiques.html`; `terms` says what the columns count."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    terms: str
    sections: tuple[Section, ...]


def plans(statistics: Statistics) -> Iterator[Plan]:
    """Plan the page."""
    yield Plan(urls.STATISTICS, lambda: _page(statistics))


def _page(statistics: Statistics) -> Page:
    tables = statistics.tables
    return Page(
        url=urls.STATISTICS,
        tab="statistiques",
        title=TITLE,
        description="Le répertoire en chiffres\u00a0: part de chaque territoire et de chaque secteur, formes, "
        "adhésion, offres et évolution, avec les tableaux à télécharger.",
        template="statistiques.html",
        view=StatisticsView(
            title=TITLE,
            crumbs=(HOME_CRUMB, Link(TITLE)),
            lead=f"Le répertoire en chiffres, au {french.day(statistics.day)}.",
            terms=statistics.terms,
            sections=tuple(_section(statistics.catalogue, table) for table in tables),
        ),
        reads_all=True,
    )


def _section(catalogue: Catalogue, table: Table) -> Section:
    codes = table.values("code")
    texts = tuple(table.texts())
    is_timed = table.code == "mois"
    drawn = charts.columns(_months(table)) if is_timed else None
    bars = None if is_timed or table.code == "ensemble" else charts.bars(_counts(table))
    return Section(
        anchor=table.code,
        title=table.title,
        sentence=table.sentence,
        bars=bars,
        columns=drawn,
        caption=_caption(bars, drawn),
        headings=tuple(column.title for column in table.shown),
        rows=tuple(
            (Link(text[0], _address(catalogue, table.code, str(code))), text[1:])
            for code, text in zip(codes, texts, strict=True)
        ),
        file=urls.statistics_file(table.code),
    )


def _counts(table: Table) -> list[tuple[str, int, str]]:
    """Give what is drawn of each row: its first count, in words with its share where there is one."""
    rank = next(rank for rank, column in enumerate(table.columns) if column.kind is Kind.COUNT)
    parts = table.values("part") if any(column.key == "part" for column in table.columns) else ()
    found = []
    for place, (label, row) in enumerate(zip(table.values("libelle"), table.rows, strict=True)):
        count = row[rank]
        part = f" ({shown(parts[place], Kind.SHARE)})" if parts else ""
        found.append((str(label), count if isinstance(count, int) else 0, f"{shown(count, Kind.COUNT)}{part}"))
    return found


def _months(table: Table) -> list[tuple[str, int, int]]:
    return [(str(label), int(whole or 0), int(part or 0)) for _, label, whole, part in table.rows]


def _caption(bars: Bars | None, columns: Columns | None) -> str:
    """Say how to read a drawing, and what it leaves to the table."""
    said = (
        "Barre entière\u00a0: les entreprises; partie pleine\u00a0: celles dont la fiche est vérifiée."
        if columns
        else ""
    )
    if bars and bars.left_out:
        said = f"Les {charts.MOST_BARS} premières lignes; le tableau les a toutes."
    if columns and columns.left_out:
        said = f"{said} Les {charts.MOST_COLUMNS} derniers mois; le tableau les a tous."
    return said


def _address(catalogue: Catalogue, by: str, code: str) -> str:
    """Give the page of what a row counts; "" when there is none."""
    if by == "region" and code in catalogue.territories.regions:
        return urls.region(catalogue.territories.regions[code].slug)
    if by == "mrc" and code in catalogue.mrc_codes:
        return urls.territory(catalogue.territories.mrcs[code].slug)
    if by == "secteur" and code in catalogue.by_sector:
        return urls.sector(code)
    if by == "forme" and code in catalogue.by_form:
        return urls.form(code)
    return urls.category(code) if by == "offres" else ""

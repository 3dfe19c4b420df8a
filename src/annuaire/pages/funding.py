"""Plan « Relevé des sources de financement »: the programmes that give, lend or gather money, as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire import schema, urls
from annuaire.catalogue.helping import FINISHED, PROGRAMMES, help_of
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item
from annuaire.catalogue.sources import day_text
from annuaire.pages.collection import serves
from annuaire.pages.documents import FINANCING, Document, about
from annuaire.pages.help import HELP_CRUMB, TAB, territory_choices
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan
from annuaire.pages.reach import Reach, reach, record_link, since_text, stages_text
from annuaire.pages.record import Amount, amount_text, named
from annuaire.text import french

TITLE = "Relevé des sources de financement"


@dataclass(frozen=True, slots=True)
class FundingRow:
    """Show a programme of financing in a line, in words; `stage_codes` and `mrcs` (none for all of them) serve the
    filter, `most`, the highest amount in dollars, the order.
    """

    link: Link
    summary: str
    kind: str
    state: str
    is_finished: bool
    amounts: tuple[Amount, ...]
    stages: str
    stage_codes: tuple[str, ...]
    where: str
    organiser: Link
    reach: Reach
    checked: str
    mrcs: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class FundingView:
    """Fill `financement.html`; `kinds`, `stages` and `territories` (by region) are the choices of the filter.

    `documents` are those to print.
    """

    crumbs: tuple[Link, ...]
    rows: tuple[FundingRow, ...]
    kinds: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]
    territories: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    day: str
    documents: tuple[Document, ...]


def plans(catalogue: Catalogue, day: str, documents: Sequence[Document] = ()) -> Iterator[Plan]:
    """Plan the page; `day` is the reference date, in words."""
    yield Plan(urls.FUNDING, lambda: _funding(catalogue, day, documents))


def rows(catalogue: Catalogue) -> tuple[FundingRow, ...]:
    """List the sources of financing, those that are over last."""
    items = sorted(help_of(catalogue).of_financing(), key=lambda item: item.statut in FINISHED)
    return tuple(_row(catalogue, item) for item in items)


def _funding(catalogue: Catalogue, day: str, documents: Sequence[Document]) -> Page:
    laid, found = rows(catalogue), help_of(catalogue)
    return Page(
        url=urls.FUNDING,
        tab=TAB,
        title=TITLE,
        description="Subventions, prêts, capital patient, microcrédit et autres sources d’argent, avec leur état.",
        template="financement.html",
        view=FundingView(
            crumbs=(HOME_CRUMB, HELP_CRUMB, Link(TITLE)),
            rows=laid,
            kinds=tuple(sorted({row.kind for row in laid})),
            stages=tuple(found.stages.items()),
            territories=territory_choices(found),
            day=day,
            documents=about(documents, "", FINANCING),
        ),
    )


def _row(catalogue: Catalogue, item: Item) -> FundingRow:
    fields = schema.load(PROGRAMMES).root
    found = help_of(catalogue)
    state = fields.field("statut").labels[item.statut]
    since = since_text(item.statut_depuis)
    return FundingRow(
        link=record_link(PROGRAMMES, item),
        summary=item.resume,
        kind=fields.field("genre").labels[item.genre],
        state=f"{state} {since}" if since else state,
        is_finished=item.statut in FINISHED,
        amounts=tuple(
            Amount(one.objet, amount_text(one.minimum, one.maximum), one.precisions, one.source, day_text(one.date))
            for one in item.montants
        ),
        stages=stages_text(found.stages, item.stades),
        stage_codes=item.stades,
        where=french.sentence(serves(catalogue, item.territoires_desservis)),
        organiser=named(catalogue, "organisations", item.organisateur),
        reach=reach(catalogue, found.contact(PROGRAMMES, item)),
        checked=french.day(item.verifie_le) if item.verifie_le else "",
        mrcs=_mrcs(catalogue, item),
        most=max((one.maximum or one.minimum or 0 for one in item.montants), default=0),
    )


def _mrcs(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    """Give the codes of the MRCs it serves; none when it serves all of Québec, or when nobody said where."""
    codes = set(item.territoires_desservis)
    if "quebec" in codes:
        return ()
    return tuple(sorted((codes - {"region"}) | (catalogue.mrc_codes if "region" in codes else set())))

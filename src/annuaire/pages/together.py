"""Plan the page that proposes who could answer a need together; the browser judges, from what the catalogue says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.pages.mode import offered
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan

TITLE = "Répondre à plusieurs"


@dataclass(frozen=True, slots=True)
class TogetherView:
    """Fill `ensemble.html`: the categories that have an offer, by group; the MRCs of the site (code, title)."""

    crumbs: tuple[Link, ...]
    categories: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    mrcs: tuple[tuple[str, str], ...]


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Plan the page."""
    yield Plan(urls.TOGETHER, lambda: _together(catalogue))


def _together(catalogue: Catalogue) -> Page:
    return Page(
        url=urls.TOGETHER,
        tab="acheter",
        title=TITLE,
        description="Quand aucune entreprise ne couvre seule la quantité ou le territoire : qui pourrait se regrouper.",
        template="ensemble.html",
        view=TogetherView(
            crumbs=(HOME_CRUMB, BUY_CRUMB, Link(TITLE)),
            categories=tuple(offered(catalogue)),
            mrcs=tuple((mrc.code, mrc.titre) for mrc in catalogue.mrcs),
        ),
    )

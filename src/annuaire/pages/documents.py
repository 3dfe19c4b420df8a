"""Plan « Documents »: what the site has to print, with its size and its day. `annuaire.print` makes the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annuaire import urls
from annuaire.pages.page import HOME_CRUMB, Link, Page, Plan

LEAFLET, DIRECTORY, OF_TERRITORY, OF_SECTOR = "prospectus", "repertoire", "repertoire-territoire", "repertoire-secteur"
FINANCING, SHEET = "financement", "fiche"
TITLE = "Documents à imprimer"
_TITLES = {
    LEAFLET: ("Prospectus territoriaux", "L’économie sociale d’un territoire, en un dépliant à imprimer."),
    DIRECTORY: ("Répertoire complet", "Toutes les entreprises, par secteur, avec un index des noms."),
    OF_TERRITORY: ("Répertoires par territoire", "Les entreprises d’un territoire, par municipalité."),
    OF_SECTOR: ("Répertoires par secteur", "Les entreprises d’un secteur, par territoire."),
    FINANCING: ("Relevé des sources de financement", "Les programmes, leur état, leurs montants et leurs sources."),
}


@dataclass(frozen=True, slots=True)
class Document:
    """Describe one document to print: its kind, what it is about (`key`: a slug), its size and its day in words."""

    kind: str
    key: str
    title: str
    url: str
    size: str
    day: str


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """Fill `documents.html`: groups of documents (title, what they are, documents)."""

    crumbs: tuple[Link, ...]
    groups: tuple[tuple[str, str, tuple[Document, ...]], ...]


def plans(documents: Sequence[Document]) -> Iterator[Plan]:
    """Plan the page, where there is something to print."""
    if has_page(documents):
        yield Plan(urls.DOCUMENTS, lambda: _page(documents))


def has_page(documents: Sequence[Document]) -> bool:
    """Tell whether there is something to list: the sheets of enterprises are only on their profiles."""
    return any(one.kind in _TITLES for one in documents)


def about(documents: Sequence[Document], key: str, *kinds: str) -> tuple[Document, ...]:
    """List the documents of some kinds that are about one territory, sector or enterprise, by its slug."""
    return tuple(one for one in documents if one.key == key and one.kind in kinds)


def _page(documents: Sequence[Document]) -> Page:
    grouped = (
        (title, text, tuple(one for one in documents if one.kind == kind)) for kind, (title, text) in _TITLES.items()
    )
    return Page(
        url=urls.DOCUMENTS,
        tab="donnees",
        title=TITLE,
        description="Prospectus par territoire, répertoires et relevé des sources de financement, en PDF.",
        template="documents.html",
        view=DocumentsView(
            crumbs=(HOME_CRUMB, Link(TITLE)),
            groups=tuple(group for group in grouped if group[2]),
        ),
    )

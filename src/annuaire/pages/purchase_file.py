"""Plan the pages of the purchase file: selection, search record, verification of a record.

They hold no record: the buyer's browser fills them from what it keeps itself and from the data of the catalogue. The
words that never change stand in the templates; without scripts, each page says what it is for and leads to the lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annuaire import urls
from annuaire.config import Settings
from annuaire.pages.checks import CHECKS, Check
from annuaire.pages.page import BUY_CRUMB, HOME_CRUMB, Link, Page, Plan

SELECTION = "Ma sélection"
RECORD = "Relevé de recherche"
VERIFY = "Vérifier un relevé"
_LISTS = (
    Link("Catalogue", urls.CATALOGUE),
    Link("Catégories d’achat", urls.CATEGORIES),
    Link("Toutes les entreprises", urls.ENTERPRISES),
    Link("Par secteur", urls.SECTORS),
    Link("Par territoire", urls.TERRITORIES),
)


@dataclass(frozen=True, slots=True)
class PurchaseFileView:
    """Fill the three templates; `lists` are where suppliers are found without scripts, `pole` may be empty.

    `checks` are where a buyer checks an enterprise before giving it a contract.
    """

    title: str
    crumbs: tuple[Link, ...]
    lists: tuple[Link, ...]
    pole: str
    checks: tuple[Check, ...]


def plans(settings: Settings) -> Iterator[Plan]:
    """Plan the three pages."""
    for url, title, description, template in (
        (
            urls.SELECTION,
            SELECTION,
            "Les entreprises que vous retenez\u00a0: comparer, vérifier, exporter, monter le dossier du conseil.",
            "selection.html",
        ),
        (
            urls.SEARCH_RECORD,
            RECORD,
            "Garder la preuve d’une recherche\u00a0: question, date, données, entreprises trouvées et raisons.",
            "releve.html",
        ),
        (
            urls.VERIFY,
            VERIFY,
            "Rouvrir un relevé de recherche, vérifier qu’il est entier et voir ce qui a changé depuis.",
            "verifier.html",
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
                view=PurchaseFileView(t, (HOME_CRUMB, BUY_CRUMB, Link(t)), _LISTS, settings.pole.nom, CHECKS),
                indexed=False,
            ),
        )
